"""Talents."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, select, text

from service.domain.talents.model import Talent
from service.domain.talents.views import TalentView
from service.repo import leading
from service.repo.reading.source import ME, Source
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, JsonList, index, reference, table


class TalentRow(AggregateRow, table=True):
    """A talent profile."""

    __table_args__ = (
        reference("person_id", "person"),
        index("uq_talent_live", "person_id", unique=True, postgresql_where=text("ended_on IS NULL")),
        index("ix_talent_person", "person_id"),
        index("ix_talent_since", "since", "id"),
        index("ix_talent_updated", "updated_at", "id"),
    )

    person_id: UUID
    origins: JsonList
    interests: JsonList
    mobility: str | None
    since: date
    ended_on: date | None


def _within(row: FromClause, unit: ColumnElement[Any]) -> ColumnElement[bool]:
    engagement = leading.primary()
    return row.c.person_id.in_(select(engagement.c.person_id).where(leading.within(engagement.c.unit_id, unit)))


TALENTS = Source(
    view=TalentView,
    table=table(TalentRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
        "live": lambda row: row.c.ended_on.is_(None),
    },
    joins={
        "candidacies": lambda row, target: target.c.person_id == row.c.person_id,
        "participations": lambda row, target: target.c.person_id == row.c.person_id,
    },
    filters={
        "withinUnitId": _within,
        "live": lambda row, value: row.c.ended_on.is_(None) == value,
    },
)


@dataclass(eq=False)
class PostgresTalents(Rows[Talent]):
    """`service.domain.talents.ports.Talents` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, TALENTS, Talent)

    async def live_of(self, person: UUID) -> Talent | None:
        """The person's live profile, locked."""
        row = await self.session.connection.fetchrow(
            "SELECT * FROM talent WHERE person_id = $1 AND ended_on IS NULL FOR UPDATE", person
        )
        return self.load(row) if row else None
