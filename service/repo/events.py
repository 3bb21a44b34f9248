"""The events of an organisation: audit trail, change feed, source of webhooks."""

from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, FromClause, Identity, literal_column, text
from sqlmodel import Field

from service.domain.events.views import EventView
from service.repo.reading.source import Source
from service.repo.tables import Instant, Json, TenantRow, index, table


class EventRow(TenantRow, table=True):
    """One event. `transaction_id` and `sequence` say its place in the feed."""

    __table_args__ = (
        index("ix_event_feed", "transaction_id", "sequence", "id"),
        index("ix_event_resource", "resource_id", "sequence"),
        index("ix_event_type", "type", "transaction_id", "sequence"),
        index("ix_event_concept", "concept", "transaction_id", "sequence", "id"),
    )

    transaction_id: int = Field(
        sa_type=BigInteger,
        sa_column_kwargs={"server_default": text("(pg_current_xact_id()::text)::bigint")},
    )
    sequence: int = Field(sa_type=BigInteger, sa_column_args=(Identity(always=True),))
    type: str
    concept: str
    resource_id: UUID
    version: int
    time: Instant
    actor: str
    actor_person_id: UUID | None
    data: Json


def _settled(row: FromClause) -> ColumnElement[bool]:
    """Only what no transaction still running could be put in front of: a reader never misses a late commit."""
    horizon = literal_column("(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint", BigInteger())
    return row.c.transaction_id < horizon


EVENTS = Source(
    view=EventView,
    table=table(EventRow),
    always=_settled,
    columns={"resourceVersion": lambda row: row.c.version},
)
