"""Sessions and attendance, projects between modules, elements of individual tracks, completion rules."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TENANT_TABLES = ("session", "attendance", "project", "hand_in", "element")

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
        "project",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("after_module", sa.Integer(), nullable=False),
        sa.Column("feeds_module", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("assignment", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("feeds_module > after_module", name="ck_project_feeds"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "cohort_id"], ["cohort.organisation_id", "cohort.id"], name=op.f("fk_project_cohort_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_project")),
    )
    op.create_index("ix_project_after_module", "project", ["organisation_id", "after_module"], unique=False)
    op.create_index("ix_project_cohort", "project", ["organisation_id", "cohort_id", "feeds_module"], unique=False)
    op.create_index("ix_project_due", "project", ["organisation_id", "due_on", "id"], unique=False)
    op.create_index("ix_project_feeds_module", "project", ["organisation_id", "feeds_module"], unique=False)
    op.create_index("ix_project_state", "project", ["organisation_id", "state"], unique=False)
    op.create_index("ix_project_updated", "project", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "session",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("learning_form", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("facilitator_id", sa.Uuid(), nullable=True),
        sa.Column("external_facilitator", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name="ck_session_period"),
        sa.CheckConstraint("facilitator_id IS NULL OR external_facilitator IS NULL", name="ck_session_facilitator"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "cohort_id"], ["cohort.organisation_id", "cohort.id"], name=op.f("fk_session_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "facilitator_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_session_facilitator_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_session")),
    )
    op.create_index(
        "ix_session_cohort", "session", ["organisation_id", "cohort_id", "module", "starts_at"], unique=False
    )
    op.create_index("ix_session_ends", "session", ["organisation_id", "ends_at"], unique=False)
    op.create_index("ix_session_facilitator", "session", ["organisation_id", "facilitator_id"], unique=False)
    op.create_index("ix_session_learning_form", "session", ["organisation_id", "learning_form"], unique=False)
    op.create_index("ix_session_module", "session", ["organisation_id", "module"], unique=False)
    op.create_index("ix_session_starts", "session", ["organisation_id", "starts_at", "id"], unique=False)
    op.create_index("ix_session_state", "session", ["organisation_id", "state"], unique=False)
    op.create_index("ix_session_updated", "session", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("presence", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participation_id"],
            ["participation.organisation_id", "participation.id"],
            name=op.f("fk_attendance_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_attendance_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "recorded_by_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_attendance_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "session_id"],
            ["session.organisation_id", "session.id"],
            name=op.f("fk_attendance_session_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("organisation_id", "session_id", "participation_id", name="uq_attendance_participant"),
    )
    op.create_index("ix_attendance_participation", "attendance", ["organisation_id", "participation_id"], unique=False)
    op.create_index("ix_attendance_person", "attendance", ["organisation_id", "person_id"], unique=False)
    op.create_index("ix_attendance_presence", "attendance", ["organisation_id", "presence"], unique=False)
    op.create_index("ix_attendance_recorded_by", "attendance", ["organisation_id", "recorded_by_id"], unique=False)
    op.create_index("ix_attendance_updated", "attendance", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "element",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("learning_form", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("agreements", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on > starts_on", name="ck_element_period"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participation_id"],
            ["participation.organisation_id", "participation.id"],
            name=op.f("fk_element_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"], ["person.organisation_id", "person.id"], name=op.f("fk_element_person_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_element")),
    )
    op.create_index("ix_element_learning_form", "element", ["organisation_id", "learning_form"], unique=False)
    op.create_index("ix_element_participation", "element", ["organisation_id", "participation_id"], unique=False)
    op.create_index("ix_element_person", "element", ["organisation_id", "person_id"], unique=False)
    op.create_index("ix_element_starts", "element", ["organisation_id", "starts_on"], unique=False)
    op.create_index("ix_element_state", "element", ["organisation_id", "state"], unique=False)
    op.create_index("ix_element_updated", "element", ["organisation_id", "updated_at", "id"], unique=False)
    op.create_table(
        "hand_in",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("work", sa.String(), nullable=True),
        sa.Column("reflection", sa.String(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "participation_id"],
            ["participation.organisation_id", "participation.id"],
            name=op.f("fk_hand_in_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"], ["person.organisation_id", "person.id"], name=op.f("fk_hand_in_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "project_id"],
            ["project.organisation_id", "project.id"],
            name=op.f("fk_hand_in_project_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_hand_in")),
        sa.UniqueConstraint("organisation_id", "project_id", "participation_id", name="uq_hand_in_participant"),
    )
    op.create_index("ix_hand_in_participation", "hand_in", ["organisation_id", "participation_id"], unique=False)
    op.create_index("ix_hand_in_person", "hand_in", ["organisation_id", "person_id"], unique=False)
    op.create_index("ix_hand_in_updated", "hand_in", ["organisation_id", "updated_at", "id"], unique=False)
    op.add_column("cohort", sa.Column("modules", postgresql.JSONB(), nullable=False, server_default="[]"))
    op.add_column("participation", sa.Column("deferred_from_id", sa.Uuid(), nullable=True))
    op.add_column("participation", sa.Column("completed_on", sa.Date(), nullable=True))
    op.add_column("participation", sa.Column("completion_reason", sa.String(), nullable=True))
    op.create_index(
        "ix_participation_deferred_from", "participation", ["organisation_id", "deferred_from_id"], unique=False
    )
    op.create_foreign_key(
        op.f("fk_participation_deferred_from_id"),
        "participation",
        "cohort",
        ["organisation_id", "deferred_from_id"],
        ["organisation_id", "id"],
    )
    op.add_column("programme", sa.Column("completion", postgresql.JSONB(), nullable=True))
    for name in TENANT_TABLES:
        for statement in TENANCY:
            op.execute(statement.format(table=name))


def downgrade() -> None:
    op.drop_column("programme", "completion")
    op.drop_constraint(op.f("fk_participation_deferred_from_id"), "participation", type_="foreignkey")
    op.drop_index("ix_participation_deferred_from", table_name="participation")
    op.drop_column("participation", "completion_reason")
    op.drop_column("participation", "completed_on")
    op.drop_column("participation", "deferred_from_id")
    op.drop_column("cohort", "modules")
    op.drop_index("ix_hand_in_updated", table_name="hand_in")
    op.drop_index("ix_hand_in_person", table_name="hand_in")
    op.drop_index("ix_hand_in_participation", table_name="hand_in")
    op.drop_table("hand_in")
    op.drop_index("ix_element_updated", table_name="element")
    op.drop_index("ix_element_state", table_name="element")
    op.drop_index("ix_element_starts", table_name="element")
    op.drop_index("ix_element_person", table_name="element")
    op.drop_index("ix_element_participation", table_name="element")
    op.drop_index("ix_element_learning_form", table_name="element")
    op.drop_table("element")
    op.drop_index("ix_attendance_updated", table_name="attendance")
    op.drop_index("ix_attendance_recorded_by", table_name="attendance")
    op.drop_index("ix_attendance_presence", table_name="attendance")
    op.drop_index("ix_attendance_person", table_name="attendance")
    op.drop_index("ix_attendance_participation", table_name="attendance")
    op.drop_table("attendance")
    op.drop_index("ix_session_updated", table_name="session")
    op.drop_index("ix_session_state", table_name="session")
    op.drop_index("ix_session_starts", table_name="session")
    op.drop_index("ix_session_module", table_name="session")
    op.drop_index("ix_session_learning_form", table_name="session")
    op.drop_index("ix_session_facilitator", table_name="session")
    op.drop_index("ix_session_ends", table_name="session")
    op.drop_index("ix_session_cohort", table_name="session")
    op.drop_table("session")
    op.drop_index("ix_project_updated", table_name="project")
    op.drop_index("ix_project_state", table_name="project")
    op.drop_index("ix_project_feeds_module", table_name="project")
    op.drop_index("ix_project_due", table_name="project")
    op.drop_index("ix_project_cohort", table_name="project")
    op.drop_index("ix_project_after_module", table_name="project")
    op.drop_table("project")
