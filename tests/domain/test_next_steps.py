"""Next steps by themselves: every outcome has some, and nobody who is kept warm is forgotten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id
from service.domain.next_steps.model import USUAL, NextStep, StepKind, StepState
from service.domain.participations.model import Outcome

TODAY = date(2027, 3, 1)
CONTACT = NextStep(
    id=new_id(),
    participation_id=new_id(),
    person_id=new_id(),
    kind=StepKind.CONTACT,
    owner_id=new_id(),
    due_on=TODAY,
    until=TODAY + timedelta(days=100),
)


def test_A3_every_outcome_has_its_usual_next_steps() -> None:
    assert set(USUAL) == set(Outcome)
    assert all(USUAL.values())


def test_A2_waiting_time_is_filled_with_a_contact_and_something_to_lead() -> None:
    assert USUAL[Outcome.KEEP_WARM] == (StepKind.CONTACT, StepKind.STRETCH_ASSIGNMENT)


@pytest.mark.parametrize("outcome", [Outcome.SPECIALIST_PATH, Outcome.PROJECT_LEADER_PATH])
def test_A4_who_chooses_otherwise_is_helped_into_another_career(outcome: Outcome) -> None:
    assert StepKind.CAREER_TALK in USUAL[outcome]


def test_A2_one_contact_follows_on_another_as_long_as_somebody_is_kept_warm() -> None:
    with pytest.raises(Conflict, match="next_contact_missing"):
        CONTACT.followed(new_id(), None, TODAY)
    following = CONTACT.followed(new_id(), TODAY + timedelta(days=30), TODAY)
    assert following
    assert (following.kind, following.owner_id, following.until) == (CONTACT.kind, CONTACT.owner_id, CONTACT.until)
    assert (following.state, following.id != CONTACT.id, following.version) == (StepState.OPEN, True, 0)


def test_the_last_contact_needs_none_after_it_nor_does_anything_else() -> None:
    assert CONTACT.followed(new_id(), None, TODAY + timedelta(days=100)) is None
    assert replace(CONTACT, kind=StepKind.CAREER_TALK, until=None).followed(new_id(), None, TODAY) is None


def test_the_next_time_lies_ahead_and_what_is_ahead_is_not_done() -> None:
    with pytest.raises(Invalid, match="next_contact_past"):
        CONTACT.followed(new_id(), TODAY, TODAY)
    with pytest.raises(Invalid, match="done_ahead"):
        CONTACT.done(TODAY + timedelta(days=1), TODAY)
