"""Programmes: criteria, and the life of a programme."""

from datetime import date

import pytest

from service.domain.errors import Conflict, Invalid
from service.domain.frameworks.model import Competence, Framework
from service.domain.ids import new_id
from service.domain.programmes.model import (
    PROGRAMME,
    Consultation,
    Criterion,
    Programme,
    ProgrammeLevel,
    ProgrammeMix,
    ProgrammeState,
)

TODAY = date(2026, 9, 7)
LEVELS = ("a", "b", "c", "d", "e")
LISTENS = Competence(id=new_id(), name="Listens", description="", levels=LEVELS)
ACTS = Competence(id=new_id(), name="Acts", description="", levels=LEVELS)
FRAMEWORK = Framework(id=new_id(), name="F", edition=1, competences=(LISTENS, ACTS)).published(TODAY)
PLANNED = Programme(
    id=new_id(),
    name="P",
    level=ProgrammeLevel.PRE_LEADER,
    mix=ProgrammeMix.CROSS_DISCIPLINARY,
    purpose="Ten new leaders",
    framework_id=FRAMEWORK.id,
)


def test_opening_freezes_the_criteria_by_name_and_weight() -> None:
    opened = PLANNED.weighed(FRAMEWORK, {ACTS.id: 3}).opened(FRAMEWORK, TODAY)
    assert opened.criteria == (Criterion(competence_id=ACTS.id, name="Acts", weight=3),)
    assert (opened.state, opened.opened_on) == (ProgrammeState.OPEN, TODAY)


def test_without_criteria_of_its_own_every_competence_weighs_one() -> None:
    opened = PLANNED.opened(FRAMEWORK, TODAY)
    assert [(one.name, one.weight) for one in opened.criteria] == [("Listens", 1), ("Acts", 1)]


def test_a_programme_does_not_open_on_an_edition_that_was_retired_a_moment_ago() -> None:
    with pytest.raises(Conflict, match="framework_not_published"):
        PLANNED.opened(FRAMEWORK.retired(), TODAY)


def test_a_criterion_is_a_competence_of_the_framework_and_weighs_something() -> None:
    with pytest.raises(Invalid, match="unknown_competence"):
        PLANNED.weighed(FRAMEWORK, {new_id(): 1})
    with pytest.raises(Invalid, match="weight_not_positive"):
        PLANNED.weighed(FRAMEWORK, {ACTS.id: 0})


def test_a_competence_is_a_criterion_once() -> None:
    criterion = Criterion(competence_id=ACTS.id, name="Acts", weight=1)
    with pytest.raises(Invalid, match="criterion_twice"):
        Programme(
            id=new_id(),
            name="P",
            level=ProgrammeLevel.INDIVIDUAL,
            mix=ProgrammeMix.SINGLE_DISCIPLINE,
            purpose="P",
            framework_id=FRAMEWORK.id,
            criteria=(criterion, criterion),
        )


def test_a_consultation_that_is_to_come_cannot_be_recorded() -> None:
    with pytest.raises(Invalid, match="consultation_to_come"):
        PLANNED.consulted(Consultation(held_on=date(2026, 9, 8), reference="MED"), TODAY)


@pytest.mark.parametrize("state", list(ProgrammeState))
def test_a_programme_is_cancelled_from_every_state_before_completed(state: ProgrammeState) -> None:
    over = {ProgrammeState.COMPLETED, ProgrammeState.EVALUATED, ProgrammeState.CANCELLED}
    if state in over:
        with pytest.raises(Conflict, match="wrong_state"):
            PROGRAMME.permit("cancel", frozenset({"hr"}), state)
    else:
        assert PROGRAMME.permit("cancel", frozenset({"hr"}), state).target is ProgrammeState.CANCELLED


def test_the_way_through_is_the_one_of_the_domain() -> None:
    way = ("endorse", "open", "startSelecting", "start", "complete", "evaluate")
    held = ("hr", "top_management", "frameworkPublished", "consulted", "hasCohort", "everybodyAnswered")
    facts = frozenset({*held, "evaluationOpen"})
    state, seen = ProgrammeState.DRAFT, [ProgrammeState.DRAFT]
    for action in way:
        state = PROGRAMME.permit(action, facts, state).target or state
        seen.append(state)
    assert seen == [one for one in ProgrammeState if one is not ProgrammeState.CANCELLED]
