"""Participations by themselves: honourable ends and what came of them."""

from datetime import date

import pytest

from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id
from service.domain.participations.model import PARTICIPATION, Outcome, Participation, ParticipationState

HR = frozenset({"hr", "anothers"})
TODAY = date(2027, 5, 1)


def taking_part(state: ParticipationState = ParticipationState.ENROLLED) -> Participation:
    return Participation(id=new_id(), candidacy_id=new_id(), person_id=new_id(), cohort_id=new_id(), state=state)


def test_from_enrolled_to_completed_with_a_pause() -> None:
    it = taking_part()
    for action in ("start", "defer", "resume", "complete"):
        it = it.moved(PARTICIPATION.permit(action, HR, it.state))
    assert it.state is ParticipationState.COMPLETED


def test_A3_one_leaves_with_or_without_a_reason() -> None:
    action = PARTICIPATION.action("withdraw")
    assert taking_part().left(action, None).leave_reason is None
    assert taking_part().left(action, "Blev far.").state is ParticipationState.WITHDRAWN


def test_who_has_completed_cannot_leave_any_more() -> None:
    with pytest.raises(Conflict, match="wrong_state"):
        PARTICIPATION.permit("withdraw", frozenset({"self"}), ParticipationState.COMPLETED)


@pytest.mark.parametrize("state", ["completed", "not_completed", "withdrawn"])
def test_A4_whoever_leaves_whichever_way_has_an_outcome(state: str) -> None:
    assert state in PARTICIPATION.action("recordOutcome").sources


def test_A2_keep_warm_may_become_a_leader_job_later() -> None:
    warm = taking_part(ParticipationState.COMPLETED).resulted(Outcome.KEEP_WARM, date(2027, 1, 1), TODAY)
    appointed = warm.resulted(Outcome.LEADER_APPOINTED, TODAY, TODAY)
    assert (appointed.outcome, appointed.outcome_on) == (Outcome.LEADER_APPOINTED, TODAY)


def test_an_outcome_is_not_recorded_ahead() -> None:
    with pytest.raises(Invalid, match="outcome_ahead"):
        taking_part(ParticipationState.COMPLETED).resulted(Outcome.LEFT, date(2027, 5, 2), TODAY)


def test_an_outcome_has_its_day() -> None:
    with pytest.raises(Invalid, match="outcome_half_known"):
        Participation(id=new_id(), candidacy_id=new_id(), person_id=new_id(), cohort_id=new_id(), outcome=Outcome.LEFT)
