"""The tables of the whole journey."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TENANT_TABLES = (
    "access_log",
    "event",
    "framework",
    "idempotency_key",
    "import_run",
    "issuer",
    "organisation",
    "person",
    "unit",
    "import_problem",
    "position",
    "programme",
    "talent",
    "unit_closure",
    "cohort",
    "engagement",
    "candidacy",
    "assessment",
    "participation",
    "placement",
    "review",
    "review_response",
)

# Every row belongs to an organisation, and a session sees those of the one it is bound to; unbound, it sees none.
TENANCY = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenant ON {table}"
    " USING (organisation_id = nullif(current_setting('app.organisation', true), '')::uuid)"
    " WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), '')::uuid)",
)

# Which organisation a slug or an issuer belongs to must be known before a session can be bound. The owner, and
# through these functions the service, may look that up and nothing else.
FUNCTIONS = (
    "organisation_of_slug(text)",
    "organisation_of_issuer(text)",
    "all_organisations()",
)
DIRECTORY = (
    "CREATE POLICY directory ON organisation FOR SELECT TO CURRENT_USER USING (true)",
    "CREATE POLICY directory ON issuer FOR SELECT TO CURRENT_USER USING (true)",
    "CREATE FUNCTION organisation_of_slug(wanted text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER"
    " SET search_path = public, pg_temp AS $$ SELECT id FROM organisation WHERE slug = wanted $$",
    "CREATE FUNCTION organisation_of_issuer(wanted text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER"
    " SET search_path = public, pg_temp AS $$ SELECT organisation_id FROM issuer WHERE url = wanted $$",
    "CREATE FUNCTION all_organisations() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER"
    " SET search_path = public, pg_temp AS $$ SELECT id FROM organisation ORDER BY id $$",
)


def upgrade() -> None:
    op.create_table(
        "access_log",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("reader_person_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("fields", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_access_log")),
    )
    op.create_index("ix_access_log_person", "access_log", ["organisation_id", "person_id", "read_at"], unique=False)
    op.create_index("ix_access_log_read_at", "access_log", ["organisation_id", "read_at", "id"], unique=False)
    op.create_table(
        "event",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
            nullable=False,
        ),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_person_id", sa.Uuid(), nullable=True),
        sa.Column("data", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_feed", "event", ["organisation_id", "transaction_id", "sequence", "id"], unique=False)
    op.create_index("ix_event_resource", "event", ["organisation_id", "resource_id", "sequence"], unique=False)
    op.create_index("ix_event_type", "event", ["organisation_id", "type", "transaction_id", "sequence"], unique=False)
    op.create_table(
        "framework",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("competences", postgresql.JSONB(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_framework")),
        sa.UniqueConstraint("organisation_id", "edition", name="uq_framework_edition"),
    )
    op.create_index("ix_framework_state", "framework", ["organisation_id", "state"], unique=False)
    op.create_index("ix_framework_updated", "framework", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_index(
        "uq_framework_published",
        "framework",
        ["organisation_id"],
        unique=True,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "actor", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_table(
        "import_run",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mapping", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("snapshot", sa.Boolean(), nullable=False),
        sa.Column("share", sa.Numeric(), nullable=False),
        sa.Column("force", sa.Boolean(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_left_out", sa.Integer(), nullable=False),
        sa.Column("rows_refused", sa.Integer(), nullable=False),
        sa.Column("counts", postgresql.JSONB(), nullable=False),
        sa.Column("problem_count", sa.Integer(), nullable=False),
        sa.Column("failure", postgresql.JSONB(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_import_run")),
    )
    op.create_index("ix_import_run_state", "import_run", ["organisation_id", "state", "id"], unique=False)
    op.create_index("ix_import_run_updated", "import_run", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "issuer",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("jwks_url", sa.String(), nullable=True),
        sa.Column("jwks", postgresql.JSONB(), nullable=True),
        sa.Column("roles_claim", sa.String(), nullable=False),
        sa.Column("roles", postgresql.JSONB(), nullable=False),
        sa.Column("subject_claim", sa.String(), nullable=False),
        sa.Column("subject_field", sa.String(), nullable=False),
        sa.Column("subject_source", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_issuer")),
    )
    op.create_table(
        "organisation",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("default_language", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("anonymity_threshold", sa.Integer(), nullable=False),
        sa.Column("retention_months", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = organisation_id", name="ck_organisation_own"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "person",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_name", sa.String(), nullable=True),
        sa.Column("family_name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("professional_field", sa.String(), nullable=True),
        sa.Column("first_hired_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(), nullable=True),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("protected_identity", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("name_key", sa.Text(collation="C"), nullable=False),
        sa.Column("given_folded", sa.Text(collation="C"), nullable=False),
        sa.Column("family_folded", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_person")),
        sa.UniqueConstraint("organisation_id", "source", "external_id", name="uq_person_external"),
    )
    op.create_index("ix_person_email", "person", ["organisation_id", sa.literal_column("lower(email)")], unique=False)
    op.create_index("ix_person_external_id", "person", ["organisation_id", "external_id"], unique=False)
    op.create_index("ix_person_family_folded", "person", ["organisation_id", "family_folded"], unique=False)
    op.create_index("ix_person_given_folded", "person", ["organisation_id", "given_folded"], unique=False)
    op.create_index("ix_person_name_key", "person", ["organisation_id", "name_key", "id"], unique=False)
    op.create_index(
        "ix_person_protected",
        "person",
        ["organisation_id", "id"],
        unique=False,
        postgresql_where=sa.text("protected_identity"),
    )
    op.create_index("ix_person_updated", "person", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "unit",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("cost_centre", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("name_key", sa.Text(collation="C"), nullable=False),
        sa.Column("name_folded", sa.Text(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "parent_id"], ["unit.organisation_id", "unit.id"], name=op.f("fk_unit_parent_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_unit")),
        sa.UniqueConstraint("organisation_id", "source", "external_id", name="uq_unit_external"),
    )
    op.create_index("ix_unit_kind", "unit", ["organisation_id", "kind"], unique=False)
    op.create_index("ix_unit_name_folded", "unit", ["organisation_id", "name_folded"], unique=False)
    op.create_index("ix_unit_name_key", "unit", ["organisation_id", "name_key", "id"], unique=False)
    op.create_index("ix_unit_parent", "unit", ["organisation_id", "parent_id"], unique=False)
    op.create_index("ix_unit_updated", "unit", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "import_problem",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "import_id"],
            ["import_run.organisation_id", "import_run.id"],
            name=op.f("fk_import_problem_import_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "import_id", "number", name=op.f("pk_import_problem")),
    )
    op.create_table(
        "position",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("heads_unit", sa.Boolean(), nullable=False),
        sa.Column("criticality", sa.String(), nullable=False),
        sa.Column("vacant_since", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("title_key", sa.Text(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"], ["unit.organisation_id", "unit.id"], name=op.f("fk_position_unit_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_position")),
        sa.UniqueConstraint("organisation_id", "source", "external_id", name="uq_position_external"),
    )
    op.create_index("ix_position_level", "position", ["organisation_id", "level", "id"], unique=False)
    op.create_index("ix_position_title_key", "position", ["organisation_id", "title_key", "id"], unique=False)
    op.create_index("ix_position_unit", "position", ["organisation_id", "unit_id"], unique=False)
    op.create_index("ix_position_updated", "position", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_index(
        "uq_position_head",
        "position",
        ["organisation_id", "unit_id"],
        unique=True,
        postgresql_where=sa.text("heads_unit"),
    )
    op.create_table(
        "programme",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("mix", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("criteria", postgresql.JSONB(), nullable=False),
        sa.Column("sponsor_id", sa.Uuid(), nullable=True),
        sa.Column("endorsed_on", sa.Date(), nullable=True),
        sa.Column("consultation", postgresql.JSONB(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("kick_off_on", sa.Date(), nullable=True),
        sa.Column("reach", sa.String(), nullable=True),
        sa.Column("credit_to_managers", sa.String(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.Column("name_key", sa.Text(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "framework_id"],
            ["framework.organisation_id", "framework.id"],
            name=op.f("fk_programme_framework_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "sponsor_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_programme_sponsor_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_programme")),
    )
    op.create_index("ix_programme_framework", "programme", ["organisation_id", "framework_id"], unique=False)
    op.create_index("ix_programme_level", "programme", ["organisation_id", "level"], unique=False)
    op.create_index("ix_programme_mix", "programme", ["organisation_id", "mix"], unique=False)
    op.create_index("ix_programme_name_key", "programme", ["organisation_id", "name_key", "id"], unique=False)
    op.create_index("ix_programme_sponsor", "programme", ["organisation_id", "sponsor_id"], unique=False)
    op.create_index("ix_programme_state", "programme", ["organisation_id", "state"], unique=False)
    op.create_index("ix_programme_updated", "programme", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "talent",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("origins", postgresql.JSONB(), nullable=False),
        sa.Column("interests", postgresql.JSONB(), nullable=False),
        sa.Column("mobility", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"], ["person.organisation_id", "person.id"], name=op.f("fk_talent_person_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_talent")),
    )
    op.create_index("ix_talent_person", "talent", ["organisation_id", "person_id"], unique=False)
    op.create_index("ix_talent_since", "talent", ["organisation_id", "since", "id"], unique=False)
    op.create_index("ix_talent_updated", "talent", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_index(
        "uq_talent_live",
        "talent",
        ["organisation_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "unit_closure",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("ancestor_id", sa.Uuid(), nullable=False),
        sa.Column("descendant_id", sa.Uuid(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "ancestor_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_unit_closure_ancestor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "descendant_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_unit_closure_descendant_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "ancestor_id", "descendant_id", name=op.f("pk_unit_closure")),
    )
    op.create_index(
        "ix_unit_closure_descendant",
        "unit_closure",
        ["organisation_id", "descendant_id", "depth", "ancestor_id"],
        unique=False,
    )
    op.create_table(
        "cohort",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("reserved", postgresql.JSONB(), nullable=False),
        sa.Column("apply_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("capacity > 0", name="ck_cohort_capacity"),
        sa.CheckConstraint("ends_on > starts_on", name="ck_cohort_period"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "programme_id"],
            ["programme.organisation_id", "programme.id"],
            name=op.f("fk_cohort_programme_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_cohort")),
    )
    op.create_index("ix_cohort_apply_by", "cohort", ["organisation_id", "apply_by", "id"], unique=False)
    op.create_index("ix_cohort_programme", "cohort", ["organisation_id", "programme_id"], unique=False)
    op.create_index("ix_cohort_starts_on", "cohort", ["organisation_id", "starts_on", "id"], unique=False)
    op.create_index("ix_cohort_updated", "cohort", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "engagement",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=True),
        sa.Column("position_title", sa.String(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("employment_type", sa.String(), nullable=True),
        sa.Column("weekly_hours", sa.Numeric(), nullable=True),
        sa.Column("filled_by", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.CheckConstraint("end_on > start_on", name="ck_engagement_period"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_engagement_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "position_id"],
            ["position.organisation_id", "position.id"],
            name=op.f("fk_engagement_position_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"], ["unit.organisation_id", "unit.id"], name=op.f("fk_engagement_unit_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_engagement")),
        sa.UniqueConstraint("organisation_id", "source", "external_id", name="uq_engagement_external"),
    )
    op.create_index("ix_engagement_person", "engagement", ["organisation_id", "person_id", "is_primary"], unique=False)
    op.create_index(
        "ix_engagement_position",
        "engagement",
        ["organisation_id", "position_id"],
        unique=False,
        postgresql_where=sa.text("position_id IS NOT NULL"),
    )
    op.create_index("ix_engagement_unit", "engagement", ["organisation_id", "unit_id", "is_primary"], unique=False)
    op.create_index("ix_engagement_updated", "engagement", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "candidacy",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ways", postgresql.JSONB(), nullable=False),
        sa.Column("administration_id", sa.Uuid(), nullable=True),
        sa.Column("motivation", sa.String(), nullable=True),
        sa.Column("nomination", sa.String(), nullable=True),
        sa.Column("nominated_by_id", sa.Uuid(), nullable=True),
        sa.Column("rationale", sa.String(), nullable=True),
        sa.Column("statement", postgresql.JSONB(), nullable=True),
        sa.Column("statement_due_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "administration_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_candidacy_administration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "cohort_id"],
            ["cohort.organisation_id", "cohort.id"],
            name=op.f("fk_candidacy_cohort_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "nominated_by_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_candidacy_nominated_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_candidacy_person_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_candidacy")),
        sa.UniqueConstraint("organisation_id", "person_id", "cohort_id", name="uq_candidacy_person_cohort"),
    )
    op.create_index("ix_candidacy_administration", "candidacy", ["organisation_id", "administration_id"], unique=False)
    op.create_index("ix_candidacy_cohort", "candidacy", ["organisation_id", "cohort_id", "state", "rank"], unique=False)
    op.create_index("ix_candidacy_nominated_by", "candidacy", ["organisation_id", "nominated_by_id"], unique=False)
    op.create_index("ix_candidacy_state", "candidacy", ["organisation_id", "state"], unique=False)
    op.create_index("ix_candidacy_updated", "candidacy", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("candidacy_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=False),
        sa.Column("scores", postgresql.JSONB(), nullable=False),
        sa.Column("mean", sa.Numeric(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "assessor_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_assessment_assessor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "candidacy_id"],
            ["candidacy.organisation_id", "candidacy.id"],
            name=op.f("fk_assessment_candidacy_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_assessment_person_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("organisation_id", "candidacy_id", "assessor_id", name="uq_assessment_assessor"),
    )
    op.create_index("ix_assessment_assessor", "assessment", ["organisation_id", "assessor_id"], unique=False)
    op.create_index("ix_assessment_person", "assessment", ["organisation_id", "person_id", "assessor_id"], unique=False)
    op.create_index("ix_assessment_updated", "assessment", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "participation",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("candidacy_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("leave_reason", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "candidacy_id"],
            ["candidacy.organisation_id", "candidacy.id"],
            name=op.f("fk_participation_candidacy_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "cohort_id"],
            ["cohort.organisation_id", "cohort.id"],
            name=op.f("fk_participation_cohort_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_participation_person_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_participation")),
        sa.UniqueConstraint("organisation_id", "candidacy_id", name="uq_participation_candidacy"),
    )
    op.create_index("ix_participation_cohort", "participation", ["organisation_id", "cohort_id"], unique=False)
    op.create_index("ix_participation_outcome", "participation", ["organisation_id", "outcome"], unique=False)
    op.create_index("ix_participation_person", "participation", ["organisation_id", "person_id"], unique=False)
    op.create_index("ix_participation_state", "participation", ["organisation_id", "state"], unique=False)
    op.create_index("ix_participation_updated", "participation", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "placement",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("home_unit_id", sa.Uuid(), nullable=True),
        sa.Column("host_unit_id", sa.Uuid(), nullable=False),
        sa.Column("host_supervisor_id", sa.Uuid(), nullable=True),
        sa.Column("position_id", sa.Uuid(), nullable=True),
        sa.Column("participation_id", sa.Uuid(), nullable=True),
        sa.Column("extends_id", sa.Uuid(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("load_percent", sa.Integer(), nullable=False),
        sa.Column("objectives", sa.String(), nullable=True),
        sa.Column("learning_agreement", sa.String(), nullable=True),
        sa.Column("home_salary_share", sa.Integer(), nullable=False),
        sa.Column("signatures", postgresql.JSONB(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.CheckConstraint("end_on > start_on", name="ck_placement_period"),
        sa.CheckConstraint("load_percent BETWEEN 1 AND 100", name="ck_placement_load"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "extends_id"],
            ["placement.organisation_id", "placement.id"],
            name=op.f("fk_placement_extends_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "home_unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_placement_home_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "host_supervisor_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_placement_host_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "host_unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_placement_host_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participation_id"],
            ["participation.organisation_id", "participation.id"],
            name=op.f("fk_placement_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_placement_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "position_id"],
            ["position.organisation_id", "position.id"],
            name=op.f("fk_placement_position_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_placement")),
    )
    op.create_index("ix_placement_end", "placement", ["organisation_id", "state", "end_on"], unique=False)
    op.create_index("ix_placement_extends", "placement", ["organisation_id", "extends_id"], unique=False)
    op.create_index("ix_placement_home_unit", "placement", ["organisation_id", "home_unit_id"], unique=False)
    op.create_index(
        "ix_placement_host_supervisor", "placement", ["organisation_id", "host_supervisor_id"], unique=False
    )
    op.create_index("ix_placement_host_unit", "placement", ["organisation_id", "host_unit_id"], unique=False)
    op.create_index("ix_placement_kind", "placement", ["organisation_id", "kind"], unique=False)
    op.create_index("ix_placement_participation", "placement", ["organisation_id", "participation_id"], unique=False)
    op.create_index("ix_placement_person", "placement", ["organisation_id", "person_id", "start_on"], unique=False)
    op.create_index("ix_placement_position", "placement", ["organisation_id", "position_id"], unique=False)
    op.create_index("ix_placement_start", "placement", ["organisation_id", "start_on", "id"], unique=False)
    op.create_index("ix_placement_updated", "placement", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_index(
        "uq_placement_acting",
        "placement",
        ["organisation_id", "position_id"],
        unique=True,
        postgresql_where=sa.text("state = 'active' AND kind IN ('acting_leader', 'secondment')"),
    )
    op.create_table(
        "review",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("questions", postgresql.JSONB(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        sa.Column("participation_id", sa.Uuid(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("due_on >= opens_on", name="ck_review_due"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participation_id"],
            ["participation.organisation_id", "participation.id"],
            name=op.f("fk_review_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"], ["person.organisation_id", "person.id"], name=op.f("fk_review_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "placement_id"],
            ["placement.organisation_id", "placement.id"],
            name=op.f("fk_review_placement_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_due", "review", ["organisation_id", "due_on", "id"], unique=False)
    op.create_index("ix_review_kind", "review", ["organisation_id", "kind"], unique=False)
    op.create_index("ix_review_opens", "review", ["organisation_id", "state", "opens_on"], unique=False)
    op.create_index("ix_review_participation", "review", ["organisation_id", "participation_id"], unique=False)
    op.create_index("ix_review_person", "review", ["organisation_id", "person_id"], unique=False)
    op.create_index("ix_review_placement", "review", ["organisation_id", "placement_id"], unique=False)
    op.create_index("ix_review_updated", "review", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "review_response",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_review_response_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "respondent_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_review_response_respondent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "review_id"],
            ["review.organisation_id", "review.id"],
            name=op.f("fk_review_response_review_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_review_response")),
        sa.UniqueConstraint("organisation_id", "review_id", "respondent_id", name="uq_review_response_respondent"),
    )
    op.create_index("ix_review_response_person", "review_response", ["organisation_id", "person_id"], unique=False)
    op.create_index(
        "ix_review_response_respondent", "review_response", ["organisation_id", "respondent_id"], unique=False
    )
    op.create_index(
        "ix_review_response_updated", "review_response", ["organisation_id", "updated_at", "id"], unique=False
    )

    for name in TENANT_TABLES:
        for statement in TENANCY:
            op.execute(statement.format(table=name))
    for statement in DIRECTORY:
        op.execute(statement)


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
    op.drop_index("ix_review_response_updated", table_name="review_response")
    op.drop_index("ix_review_response_respondent", table_name="review_response")
    op.drop_index("ix_review_response_person", table_name="review_response")
    op.drop_table("review_response")
    op.drop_index("ix_review_updated", table_name="review")
    op.drop_index("ix_review_placement", table_name="review")
    op.drop_index("ix_review_person", table_name="review")
    op.drop_index("ix_review_participation", table_name="review")
    op.drop_index("ix_review_opens", table_name="review")
    op.drop_index("ix_review_kind", table_name="review")
    op.drop_index("ix_review_due", table_name="review")
    op.drop_table("review")
    op.drop_index(
        "uq_placement_acting",
        table_name="placement",
        postgresql_where=sa.text("state = 'active' AND kind IN ('acting_leader', 'secondment')"),
    )
    op.drop_index("ix_placement_updated", table_name="placement")
    op.drop_index("ix_placement_start", table_name="placement")
    op.drop_index("ix_placement_position", table_name="placement")
    op.drop_index("ix_placement_person", table_name="placement")
    op.drop_index("ix_placement_participation", table_name="placement")
    op.drop_index("ix_placement_kind", table_name="placement")
    op.drop_index("ix_placement_host_unit", table_name="placement")
    op.drop_index("ix_placement_host_supervisor", table_name="placement")
    op.drop_index("ix_placement_home_unit", table_name="placement")
    op.drop_index("ix_placement_extends", table_name="placement")
    op.drop_index("ix_placement_end", table_name="placement")
    op.drop_table("placement")
    op.drop_index("ix_participation_updated", table_name="participation")
    op.drop_index("ix_participation_state", table_name="participation")
    op.drop_index("ix_participation_person", table_name="participation")
    op.drop_index("ix_participation_outcome", table_name="participation")
    op.drop_index("ix_participation_cohort", table_name="participation")
    op.drop_table("participation")
    op.drop_index("ix_assessment_updated", table_name="assessment")
    op.drop_index("ix_assessment_person", table_name="assessment")
    op.drop_index("ix_assessment_assessor", table_name="assessment")
    op.drop_table("assessment")
    op.drop_index("ix_candidacy_updated", table_name="candidacy")
    op.drop_index("ix_candidacy_state", table_name="candidacy")
    op.drop_index("ix_candidacy_nominated_by", table_name="candidacy")
    op.drop_index("ix_candidacy_cohort", table_name="candidacy")
    op.drop_index("ix_candidacy_administration", table_name="candidacy")
    op.drop_table("candidacy")
    op.drop_index("ix_engagement_updated", table_name="engagement")
    op.drop_index("ix_engagement_unit", table_name="engagement")
    op.drop_index(
        "ix_engagement_position", table_name="engagement", postgresql_where=sa.text("position_id IS NOT NULL")
    )
    op.drop_index("ix_engagement_person", table_name="engagement")
    op.drop_table("engagement")
    op.drop_index("ix_cohort_updated", table_name="cohort")
    op.drop_index("ix_cohort_starts_on", table_name="cohort")
    op.drop_index("ix_cohort_programme", table_name="cohort")
    op.drop_index("ix_cohort_apply_by", table_name="cohort")
    op.drop_table("cohort")
    op.drop_index("ix_unit_closure_descendant", table_name="unit_closure")
    op.drop_table("unit_closure")
    op.drop_index("uq_talent_live", table_name="talent", postgresql_where=sa.text("ended_on IS NULL"))
    op.drop_index("ix_talent_updated", table_name="talent")
    op.drop_index("ix_talent_since", table_name="talent")
    op.drop_index("ix_talent_person", table_name="talent")
    op.drop_table("talent")
    op.drop_index("ix_programme_updated", table_name="programme")
    op.drop_index("ix_programme_state", table_name="programme")
    op.drop_index("ix_programme_sponsor", table_name="programme")
    op.drop_index("ix_programme_name_key", table_name="programme")
    op.drop_index("ix_programme_mix", table_name="programme")
    op.drop_index("ix_programme_level", table_name="programme")
    op.drop_index("ix_programme_framework", table_name="programme")
    op.drop_table("programme")
    op.drop_index("uq_position_head", table_name="position", postgresql_where=sa.text("heads_unit"))
    op.drop_index("ix_position_updated", table_name="position")
    op.drop_index("ix_position_unit", table_name="position")
    op.drop_index("ix_position_title_key", table_name="position")
    op.drop_index("ix_position_level", table_name="position")
    op.drop_table("position")
    op.drop_table("import_problem")
    op.drop_index("ix_unit_updated", table_name="unit")
    op.drop_index("ix_unit_parent", table_name="unit")
    op.drop_index("ix_unit_name_key", table_name="unit")
    op.drop_index("ix_unit_name_folded", table_name="unit")
    op.drop_index("ix_unit_kind", table_name="unit")
    op.drop_table("unit")
    op.drop_index("ix_person_updated", table_name="person")
    op.drop_index("ix_person_protected", table_name="person", postgresql_where=sa.text("protected_identity"))
    op.drop_index("ix_person_name_key", table_name="person")
    op.drop_index("ix_person_given_folded", table_name="person")
    op.drop_index("ix_person_family_folded", table_name="person")
    op.drop_index("ix_person_external_id", table_name="person")
    op.drop_index("ix_person_email", table_name="person")
    op.drop_table("person")
    op.drop_table("organisation")
    op.drop_table("issuer")
    op.drop_index("ix_import_run_updated", table_name="import_run")
    op.drop_index("ix_import_run_state", table_name="import_run")
    op.drop_table("import_run")
    op.drop_table("idempotency_key")
    op.drop_index("uq_framework_published", table_name="framework", postgresql_where=sa.text("state = 'published'"))
    op.drop_index("ix_framework_updated", table_name="framework")
    op.drop_index("ix_framework_state", table_name="framework")
    op.drop_table("framework")
    op.drop_index("ix_event_type", table_name="event")
    op.drop_index("ix_event_resource", table_name="event")
    op.drop_index("ix_event_feed", table_name="event")
    op.drop_table("event")
    op.drop_index("ix_access_log_read_at", table_name="access_log")
    op.drop_index("ix_access_log_person", table_name="access_log")
    op.drop_table("access_log")
