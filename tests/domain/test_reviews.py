"""Reviews by themselves."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.domain.errors import Invalid
from service.domain.ids import new_id
from service.domain.organisations.model import Language
from service.domain.reviews.debrief import shipped_questions
from service.domain.reviews.model import Answer, Question, Relation, Review, ReviewKind, ReviewResponse, ReviewState

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def review(**other: Any) -> Review:
    terms: dict[str, Any] = {
        "id": new_id(),
        "kind": ReviewKind.CHECK_IN,
        "person_id": new_id(),
        "questions": (Question(key="a", text="?"), Question(key="b", text="?")),
        "opens_on": date(2026, 9, 1),
        "due_on": date(2026, 9, 8),
        **other,
    }
    return Review(**terms)


@pytest.mark.parametrize("language", Language)
def test_the_guides_five_questions_are_there_in_every_language(language: Language) -> None:
    questions = shipped_questions(ReviewKind.PLACEMENT_DEBRIEF, language)
    assert [one.key for one in questions] == ["leading", "success", "difficulty", "thriving", "results"]
    assert len({one.text for one in questions}) == 5


def test_no_language_borrows_the_words_of_another() -> None:
    spoken = [shipped_questions(ReviewKind.PLACEMENT_DEBRIEF, language)[0].text for language in Language]
    assert len(set(spoken)) == len(Language)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"due_on": date(2026, 8, 31)}, "due_before_it_opens"),
        ({"questions": ()}, "no_questions"),
        ({"questions": (Question(key="a", text="?"),) * 2}, "question_twice"),
    ],
)
def test_a_review_that_cannot_be_is_refused(other: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        review(**other)


def test_an_answer_goes_to_one_question_of_the_review() -> None:
    asked = review()
    asked.accept((Answer(key="b", text="Ja"),))
    for keys, code in (((), "no_answers"), (("c",), "unknown_question"), (("a", "a"), "unknown_question")):
        with pytest.raises(Invalid, match=code):
            asked.accept(tuple(Answer(key=key, text="Ja") for key in keys))


def test_the_time_of_sharing_stays_when_it_moves_on() -> None:
    shared = review(state=ReviewState.SUBMITTED).to(ReviewState.SHARED, NOW)
    assert shared.to(ReviewState.CLOSED, datetime(2027, 1, 1, tzinfo=UTC)).shared_at == NOW
    assert review().to(ReviewState.CLOSED, NOW).shared_at is None


@pytest.mark.parametrize("relation", [Relation.SELF, Relation.PEER])
def test_the_person_it_is_about_answers_as_self_and_nobody_else_does(relation: Relation) -> None:
    subject = new_id()
    respondent = new_id() if relation is Relation.SELF else subject
    with pytest.raises(Invalid, match="wrong_relation"):
        ReviewResponse(id=new_id(), review_id=new_id(), person_id=subject, respondent_id=respondent, relation=relation)
