"""Assessments by themselves: every criterion once, with a reason, weighed."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from service.domain.assessments.model import Assessment, Score
from service.domain.errors import Invalid
from service.domain.ids import new_id
from service.domain.programmes.model import Criterion

NOW = datetime(2026, 9, 20, 8, tzinfo=UTC)
OVERVIEW = Criterion(competence_id=new_id(), name="Overblik", weight=3)
DRIVE = Criterion(competence_id=new_id(), name="Drivkraft", weight=1)


def score(criterion: Criterion, points: int, reason: str = "Det viste samtalen.") -> Score:
    return Score(competence_id=criterion.competence_id, score=points, reason=reason)


def assigned() -> Assessment:
    return Assessment(id=new_id(), candidacy_id=new_id(), person_id=new_id(), assessor_id=new_id())


def test_the_mean_counts_each_score_as_its_criterion_weighs() -> None:
    done = assigned().submitted((score(DRIVE, 1), score(OVERVIEW, 4)), (OVERVIEW, DRIVE), NOW)
    assert done.mean == Decimal("3.25")
    assert done.submitted_at == NOW


@pytest.mark.parametrize(
    "scores",
    [
        (score(OVERVIEW, 4),),
        (score(OVERVIEW, 4), score(OVERVIEW, 4)),
        (score(OVERVIEW, 4), score(DRIVE, 2), score(DRIVE, 3)),
        (score(OVERVIEW, 4), Score(competence_id=UUID(int=7), score=3, reason="Andet.")),
    ],
)
def test_every_criterion_is_scored_exactly_once(scores: tuple[Score, ...]) -> None:
    with pytest.raises(Invalid, match="criteria_not_met"):
        assigned().submitted(scores, (OVERVIEW, DRIVE), NOW)


@pytest.mark.parametrize("points", [0, 6, -1])
def test_a_score_is_from_1_to_5(points: int) -> None:
    with pytest.raises(Invalid, match="score_off_scale"):
        score(DRIVE, points)


def test_F5_no_score_without_a_written_reason() -> None:
    with pytest.raises(Invalid, match="reason_missing"):
        score(DRIVE, 3, "  ")
