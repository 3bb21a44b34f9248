"""Every filter that the contract offers has an index that begins with what it compares."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_unit_external_id": ("unit", ["external_id"]),
    "ix_engagement_external_id": ("engagement", ["external_id"]),
    "ix_position_external_id": ("position", ["external_id"]),
    "ix_event_concept": ("event", ["concept", "transaction_id", "sequence", "id"]),
    "ix_access_log_concept": ("access_log", ["concept", "read_at", "id"]),
    "ix_access_log_reader": ("access_log", ["reader_person_id", "read_at", "id"]),
}


def upgrade() -> None:
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, ["organisation_id", *columns])


def downgrade() -> None:
    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table)
