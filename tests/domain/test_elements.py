"""Elements of an individual track by themselves: three words, and what counts."""

from datetime import UTC, date, datetime

import pytest

from service.domain.elements.commands import parties_of
from service.domain.elements.model import ELEMENT, Element, ElementState, TrackParty
from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id
from service.domain.learning import LearningForm

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
METTE, MADS, HANNE = new_id(), new_id(), new_id()
COURSE = Element(
    id=new_id(),
    participation_id=new_id(),
    person_id=METTE,
    title="Diplommodul i økonomi",
    learning_form=LearningForm.FORMAL_EDUCATION,
    proposed_by=TrackParty.TALENT,
)
T, M, H = TrackParty


def test_L6_an_element_is_agreed_when_talent_manager_and_hr_have_each_agreed() -> None:
    element = COURSE.agreed_by({T}, METTE, NOW).agreed_by({M}, MADS, NOW)
    assert element.state is ElementState.PROPOSED
    with pytest.raises(Conflict, match="wrong_state"):
        ELEMENT.permit("complete", frozenset({"hr", "live", "anothers"}), element.state)
    element = element.agreed_by({H}, HANNE, NOW)
    assert (element.state, [one.party for one in element.agreements]) == (ElementState.AGREED, [T, M, H])


def test_L6_a_change_of_terms_takes_everybodys_word_away() -> None:
    element = COURSE.agreed_by({T}, METTE, NOW).agreed_by({M}, MADS, NOW)
    assert element.changed(title="Et andet modul").agreements == ()
    assert element.changed(title=element.title) is element


def test_one_word_is_given_once() -> None:
    assert len(COURSE.agreed_by({T}, METTE, NOW).agreed_by({T}, METTE, NOW).agreements) == 1


@pytest.mark.parametrize(
    ("facts", "parties"),
    [
        ({"self"}, {T}),
        ({"self", "hr"}, {T}),
        ({"nearestManager"}, {M}),
        ({"hr"}, {H}),
        ({"nearestManager", "hr"}, {M, H}),
    ],
)
def test_the_talent_speaks_for_nobody_else_whatever_their_roles(facts: set[str], parties: set[TrackParty]) -> None:
    assert parties_of(facts) == parties


def test_what_is_ahead_is_not_done_and_nothing_ends_before_it_starts() -> None:
    with pytest.raises(Invalid, match="done_ahead"):
        COURSE.done(date(2027, 3, 2), NOW.date())
    with pytest.raises(Invalid, match="period_ends_before_it_starts"):
        COURSE.changed(starts_on=date(2027, 3, 2), ends_on=date(2027, 3, 2))
