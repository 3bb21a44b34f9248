"""What comes of taking part: calendars, certificates and the keys they are signed with, next steps, evaluations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TENANT_TABLES = ("calendar", "certificate", "signing_key", "next_step", "evaluation", "evaluation_response")

# The three statements of TENANCY in 0001.
TENANCY = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenant ON {table}"
    " USING (organisation_id = nullif(current_setting('app.organisation', true), '')::uuid)"
    " WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), '')::uuid)",
)


def upgrade() -> None:
    op.create_table(
        "signing_key",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thumbprint", sa.String(), nullable=False),
        sa.Column("public_jwk", postgresql.JSONB(), nullable=False),
        sa.Column("private_jwk", postgresql.JSONB(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("organisation_id", "thumbprint", name="uq_signing_key_thumbprint"),
    )
    op.create_index(
        "uq_signing_key_active",
        "signing_key",
        ["organisation_id"],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "evaluation",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("questions", postgresql.JSONB(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("results", postgresql.JSONB(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "programme_id"],
            ["programme.organisation_id", "programme.id"],
            name=op.f("fk_evaluation_programme_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("organisation_id", "programme_id", name="uq_evaluation_programme"),
    )
    op.create_index("ix_evaluation_due", "evaluation", ["organisation_id", "due_on", "id"], unique=False)
    op.create_index("ix_evaluation_state", "evaluation", ["organisation_id", "state"], unique=False)
    op.create_index("ix_evaluation_updated", "evaluation", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "calendar",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=True),
        sa.Column("for_hr", sa.Boolean(), nullable=False),
        sa.Column("secret_digest", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("cohort_id IS NOT NULL OR NOT for_hr", name="ck_calendar_hr"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "cohort_id"],
            ["cohort.organisation_id", "cohort.id"],
            name=op.f("fk_calendar_cohort_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_calendar_person_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_calendar")),
        sa.UniqueConstraint("organisation_id", "secret_digest", name="uq_calendar_secret"),
    )
    op.create_index("ix_calendar_cohort", "calendar", ["organisation_id", "cohort_id"], unique=False)
    op.create_index("ix_calendar_person", "calendar", ["organisation_id", "person_id"], unique=False)
    op.create_index("ix_calendar_updated", "calendar", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "evaluation_response",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "evaluation_id"],
            ["evaluation.organisation_id", "evaluation.id"],
            name=op.f("fk_evaluation_response_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "respondent_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_evaluation_response_respondent_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_evaluation_response")),
        sa.UniqueConstraint(
            "organisation_id", "evaluation_id", "respondent_id", "audience", name="uq_evaluation_response_respondent"
        ),
    )
    op.create_index(
        "ix_evaluation_response_respondent", "evaluation_response", ["organisation_id", "respondent_id"], unique=False
    )
    op.create_index(
        "ix_evaluation_response_updated", "evaluation_response", ["organisation_id", "updated_at", "id"], unique=False
    )
    op.create_table(
        "certificate",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoke_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participation_id"],
            ["participation.organisation_id", "participation.id"],
            name=op.f("fk_certificate_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_certificate_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "programme_id"],
            ["programme.organisation_id", "programme.id"],
            name=op.f("fk_certificate_programme_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("organisation_id", "participation_id", name="uq_certificate_participation"),
        sa.UniqueConstraint("organisation_id", "status_index", name="uq_certificate_status"),
    )
    op.create_index("ix_certificate_issued", "certificate", ["organisation_id", "issued_at", "id"], unique=False)
    op.create_index("ix_certificate_person", "certificate", ["organisation_id", "person_id"], unique=False)
    op.create_index("ix_certificate_programme", "certificate", ["organisation_id", "programme_id"], unique=False)
    op.create_index("ix_certificate_revoked", "certificate", ["organisation_id", "revoked_at"], unique=False)
    op.create_index("ix_certificate_updated", "certificate", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "next_step",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "owner_id"], ["person.organisation_id", "person.id"], name=op.f("fk_next_step_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participation_id"],
            ["participation.organisation_id", "participation.id"],
            name=op.f("fk_next_step_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_next_step_person_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_next_step")),
    )
    op.create_index("ix_next_step_due", "next_step", ["organisation_id", "due_on", "id"], unique=False)
    op.create_index("ix_next_step_kind", "next_step", ["organisation_id", "kind"], unique=False)
    op.create_index(
        "ix_next_step_open",
        "next_step",
        ["organisation_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_next_step_owner", "next_step", ["organisation_id", "owner_id"], unique=False)
    op.create_index("ix_next_step_participation", "next_step", ["organisation_id", "participation_id"], unique=False)
    op.create_index("ix_next_step_person", "next_step", ["organisation_id", "person_id"], unique=False)
    op.create_index("ix_next_step_state", "next_step", ["organisation_id", "state"], unique=False)
    op.create_index("ix_next_step_updated", "next_step", ["organisation_id", "updated_at", "id"], unique=False)
    for name in TENANT_TABLES:
        for statement in TENANCY:
            op.execute(statement.format(table=name))


def downgrade() -> None:
    op.drop_index("ix_next_step_updated", table_name="next_step")
    op.drop_index("ix_next_step_state", table_name="next_step")
    op.drop_index("ix_next_step_person", table_name="next_step")
    op.drop_index("ix_next_step_participation", table_name="next_step")
    op.drop_index("ix_next_step_owner", table_name="next_step")
    op.drop_index("ix_next_step_open", table_name="next_step", postgresql_where=sa.text("state = 'open'"))
    op.drop_index("ix_next_step_kind", table_name="next_step")
    op.drop_index("ix_next_step_due", table_name="next_step")
    op.drop_table("next_step")
    op.drop_index("ix_certificate_updated", table_name="certificate")
    op.drop_index("ix_certificate_revoked", table_name="certificate")
    op.drop_index("ix_certificate_programme", table_name="certificate")
    op.drop_index("ix_certificate_person", table_name="certificate")
    op.drop_index("ix_certificate_issued", table_name="certificate")
    op.drop_table("certificate")
    op.drop_index("ix_evaluation_response_updated", table_name="evaluation_response")
    op.drop_index("ix_evaluation_response_respondent", table_name="evaluation_response")
    op.drop_table("evaluation_response")
    op.drop_index("ix_calendar_updated", table_name="calendar")
    op.drop_index("ix_calendar_person", table_name="calendar")
    op.drop_index("ix_calendar_cohort", table_name="calendar")
    op.drop_table("calendar")
    op.drop_index("ix_evaluation_updated", table_name="evaluation")
    op.drop_index("ix_evaluation_state", table_name="evaluation")
    op.drop_index("ix_evaluation_due", table_name="evaluation")
    op.drop_table("evaluation")
    op.drop_index("uq_signing_key_active", table_name="signing_key", postgresql_where=sa.text("retired_at IS NULL"))
    op.drop_table("signing_key")
