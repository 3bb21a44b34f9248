"""Engagements."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text

from service.domain.engagements.model import Engagement
from service.domain.engagements.views import EngagementView
from service.repo import leading
from service.repo.reading.source import ME, Source
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, check, index, reference, table, unique


class EngagementRow(AggregateRow, table=True):
    """A person in a unit."""

    __table_args__ = (
        reference("person_id", "person"),
        reference("unit_id", "unit"),
        reference("position_id", "position"),
        unique("uq_engagement_external", "source", "external_id"),
        check("ck_engagement_period", "end_on > start_on"),
        index("ix_engagement_person", "person_id", "is_primary"),
        index("ix_engagement_unit", "unit_id", "is_primary"),
        index("ix_engagement_position", "position_id", postgresql_where=text("position_id IS NOT NULL")),
        index("ix_engagement_updated", "updated_at", "id"),
        index("ix_engagement_external_id", "external_id"),
    )

    person_id: UUID
    unit_id: UUID
    position_id: UUID | None
    position_title: str
    start_on: date | None
    end_on: date | None
    is_primary: bool
    employment_type: str | None
    weekly_hours: Decimal | None
    filled_by: str | None
    source: str | None
    external_id: str | None


ENGAGEMENTS = Source(
    view=EngagementView,
    table=table(EngagementRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
    },
    filters={"current": lambda row, value: leading.current(row) == value},
)

_OVERLAPS = "coalesce(start_on, '-infinity') < coalesce($3, 'infinity'::date) AND coalesce(end_on, 'infinity') > $2"


@dataclass(eq=False)
class PostgresEngagements(Rows[Engagement]):
    """`service.domain.engagements.ports.Engagements` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, ENGAGEMENTS, Engagement)

    async def other_primary(self, engagement: Engagement) -> bool:
        """Another engagement of the person is primary in a part of the same time."""
        return await self.session.connection.fetchval(
            "SELECT EXISTS (SELECT FROM engagement"  # noqa: S608  -- a constant
            f" WHERE person_id = $1 AND id <> $4 AND is_primary AND {_OVERLAPS})",
            engagement.person_id,
            engagement.start_on or date.min,
            engagement.end_on,
            engagement.id,
        )

    async def primary_of(self, person: UUID, on: date) -> Engagement | None:
        """The person's primary engagement on that day, locked."""
        row = await self.session.connection.fetchrow(
            "SELECT * FROM engagement WHERE person_id = $1 AND is_primary"
            " AND (start_on IS NULL OR start_on <= $2) AND (end_on IS NULL OR end_on > $2) FOR UPDATE",
            person,
            on,
        )
        return self.load(row) if row else None

    async def end_all(self, person: UUID, on: date) -> None:
        """End what would run longer than to that day; what has not begun by then is removed with its event."""
        rows = await self.session.connection.fetch(
            "SELECT * FROM engagement WHERE person_id = $1 AND (end_on IS NULL OR end_on > $2) FOR UPDATE", person, on
        )
        for row in rows:
            engagement = self.load(row)
            if engagement.start_on and engagement.start_on >= on:
                await self.session.connection.execute("DELETE FROM engagement WHERE id = $1", engagement.id)
                self.record(engagement, "cancelled", [])
            else:
                await self.save(engagement.ended(on), "ended")

    async def held(self, position: UUID, start_on: date, end_on: date | None) -> bool:
        """Somebody holds the leadership position in a part of that time."""
        return await self.session.connection.fetchval(
            f"SELECT EXISTS (SELECT FROM engagement WHERE position_id = $1 AND {_OVERLAPS})",  # noqa: S608  -- a constant
            position,
            start_on,
            end_on,
        )
