"""Leadership frameworks: what holds of them whatever is stored."""

from dataclasses import replace
from datetime import date

import pytest

from service.domain.errors import Forbidden, Invalid
from service.domain.frameworks.model import FRAMEWORK, Competence, Framework, FrameworkState
from service.domain.frameworks.starting_sets import StartingSet, starting_competences
from service.domain.ids import new_id
from service.domain.organisations.model import Language

LISTENS = Competence(id=new_id(), name="Listens", description="", levels=("a", "b", "c", "d", "e"))


@pytest.mark.parametrize(
    "levels", [(), ("a", "b", "c", "d"), ("a", "b", "c", "d", "e", "f"), ("a", " ", "c", "d", "e")]
)
def test_a_competence_has_five_described_levels(levels: tuple[str, ...]) -> None:
    with pytest.raises(Invalid, match="not_five_levels"):
        replace(LISTENS, levels=levels)


def test_an_esco_uri_is_one() -> None:
    assert replace(LISTENS, esco_uri="http://data.europa.eu/esco/skill/1").esco_uri
    with pytest.raises(Invalid, match="not_an_esco_uri"):
        replace(LISTENS, esco_uri="https://example.org/skill/1")


def test_a_competence_stands_in_a_framework_once_whatever_its_capitals() -> None:
    with pytest.raises(Invalid, match="competence_twice"):
        Framework(
            id=new_id(), name="F", edition=1, competences=(LISTENS, replace(LISTENS, id=new_id(), name="LISTENS"))
        )


def test_the_next_edition_starts_as_a_draft_with_the_same_competences() -> None:
    first = Framework(id=new_id(), name="F", edition=1, competences=(LISTENS,)).published(date(2026, 1, 1))
    draft = first.revised(new_id(), 2)
    assert (draft.edition, draft.state, draft.published_on) == (2, FrameworkState.DRAFT, None)
    assert draft.competences == first.competences


@pytest.mark.parametrize("language", list(Language))
def test_R3_the_six_signs_of_potential_exist_in_every_language_with_five_levels_each(language: Language) -> None:
    signs = starting_competences(StartingSet.SIGNS_OF_POTENTIAL, language)
    assert len({sign.name for sign in signs}) == 6
    assert len({level for sign in signs for level in sign.levels}) == 30


def test_no_two_languages_say_the_signs_in_the_same_words() -> None:
    said = [
        level
        for language in Language
        for sign in starting_competences(StartingSet.SIGNS_OF_POTENTIAL, language)
        for level in (*sign.levels, sign.description)
    ]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("who", [frozenset({"hr"}), frozenset({"top_management", "admin"})])
def test_nobody_retires_an_edition_by_hand(who: frozenset[str]) -> None:
    with pytest.raises(Forbidden, match="not_allowed"):
        FRAMEWORK.permit("retire", who, FrameworkState.PUBLISHED)
