"""What a programme consists of, whom it is for, and what is planned around its call."""

import unicodedata

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TENANCY = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenant ON {table}"
    " USING (organisation_id = nullif(current_setting('app.organisation', true), '')::uuid)"
    " WITH CHECK (organisation_id = nullif(current_setting('app.organisation', true), '')::uuid)",
)
_EVERYBODY = '{"administrationIds": [], "professionalFields": [], "employmentTypes": []}'
_LISTS = ("also_levels", "modules", "reach_by", "credits", "ways", "roles", "answers")
_OPTIONAL = {
    "leaders_needed": sa.Integer(),
    "needed_by": sa.Date(),
    "template_id": sa.Uuid(),
    "starts_on": sa.Date(),
    "kick_off_place": sa.String(),
    "ways_weighed": sa.String(),
    "asks_of_managers": sa.String(),
}


def upgrade() -> None:
    for name in _LISTS:
        op.add_column("programme", sa.Column(name, postgresql.JSONB(), nullable=False, server_default="[]"))
    op.add_column("programme", sa.Column("target_group", postgresql.JSONB(), nullable=False, server_default=_EVERYBODY))
    op.add_column("programme", sa.Column("name_folded", sa.Text(collation="C"), nullable=False, server_default=""))
    for name, type_ in _OPTIONAL.items():
        op.add_column("programme", sa.Column(name, type_, nullable=True))
    op.create_table(
        "programme_template",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("also_levels", postgresql.JSONB(), nullable=False),
        sa.Column("mix", sa.String(), nullable=False),
        sa.Column("modules", postgresql.JSONB(), nullable=False),
        sa.Column("ways", postgresql.JSONB(), nullable=False),
        sa.Column("roles", postgresql.JSONB(), nullable=False),
        sa.Column("asks_of_managers", sa.String(), nullable=True),
        sa.Column("reach", sa.String(), nullable=True),
        sa.Column("reach_by", postgresql.JSONB(), nullable=False),
        sa.Column("credit_to_managers", sa.String(), nullable=True),
        sa.Column("credits", postgresql.JSONB(), nullable=False),
        sa.Column("deviation", sa.String(), nullable=True),
        sa.Column("planned_days", sa.Integer(), nullable=False),
        sa.Column("days_together", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_programme_template")),
    )
    op.create_index("ix_programme_template_state", "programme_template", ["organisation_id", "state"])
    op.create_index("ix_programme_template_level", "programme_template", ["organisation_id", "level"])
    op.create_index("ix_programme_template_updated", "programme_template", ["organisation_id", "updated_at", "id"])
    for statement in TENANCY:
        op.execute(statement.format(table="programme_template"))
    op.create_index("ix_programme_name_folded", "programme", ["organisation_id", "name_folded"])
    op.create_index("ix_programme_template", "programme", ["organisation_id", "template_id"])
    _fold_names()


def _fold_names() -> None:
    """Give the programmes of every organisation their search key; the owner is bound by the policies otherwise."""
    connection = op.get_bind()
    op.execute("ALTER TABLE programme NO FORCE ROW LEVEL SECURITY")
    for organisation, identity, name in connection.execute(sa.text("SELECT organisation_id, id, name FROM programme")):
        folded = " ".join(unicodedata.normalize("NFC", name).casefold().split())
        connection.execute(
            sa.text("UPDATE programme SET name_folded = :folded WHERE organisation_id = :organisation AND id = :id"),
            {"folded": folded, "organisation": organisation, "id": identity},
        )
    op.execute("ALTER TABLE programme FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.drop_table("programme_template")
    op.drop_index("ix_programme_template", "programme")
    op.drop_index("ix_programme_name_folded", "programme")
    for name in (*_OPTIONAL, "name_folded", "target_group", *_LISTS):
        op.drop_column("programme", name)
