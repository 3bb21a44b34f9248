"""The retention period of those not admitted: archives, what stays, and the openness report that counts it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TENANT_TABLES = ("archive", "archived_candidacy", "former_candidacy", "openness_report", "reported_programme")

TENANCY = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenant ON {table}"
    " USING (organisation_id = nullif(current_setting('app.organisation', true), '')::uuid)"
    " WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), '')::uuid)",
)

# The service may add to its logs and never change them. What is deleted for good leaves them through these functions
# alone, which touch nothing that still exists; row-level security holds inside them, too.
_EVERYTHING = """
SELECT string_agg(format('SELECT id FROM %I', c.relname), ' UNION ALL ') INTO existing
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'id'
  AND a.atttypid = 'uuid'::regtype AND c.relname NOT IN ('event', 'access_log');
"""
FUNCTIONS = (
    f"""
    CREATE FUNCTION forget_traces(gone uuid[]) RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
        existing text;
        exists_still boolean;
        traces uuid[];
    BEGIN
        {_EVERYTHING}
        SELECT array_agg(DISTINCT id) INTO traces FROM (
            SELECT unnest(gone) AS id
            UNION SELECT resource_id FROM event WHERE data ->> 'candidacyId' = ANY (gone::text[])
        ) named;
        EXECUTE format('SELECT EXISTS (SELECT FROM (%s) e WHERE id = ANY ($1))', existing)
            INTO exists_still USING traces;
        IF exists_still THEN
            RAISE EXCEPTION 'What still exists keeps its events and readings.';
        END IF;
        DELETE FROM event WHERE resource_id = ANY (traces);
        DELETE FROM access_log WHERE resource_id = ANY (traces);
        RETURN traces;
    END $$
    """,  # noqa: S608  -- two texts of this file
    f"""
    CREATE FUNCTION forget_late_readings() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
        existing text;
    BEGIN
        {_EVERYTHING}
        EXECUTE format(
            'DELETE FROM access_log WHERE read_at > now() - interval ''1 day'''
            ' AND NOT EXISTS (SELECT FROM (%s) e WHERE e.id = access_log.resource_id)',
            existing
        );
    END $$
    """,  # noqa: S608  -- two texts of this file
    """
    CREATE FUNCTION forget_told(programmes uuid[], persons uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
        DELETE FROM event e USING unnest(programmes, persons) AS p (programme, person)
        WHERE e.resource_id = p.programme AND e.type = 'programme.cancellation_told'
          AND e.data ->> 'personId' = p.person::text
          AND NOT EXISTS (
              SELECT FROM candidacy d JOIN cohort c ON c.id = d.cohort_id
              WHERE c.programme_id = p.programme AND d.person_id = p.person)
          AND NOT EXISTS (
              SELECT FROM nomination n JOIN cohort c ON c.id = n.cohort_id
              WHERE c.programme_id = p.programme AND n.person_id = p.person)
    $$
    """,
)


def upgrade() -> None:
    op.add_column("organisation", sa.Column("archive_days", sa.Integer(), nullable=True))
    op.create_table(
        "archive",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("candidacies", sa.Integer(), nullable=False),
        sa.Column("confirm_by", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("deleted_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_archive")),
    )
    op.create_index("ix_archive_state", "archive", ["organisation_id", "state", "id"])
    op.create_index("ix_archive_updated", "archive", ["organisation_id", "updated_at", "id"])
    op.create_table(
        "archived_candidacy",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("candidacy_id", sa.Uuid(), nullable=False),
        sa.Column("archive_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "candidacy_id"],
            ["candidacy.organisation_id", "candidacy.id"],
            name=op.f("fk_archived_candidacy_candidacy_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "archive_id"],
            ["archive.organisation_id", "archive.id"],
            name=op.f("fk_archived_candidacy_archive_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "candidacy_id", name=op.f("pk_archived_candidacy")),
    )
    op.create_index("ix_archived_candidacy_archive", "archived_candidacy", ["organisation_id", "archive_id"])
    op.create_table(
        "former_candidacy",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("administration_id", sa.Uuid(), nullable=True),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=True),
        sa.Column("reached", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "programme_id"],
            ["programme.organisation_id", "programme.id"],
            name=op.f("fk_former_candidacy_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "administration_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_former_candidacy_administration_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_former_candidacy")),
    )
    op.create_index("ix_former_candidacy_programme", "former_candidacy", ["organisation_id", "programme_id"])
    op.create_index("ix_former_candidacy_administration", "former_candidacy", ["organisation_id", "administration_id"])
    op.create_table(
        "openness_report",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completion_as_of", sa.DateTime(timezone=True), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("total", postgresql.JSONB(), nullable=False),
        sa.Column("dimensions", postgresql.JSONB(), nullable=False),
        sa.Column("definitions", postgresql.JSONB(), nullable=False),
        sa.Column("counted", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_openness_report")),
    )
    op.create_index("ix_openness_report_updated", "openness_report", ["organisation_id", "updated_at", "id"])
    op.create_table(
        "reported_programme",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "programme_id"],
            ["programme.organisation_id", "programme.id"],
            name=op.f("fk_reported_programme_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "report_id"],
            ["openness_report.organisation_id", "openness_report.id"],
            name=op.f("fk_reported_programme_report_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "programme_id", name=op.f("pk_reported_programme")),
    )
    op.create_index("ix_reported_programme_report", "reported_programme", ["organisation_id", "report_id"])
    for name in TENANT_TABLES:
        for statement in TENANCY:
            op.execute(statement.format(table=name))
    for function in FUNCTIONS:
        op.execute(function)
    op.execute(
        "REVOKE EXECUTE ON FUNCTION forget_traces(uuid[]), forget_late_readings(), forget_told(uuid[], uuid[])"
        " FROM PUBLIC"
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION forget_told(uuid[], uuid[])")
    op.execute("DROP FUNCTION forget_late_readings()")
    op.execute("DROP FUNCTION forget_traces(uuid[])")
    for name in reversed(TENANT_TABLES):
        op.drop_table(name)
    op.drop_column("organisation", "archive_days")
