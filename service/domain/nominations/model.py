"""Nominations: by the nearest manager, with a rationale, for the nominee to accept or refuse (F2)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.candidacies.states import CALL_OPEN
from service.domain.errors import Invalid
from service.domain.states import Action, Condition, StateMachine


class NominationState(StrEnum):
    """What the nominee says to it, or that they said nothing in time."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LAPSED = "lapsed"


_S = NominationState

STILL_OPEN = Condition(
    name="openToWays", code="nomination_too_late", detail="The person's candidacy is assessed or answered already."
)

NOMINATION = StateMachine[NominationState](
    concept="nomination",
    initial=(_S.PENDING,),
    actions=(
        Action(name="accept", by=("self",), sources=(_S.PENDING,), target=_S.ACCEPTED, when=(CALL_OPEN, STILL_OPEN)),
        Action(name="refuse", by=("self",), sources=(_S.PENDING,), target=_S.REFUSED),
        Action(name="lapse", by=(), sources=(_S.PENDING,), target=_S.LAPSED),
    ),
)
"""`lapse` is nobody's command: it follows from the deadline of the call."""


@dataclass(frozen=True, kw_only=True)
class Nomination:
    """One manager's nomination of one person for one cohort. Nothing else happens before the nominee has answered.

    `candidacy_id` is the candidacy that it became, or became a part of. A refused nomination has no rationale any
    more. `from_talk` says that it comes out of a development talk (F3).
    """

    id: UUID
    person_id: UUID
    cohort_id: UUID
    nominator_id: UUID
    state: NominationState = NominationState.PENDING
    rationale: str | None
    from_talk: bool = False
    candidacy_id: UUID | None = None
    answered_at: datetime | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`rationale_kept`, `rationale_missing`)."""
        if self.state in {_S.REFUSED, _S.LAPSED} and self.rationale is not None:
            raise Invalid("rationale_kept", "A refused nomination's rationale is deleted.", pointer="/rationale")
        if self.state is _S.PENDING and not (self.rationale or "").strip():
            raise Invalid("rationale_missing", "A nomination says why.", pointer="/rationale")

    def accepted(self, candidacy: UUID, now: datetime) -> "Nomination":
        """The nominee says yes: it counts from now on, as a way into that candidacy."""
        return replace(self, state=_S.ACCEPTED, candidacy_id=candidacy, answered_at=now)

    def refused(self, now: datetime) -> "Nomination":
        """The nominee says no: the rationale is deleted."""
        return replace(self, state=_S.REFUSED, rationale=None, answered_at=now)

    def lapsed(self) -> "Nomination":
        """The call closed without an answer: the rationale is deleted."""
        return replace(self, state=_S.LAPSED, rationale=None)

    def forgotten(self) -> "Nomination":
        """The candidacy that it led to was withdrawn: why it was made is of no use any more."""
        return replace(self, rationale=None)
