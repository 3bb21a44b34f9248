"""Tips by staff representatives, to HR alone: nobody is on a list who does not know of it (W5, domain.md §3)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Invalid
from service.domain.states import Action, StateMachine

KEPT = timedelta(days=30)
"""How long a tip is kept unless the person is told of it."""


class TipState(StrEnum):
    """Left with HR, told to the person, taken up by them, or closed. One that lapses is deleted."""

    LEFT = "left"
    TOLD = "told"
    TAKEN_UP = "taken_up"
    CLOSED = "closed"


_S = TipState

TIP = StateMachine[TipState](
    concept="tip",
    initial=(_S.LEFT,),
    actions=(
        Action(name="tell", by=("hr",), sources=(_S.LEFT,), target=_S.TOLD),
        Action(name="takeUp", by=("self",), sources=(_S.TOLD,), target=_S.TAKEN_UP),
        Action(name="close", by=("hr", "self"), sources=(_S.LEFT, _S.TOLD, _S.TAKEN_UP), target=_S.CLOSED),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Tip:
    """Somebody could become a leader, a representative thinks. It is deleted on `lapses_on`.

    A closed one says nothing any more, and goes when its day is over.
    """

    id: UUID
    person_id: UUID
    tipster_id: UUID
    reason: str | None
    state: TipState = TipState.LEFT
    lapses_on: date
    told_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`tip_kept`, `tip_about_oneself`)."""
        if (self.state is _S.CLOSED) != (self.reason is None):
            raise Invalid("tip_kept", "A closed tip says nothing, any other does.", pointer="/reason")
        if self.person_id == self.tipster_id:
            raise Invalid("tip_about_oneself", "A tip is about somebody else.", pointer="/personId")

    def told(self, today: date, lapses_on: date) -> "Tip":
        """The person is told, and reads it; it is kept a while longer."""
        return replace(self, state=_S.TOLD, told_on=today, lapses_on=lapses_on)

    def taken_up(self) -> "Tip":
        """The person wants to be seen as a talent."""
        return replace(self, state=_S.TAKEN_UP)

    def closed(self, today: date) -> "Tip":
        """Nothing more comes of it: why it was left is deleted now, and all of it when the day is over."""
        return replace(self, state=_S.CLOSED, reason=None, lapses_on=today)
