"""Assessments: one assessor's scores of one candidate."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.errors import Invalid
from service.domain.programmes.model import Criterion
from service.domain.states import Action, Condition, StateMachine

FEWEST_ASSESSORS = 2
"""How many assess a candidacy at least (domain.md §3)."""

_HIGHEST = 5

_UNDECIDED = Condition(
    name="candidacyUndecided", code="assessing_over", detail="The candidacy is not up for assessment now."
)
_SUBMITTED = Condition(
    name="submitted", code="assessment_unsubmitted", detail="Submit the assessment first; then it can be calibrated."
)

ASSESSMENT = StateMachine[StrEnum](
    concept="assessment",
    actions=(
        Action(name="calibrate", by=("assessor",), when=(_SUBMITTED, _UNDECIDED)),
        Action(
            name="submit",
            by=("assessor",),
            when=(
                Condition(
                    name="unsubmitted", code="assessment_submitted", detail="The assessment is submitted already."
                ),
                Condition(
                    name="candidacySubmitted",
                    code="assessing_over",
                    detail="The candidacy is not up for assessment now.",
                ),
                Condition(
                    name="statementSettled",
                    code="statement_awaited",
                    detail="Assessing waits for the manager's statement, or until it is overdue.",
                ),
            ),
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Score:
    """How far the candidate meets one criterion, from 1 to 5, and why."""

    competence_id: Annotated[UUID, Doc("The criterion, by its competence.")]
    score: Annotated[int, Ge(1), Le(5), Doc("From 1, hardly met, to 5, met in full.")]
    reason: Annotated[str, Len(1, 4000), Doc("What the assessor has seen or heard.")]

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`score_off_scale`, `reason_missing`)."""
        if not 1 <= self.score <= _HIGHEST:
            raise Invalid("score_off_scale", "A score is one of 1, 2, 3, 4, 5.", pointer="/scores")
        if not self.reason.strip():
            raise Invalid("reason_missing", "Each score comes with a written reason.", pointer="/scores")


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """A note after the assessors have read each other, and the scores that were replaced with it, if any."""

    note: Annotated[str, Doc("What the assessor says to it.")]
    made_at: Annotated[datetime, Doc("When it was made.")]
    replaced: Annotated[tuple[Score, ...], Doc("The scores and reasons that stood before.")] = ()


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What one assessor finds of one candidate. Nobody beside HR and top management reads it before it is submitted.

    `mean` is the weighted mean of the scores. `calibrations` keep what was replaced, in order.
    """

    id: UUID
    candidacy_id: UUID
    person_id: UUID
    assessor_id: UUID
    scores: tuple[Score, ...] = ()
    mean: Decimal | None = None
    submitted_at: datetime | None = None
    calibrations: tuple[Calibration, ...] = ()
    version: int = 0

    def submitted(self, scores: tuple[Score, ...], criteria: Iterable[Criterion], now: datetime) -> "Assessment":
        """Scored on every frozen criterion, each once. Raises Invalid (`criteria_not_met`)."""
        weights = {one.competence_id: one.weight for one in criteria}
        named = [one.competence_id for one in scores]
        if len(named) != len(weights) or set(named) != set(weights):
            raise Invalid("criteria_not_met", "Score each of the programme's criteria exactly once.", pointer="/scores")
        return replace(self, scores=scores, mean=weighted_mean(scores, weights), submitted_at=now)

    def calibrated(
        self, note: str, changed: tuple[Score, ...], criteria: Iterable[Criterion], now: datetime
    ) -> "Assessment":
        """With a note, and with new scores for some criteria; what stood before is kept.

        Raises Invalid (`note_missing`, `criteria_not_met`).
        """
        if not note.strip():
            raise Invalid("note_missing", "A calibration says why.", pointer="/note")
        weights = {one.competence_id: one.weight for one in criteria}
        new = {one.competence_id: one for one in changed}
        if len(new) < len(changed) or not new.keys() <= weights.keys():
            raise Invalid("criteria_not_met", "Change each criterion's score once at most.", pointer="/scores")
        scores = tuple(new.get(one.competence_id, one) for one in self.scores)
        replaced = tuple(one for one in self.scores if new.get(one.competence_id, one) != one)
        made = Calibration(note=note, made_at=now, replaced=replaced)
        return replace(
            self, scores=scores, mean=weighted_mean(scores, weights), calibrations=(*self.calibrations, made)
        )


def weighted_mean(scores: Iterable[Score], weights: dict[UUID, int]) -> Decimal:
    """The mean of the scores, each counting as its criterion weighs, to two decimals."""
    total = sum(one.score * weights[one.competence_id] for one in scores)
    return (Decimal(total) / sum(weights.values())).quantize(Decimal("0.01"))
