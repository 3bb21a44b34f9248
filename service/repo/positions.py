"""Leadership positions."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, case, func, null, select, text

from service.domain.positions.model import Position
from service.domain.positions.views import PositionView
from service.domain.text import sort_key
from service.repo import leading
from service.repo.engagements import EngagementRow
from service.repo.reading.source import TODAY, Source
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, SortKey, index, reference, table, unique


class PositionRow(AggregateRow, table=True):
    """A leadership position."""

    __table_args__ = (
        reference("unit_id", "unit"),
        unique("uq_position_external", "source", "external_id"),
        index("uq_position_head", "unit_id", unique=True, postgresql_where=text("heads_unit")),
        index("ix_position_unit", "unit_id"),
        index("ix_position_level", "level", "id"),
        index("ix_position_title_key", "title_key", "id"),
        index("ix_position_updated", "updated_at", "id"),
        index("ix_position_external_id", "external_id"),
    )

    unit_id: UUID
    level: str
    title: str
    heads_unit: bool
    criticality: str
    vacant_since: date | None
    source: str | None
    external_id: str | None
    title_key: SortKey


def _vacant_since(row: FromClause) -> ColumnElement[Any]:
    engagement = table(EngagementRow).alias()
    last_end = select(func.max(engagement.c.end_on)).where(
        engagement.c.position_id == row.c.id, engagement.c.end_on <= TODAY
    )
    since = func.greatest(row.c.vacant_since, last_end.correlate(row).scalar_subquery())
    return case((leading.holder(row.c.id).is_(None), since), else_=null())


POSITIONS = Source(
    view=PositionView,
    table=table(PositionRow),
    columns={
        "vacant": lambda row: leading.holder(row.c.id).is_(None),
        "vacantSince": _vacant_since,
        "holderId": lambda row: leading.holder(row.c.id),
    },
    joins={"holder": lambda row, target: target.c.id == leading.holder(row.c.id)},
    filters={
        "withinUnitId": lambda row, value: leading.within(row.c.unit_id, value),
        "vacant": lambda row, value: leading.holder(row.c.id).is_(None) == value,
    },
)


@dataclass(eq=False)
class PostgresPositions(Rows[Position]):
    """`service.domain.positions.ports.Positions` in Postgres."""

    def __init__(self, session: Session, language: str) -> None:
        """Bind to one transaction; titles sort in the language's alphabet."""
        super().__init__(session, POSITIONS, Position)
        self.language = language

    def derived(self, aggregate: Position) -> dict[str, Any]:
        """The title's sort key."""
        return {"title_key": sort_key(aggregate.title, self.language)}
