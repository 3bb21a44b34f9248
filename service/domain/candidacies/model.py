"""Candidacies: one per person and cohort, whatever the ways in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.candidacies.states import CandidacyState
from service.domain.errors import Invalid


class WayIn(StrEnum):
    """How somebody became a candidate (F2, F3, F4)."""

    APPLICATION = "application"
    NOMINATION = "nomination"
    DEVELOPMENT_TALK = "development_talk"
    TIP = "tip"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What the nearest manager says: supports it or does not, and why. The candidate reads it."""

    supports: Annotated[bool, Doc("The manager supports the candidacy.")]
    reason: Annotated[str, Doc("Why, or why not.")]
    by_id: Annotated[UUID, Doc("The manager who gave it.")]
    given_on: Annotated[date, Doc("The day on which it was given.")]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """An answer to a candidate: why, what to work on, by whom (no person where a system decided), and when."""

    reason: str
    at: datetime
    feedback: str | None = None
    by_id: UUID | None = None

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`decision_without_reason`)."""
        if not self.reason.strip():
            raise Invalid("decision_without_reason", "Every decision has a reason.", pointer="/reason")


@dataclass(frozen=True, kw_only=True)
class Candidacy:
    """A person's candidacy for a cohort.

    `administration_id` is where the person came from when it was made: its reserved seats are theirs first.
    `score` is the mean of the assessments when it was assessed. `reason` and `feedback` are the decision's, for the
    candidate to read. `rank` is the place on the waitlist. An offer stands before `answer_by`, and one may ask for a
    reconsideration to the end of `reconsider_by`.
    """

    id: UUID
    person_id: UUID
    cohort_id: UUID
    state: CandidacyState = CandidacyState.DRAFT
    ways: tuple[WayIn, ...] = ()
    administration_id: UUID | None = None
    motivation: str | None = None
    statement: Statement | None = None
    statement_requested_at: datetime | None = None
    statement_due_on: date | None = None
    statement_reminded_at: datetime | None = None
    submitted_at: datetime | None = None
    assessed_at: datetime | None = None
    score: Decimal | None = None
    offered_at: datetime | None = None
    answer_by: datetime | None = None
    decided_at: datetime | None = None
    decided_by_id: UUID | None = None
    reason: str | None = None
    feedback: str | None = None
    reconsider_by: date | None = None
    rank: int | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`rank_off_list`)."""
        if (self.rank is None) == (self.state is CandidacyState.WAITLISTED):
            raise Invalid("rank_off_list", "Who is on the waitlist has a rank from 1, nobody else.", pointer="/rank")

    def submitted(
        self, ways: Iterable[WayIn], motivation: str | None, now: datetime, statement_due_on: date
    ) -> "Candidacy":
        """It is in, and the manager's statement is requested. Who applies says why.

        An application that was begun without a word of why is none. Raises Invalid (`motivation_missing`).
        """
        said = motivation or self.motivation
        ways = tuple(ways)
        if WayIn.APPLICATION in ways and not said:
            raise Invalid("motivation_missing", "Say why you want it.", pointer="/motivation")
        known = [way for way in self.ways if said or way is not WayIn.APPLICATION]
        return replace(
            self,
            state=CandidacyState.SUBMITTED,
            ways=tuple(dict.fromkeys((*known, *ways))),
            motivation=said,
            submitted_at=self.submitted_at or now,
            statement_requested_at=self.statement_requested_at or now,
            statement_due_on=self.statement_due_on or statement_due_on,
        )

    def assessed(self, means: Iterable[Decimal], now: datetime) -> "Candidacy":
        """Every assessor has submitted, or has changed a score since: the score is the mean of their means."""
        listed = list(means)
        score = (sum(listed, Decimal(0)) / len(listed)).quantize(Decimal("0.01"))
        return replace(self, state=CandidacyState.ASSESSED, score=score, assessed_at=self.assessed_at or now)

    def decided(self, state: CandidacyState, decision: Decision, rank: int | None = None) -> "Candidacy":
        """An answer with its reason, and the rank where that is a place on the waitlist."""
        return replace(
            self,
            state=state,
            reason=decision.reason,
            feedback=decision.feedback,
            decided_at=decision.at,
            decided_by_id=decision.by_id,
            rank=rank,
        )

    def offered(self, answer_by: datetime, now: datetime) -> "Candidacy":
        """A place is offered until then; the reason that was given stands.

        Raises Invalid (`answer_by_over`).
        """
        if answer_by <= now:
            raise Invalid("answer_by_over", "An offer stands for a while.", pointer="/answerBy")
        return replace(
            self, state=CandidacyState.OFFERED, decided_at=now, offered_at=now, answer_by=answer_by, rank=None
        )

    def reopened(self) -> "Candidacy":
        """A reconsideration succeeded: it is assessed and has no answer again."""
        return replace(
            self,
            state=CandidacyState.ASSESSED,
            reason=None,
            feedback=None,
            decided_at=None,
            decided_by_id=None,
            reconsider_by=None,
        )

    def withdrawn(self) -> "Candidacy":
        """The candidate takes it back, without a reason (A3). What was said to it and of it is deleted.

        How they came in, from where, and how far they came stays, for the figures.
        """
        return replace(
            self,
            state=CandidacyState.WITHDRAWN,
            motivation=None,
            statement=None,
            statement_requested_at=None,
            statement_due_on=None,
            statement_reminded_at=None,
            score=None,
            answer_by=None,
            decided_at=None,
            decided_by_id=None,
            reason=None,
            feedback=None,
            rank=None,
        )

    def moved(self, state: CandidacyState) -> "Candidacy":
        """It is in that state, and off the waitlist."""
        return replace(self, state=state, rank=None)
