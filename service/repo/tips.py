"""Tips."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_

from service.domain.tips.model import Tip, TipState
from service.domain.tips.views import TipView
from service.repo.reading.source import ME, Source, among
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, index, reference, table


class TipRow(AggregateRow, table=True):
    """A tip by a staff representative."""

    __table_args__ = (
        reference("person_id", "person"),
        reference("tipster_id", "person"),
        index("ix_tip_person", "person_id"),
        index("ix_tip_tipster", "tipster_id"),
        index("ix_tip_state", "state"),
        index("ix_tip_lapses", "lapses_on", "id"),
        index("ix_tip_updated", "updated_at", "id"),
    )

    person_id: UUID
    tipster_id: UUID
    reason: str | None
    state: str
    lapses_on: date
    told_on: date | None


_KNOWN = (TipState.TOLD, TipState.TAKEN_UP, TipState.CLOSED)

TIPS = Source(
    view=TipView,
    table=table(TipRow),
    named={
        "self": lambda row: and_(row.c.person_id == ME, row.c.told_on.is_not(None), among(row.c.state, _KNOWN)),
        "tipster": lambda row: row.c.tipster_id == ME,
    },
    joins={
        "person": lambda row, target: and_(target.c.id == row.c.person_id, row.c.tipster_id.is_distinct_from(ME)),
        "tipster": lambda row, target: and_(target.c.id == row.c.tipster_id, row.c.person_id.is_distinct_from(ME)),
    },
)

_EMPLOYEE = """
SELECT id FROM person
WHERE (id = $1 OR lower(email) = lower($2)) AND NOT external AND NOT protected_identity
  AND (left_on IS NULL OR left_on > $3)
ORDER BY id LIMIT 1
"""
_LAPSED = "SELECT * FROM tip WHERE lapses_on <= $1 ORDER BY id FOR UPDATE SKIP LOCKED"


@dataclass(eq=False)
class PostgresTips(Rows[Tip]):
    """`service.domain.tips.ports.Tips` in Postgres."""

    nameless = True  # tips are for HR alone

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, TIPS, Tip)

    async def employee(self, identity: UUID | None, email: str | None) -> UUID | None:
        """The employee of that id, or with that address; nobody whose identity is protected."""
        today = self.session.now.date()
        return await self.session.connection.fetchval(_EMPLOYEE, identity, email, today)

    async def lapsed(self, today: date) -> Sequence[Tip]:
        """Those whose time is over, locked; what somebody else holds is left to them."""
        return [self.load(row) for row in await self.session.connection.fetch(_LAPSED, today)]

    async def remove(self, tip: Tip, event: str) -> None:
        """Delete it, with its event, which names nobody."""
        await self.session.connection.execute("DELETE FROM tip WHERE id = $1", tip.id)
        self.record(tip, event, [])
