"""Candidacies: one per person and cohort, whatever the ways in."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.candidacies.states import CandidacyState
from service.domain.errors import Conflict, Invalid

STATEMENT_PERIOD = timedelta(days=14)
"""How long assessing waits for the manager's statement."""


class WayIn(StrEnum):
    """How somebody became a candidate (F2, F3, F4)."""

    APPLICATION = "application"
    NOMINATION = "nomination"
    DEVELOPMENT_TALK = "development_talk"
    TIP = "tip"


class NominationState(StrEnum):
    """What the nominee says to it."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What the nearest manager says: supports it or does not, and why. The candidate reads it."""

    supports: Annotated[bool, Doc("The manager supports the candidacy.")]
    reason: Annotated[str, Doc("Why, or why not.")]
    by_id: Annotated[UUID, Doc("The manager who gave it.")]
    given_on: Annotated[date, Doc("The day on which it was given.")]


@dataclass(frozen=True, kw_only=True)
class Candidacy:
    """A person's candidacy for a cohort.

    `administration_id` is where the person came from when it was made: its reserved seats are theirs first.
    `reason` is the decision's, for the candidate to read. `rank` is the place on the waitlist.
    """

    id: UUID
    person_id: UUID
    cohort_id: UUID
    state: CandidacyState = CandidacyState.DRAFT
    ways: tuple[WayIn, ...] = ()
    administration_id: UUID | None = None
    motivation: str | None = None
    nomination: NominationState | None = None
    nominated_by_id: UUID | None = None
    rationale: str | None = None
    statement: Statement | None = None
    statement_due_on: date | None = None
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    rank: int | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`rank_off_list`)."""
        if (self.rank is None) == (self.state is CandidacyState.WAITLISTED):
            raise Invalid("rank_off_list", "Who is on the waitlist has a rank from 1, nobody else.", pointer="/rank")

    def submitted(self, way: WayIn, motivation: str | None, now: datetime, today: date) -> "Candidacy":
        """It is in. Who applies says why. Raises Invalid (`motivation_missing`)."""
        said = motivation or self.motivation
        if way is WayIn.APPLICATION and not said:
            raise Invalid("motivation_missing", "Say why you want it.", pointer="/motivation")
        return replace(
            self,
            state=CandidacyState.SUBMITTED,
            ways=self.ways if way in self.ways else (*self.ways, way),
            motivation=said,
            submitted_at=self.submitted_at or now,
            statement_due_on=self.statement_due_on or today + STATEMENT_PERIOD,
            reason=None,
            decided_at=None,
        )

    def nominated(self, by: UUID, rationale: str) -> "Candidacy":
        """The manager's nomination is added; nothing else happens before the person answers.

        Raises Conflict (`already_nominated`, `nomination_too_late`).
        """
        if self.nomination is not None:
            raise Conflict("already_nominated", "The person is nominated for this cohort already.")
        if self.state not in {CandidacyState.DRAFT, CandidacyState.SUBMITTED}:
            raise Conflict("nomination_too_late", f"The person's candidacy is {self.state} already.")
        return replace(self, nomination=NominationState.PENDING, nominated_by_id=by, rationale=rationale)

    def accepting_nomination(self, motivation: str | None, now: datetime, today: date) -> "Candidacy":
        """The nominee says yes: the nomination counts from now on."""
        return replace(self.submitted(WayIn.NOMINATION, motivation, now, today), nomination=NominationState.ACCEPTED)

    def refusing_nomination(self) -> "Candidacy":
        """The nominee says no: the rationale is deleted; what they sent or began themselves stays."""
        own = self.state is CandidacyState.SUBMITTED or WayIn.APPLICATION in self.ways
        state = self.state if own else CandidacyState.WITHDRAWN
        return replace(self, state=state, nomination=NominationState.REFUSED, rationale=None)

    def decided(self, state: CandidacyState, reason: str, now: datetime, rank: int | None = None) -> "Candidacy":
        """An answer with its reason, and the rank where that is a place on the waitlist."""
        return replace(self, state=state, reason=reason, decided_at=now, rank=rank)

    def offered_next(self, now: datetime) -> "Candidacy":
        """The first on the waitlist gets the place that became free; the reason given before still stands."""
        return replace(self, state=CandidacyState.OFFERED, decided_at=now, rank=None)

    def withdrawn(self) -> "Candidacy":
        """The candidate takes it back, without a reason; a nomination that waits for an answer is refused by it."""
        back = self.refusing_nomination() if self.nomination is NominationState.PENDING else self
        return replace(back, state=CandidacyState.WITHDRAWN, rank=None)

    def moved(self, state: CandidacyState) -> "Candidacy":
        """It is in that state, and off the waitlist."""
        return replace(self, state=state, rank=None)
