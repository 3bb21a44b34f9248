"""Evaluations by themselves: what is asked, what may be answered, and what is shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.domain.errors import Invalid
from service.domain.evaluations.asking import shipped_questions
from service.domain.evaluations.model import (
    AnswerKind,
    Audience,
    Evaluation,
    EvaluationAnswer,
    EvaluationQuestion,
    EvaluationResponse,
    EvaluationResult,
    EvaluationState,
)
from service.domain.ids import new_id

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
WORTH = EvaluationQuestion(key="worth", audience=Audience.PARTICIPANT, kind=AnswerKind.RATING, text="Udbytte?")
CHANGE = EvaluationQuestion(key="change", audience=Audience.PARTICIPANT, kind=AnswerKind.TEXT, text="Næste gang?")
USE = EvaluationQuestion(key="worth", audience=Audience.MANAGER, kind=AnswerKind.RATING, text="Gavn?")
ASKED = Evaluation(id=new_id(), programme_id=new_id(), questions=(WORTH, CHANGE, USE), due_on=date(2027, 7, 1))
RATED, SAID = EvaluationAnswer(key="worth", rating=4), EvaluationAnswer(key="change", text="Flere dage")


def response(*answers: EvaluationAnswer, audience: Audience = Audience.PARTICIPANT) -> EvaluationResponse:
    """A response with these answers, or one that is not given."""
    empty = EvaluationResponse(id=new_id(), evaluation_id=ASKED.id, respondent_id=new_id(), audience=audience)
    return empty.answered(answers, ASKED, NOW) if answers else empty


def results_of(evaluation: Evaluation) -> Sequence[EvaluationResult]:
    assert evaluation.results
    return evaluation.results


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ((), "no_answers"),
        ((EvaluationAnswer(key="mood", rating=3),), "unknown_question"),
        ((RATED, RATED), "unknown_question"),
        ((EvaluationAnswer(key="worth", text="4"),), "wrong_answer"),
        ((EvaluationAnswer(key="worth", rating=6),), "wrong_answer"),
        ((EvaluationAnswer(key="worth", rating=4, text="meget"),), "wrong_answer"),
        ((EvaluationAnswer(key="change", rating=3),), "wrong_answer"),
        ((EvaluationAnswer(key="change", text=""),), "wrong_answer"),
        ((EvaluationAnswer(key="worth"),), "wrong_answer"),
    ],
)
def test_an_answer_that_is_none_is_refused(answers: tuple[EvaluationAnswer, ...], code: str) -> None:
    empty = response()
    with pytest.raises(Invalid, match=code):
        empty.answered(answers, ASKED, NOW)


def test_an_audience_answers_its_own_questions() -> None:
    with pytest.raises(Invalid, match="unknown_question"):
        response(audience=Audience.MANAGER).answered((SAID,), ASKED, NOW)


def test_as_many_as_the_threshold_make_a_result_and_one_fewer_make_none() -> None:
    five = [response(EvaluationAnswer(key="worth", rating=n)) for n in (1, 2, 3, 4, 5)]
    managers = [response(RATED, audience=Audience.MANAGER) for _ in range(4)]
    closed = ASKED.closed([*five, *managers, response()], 5, date(2027, 7, 2))
    assert (closed.state, closed.closed_on) == (EvaluationState.CLOSED, date(2027, 7, 2))
    worth, change, use = results_of(closed)
    assert (worth.suppressed, worth.answers, worth.mean, worth.texts) == (False, 5, 3.0, ())
    for hidden in (change, use):
        assert (hidden.suppressed, hidden.answers, hidden.mean, hidden.texts) == (True, None, None, None)


def test_the_threshold_holds_for_each_question_because_one_may_be_left_out() -> None:
    given = [
        response(RATED, SAID),
        response(RATED, SAID),
        response(RATED, EvaluationAnswer(key="change", text="Alt")),
        response(RATED),
    ]
    worth, change, _ = results_of(ASKED.closed(given, 4, NOW.date()))
    assert (worth.answers, change.suppressed) == (4, True)
    _, change, _ = results_of(ASKED.closed(given, 3, NOW.date()))
    assert change.texts == ("Alt", "Flere dage", "Flere dage")  # in no order of theirs


@pytest.mark.parametrize(
    ("values", "code"), [({"questions": ()}, "no_questions"), ({"questions": (WORTH, WORTH)}, "question_twice")]
)
def test_an_evaluation_that_cannot_be_is_refused(values: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        replace(ASKED, **values)


def test_the_shipped_questions_ask_each_audience_the_same_in_every_language() -> None:
    shipped = {language: shipped_questions(language) for language in ("da", "sv", "nb", "en")}
    keys = {language: [(one.audience, one.key, one.kind) for one in asked] for language, asked in shipped.items()}
    assert keys["da"] == keys["sv"] == keys["nb"] == keys["en"]
    assert {one.audience for one in shipped["da"]} == set(Audience)
    assert {one.text for one in shipped["da"]}.isdisjoint(one.text for one in shipped["en"])
