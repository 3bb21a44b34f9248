"""A programme's evaluation: questions to participants, managers and facilitators, and what they say together.

A single answer is its author's. The results show groups that reach the organisation's anonymity threshold, and the
single answers are deleted when the results are made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.errors import Invalid
from service.domain.states import Action, Condition, StateMachine


class EvaluationState(StrEnum):
    """Whether answers are taken."""

    OPEN = "open"
    CLOSED = "closed"


class Audience(StrEnum):
    """In which part somebody is asked."""

    PARTICIPANT = "participant"
    MANAGER = "manager"
    FACILITATOR = "facilitator"


class AnswerKind(StrEnum):
    """How a question of an evaluation is answered: with a number from 1 to 5, or with words."""

    RATING = "rating"
    TEXT = "text"


_OPEN = (EvaluationState.OPEN,)

EVALUATION = StateMachine[EvaluationState](
    concept="evaluation",
    initial=_OPEN,
    actions=(
        Action(
            name="change",
            by=("hr",),
            sources=_OPEN,
            when=(
                Condition(
                    name="unanswered", code="evaluation_begun", detail="Somebody has answered: the questions stay."
                ),
            ),
        ),
        Action(name="close", by=(), sources=_OPEN, target=EvaluationState.CLOSED),
    ),
)
"""`close` is nobody's command: it comes with the programme's `evaluate`."""

EVALUATION_RESPONSE = StateMachine[StrEnum](
    concept="evaluation response",
    actions=(
        Action(
            name="answer",
            by=("respondent",),
            when=(
                Condition(name="open", code="evaluation_closed", detail="The evaluation takes no answers any more."),
                Condition(name="unsubmitted", code="evaluation_answered", detail="You have answered already."),
            ),
        ),
    ),
)

LOWEST, HIGHEST = 1, 5
"""The ends of a rating."""


@dataclass(frozen=True, kw_only=True)
class EvaluationQuestion:
    """A question to one audience."""

    key: Annotated[str, Doc("The word that its answers carry.")]
    audience: Annotated[Audience, Doc("Who is asked.")]
    kind: Annotated[AnswerKind, Doc("A number from 1 to 5, or words.")]
    text: Annotated[str, Doc("What is asked.")]


@dataclass(frozen=True, kw_only=True)
class EvaluationAnswer:
    """What somebody says to the question with that key."""

    key: Annotated[str, Doc("The question's word.")]
    rating: Annotated[int | None, Doc("From 1 to 5, to a question for a rating.")] = None
    text: Annotated[str | None, Doc("Words, to a question for them.")] = None


@dataclass(frozen=True, kw_only=True)
class EvaluationResult:
    """What an audience says together to one question; nothing where fewer answered than the threshold asks for."""

    key: Annotated[str, Doc("The question's word.")]
    audience: Annotated[Audience, Doc("Who was asked.")]
    suppressed: Annotated[bool, Doc("Too few answered for anything to be shown.")]
    answers: Annotated[int | None, Doc("How many answered; null where suppressed.")]
    mean: Annotated[float | None, Doc("The mean of the ratings; null for words, and where suppressed.")]
    texts: Annotated[tuple[str, ...] | None, Doc("What was said, in alphabetical order; null where suppressed.")]


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What is asked about a programme, and in the end what came of it. `due_on` is the last day for an answer."""

    id: UUID
    programme_id: UUID
    questions: tuple[EvaluationQuestion, ...]
    due_on: date
    state: EvaluationState = EvaluationState.OPEN
    results: tuple[EvaluationResult, ...] | None = None
    closed_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`no_questions`, `question_twice`)."""
        if not self.questions:
            raise Invalid("no_questions", "An evaluation asks at least one question.", pointer="/questions")
        if len({(one.audience, one.key) for one in self.questions}) < len(self.questions):
            raise Invalid("question_twice", "Two questions to one audience have the same key.", pointer="/questions")

    def to(self, audience: Audience) -> tuple[EvaluationQuestion, ...]:
        """What an audience is asked."""
        return tuple(one for one in self.questions if one.audience is audience)

    def closed(self, responses: Iterable["EvaluationResponse"], threshold: int, on: date) -> "Evaluation":
        """With what was said together, where as many as the threshold answered."""
        given = [one for one in responses if one.submitted_at]
        results = tuple(
            _result(question, [one for one in given if one.audience is question.audience], threshold)
            for question in self.questions
        )
        return replace(self, state=EvaluationState.CLOSED, results=results, closed_on=on)


@dataclass(frozen=True, kw_only=True)
class EvaluationResponse:
    """One respondent's part in an evaluation; without a time of submission nothing is answered yet."""

    id: UUID
    evaluation_id: UUID
    respondent_id: UUID
    audience: Audience
    answers: tuple[EvaluationAnswer, ...] = ()
    submitted_at: datetime | None = None
    version: int = 0

    def answered(
        self, answers: tuple[EvaluationAnswer, ...], evaluation: Evaluation, now: datetime
    ) -> "EvaluationResponse":
        """Answered, once. Raises Invalid (`no_answers`, `unknown_question`, `wrong_answer`)."""
        if not answers:
            raise Invalid("no_answers", "Answer at least one question.", pointer="/answers")
        asked = {one.key: one.kind for one in evaluation.to(self.audience)}
        seen: set[str] = set()
        for i, one in enumerate(answers):
            if one.key not in asked or one.key in seen:
                raise Invalid(
                    "unknown_question", "Each answer is to a question that you are asked.", pointer=f"/answers/{i}/key"
                )
            seen.add(one.key)
            if not _fits(one, asked[one.key]):
                raise Invalid(
                    "wrong_answer",
                    f"{one.key} asks for "
                    + (f"a number from {LOWEST} to {HIGHEST}." if asked[one.key] is AnswerKind.RATING else "words."),
                    pointer=f"/answers/{i}",
                )
        return replace(self, answers=answers, submitted_at=now)


def _fits(answer: EvaluationAnswer, kind: AnswerKind) -> bool:
    if kind is AnswerKind.TEXT:
        return answer.rating is None and bool(answer.text)
    return answer.text is None and answer.rating is not None and LOWEST <= answer.rating <= HIGHEST


def _result(question: EvaluationQuestion, responses: Sequence[EvaluationResponse], threshold: int) -> EvaluationResult:
    said = [answer for response in responses for answer in response.answers if answer.key == question.key]
    if len(said) < threshold:
        return EvaluationResult(
            key=question.key, audience=question.audience, suppressed=True, answers=None, mean=None, texts=None
        )
    ratings = [one.rating for one in said if one.rating is not None]
    return EvaluationResult(
        key=question.key,
        audience=question.audience,
        suppressed=False,
        answers=len(said),
        mean=round(sum(ratings) / len(ratings), 2) if ratings else None,
        texts=tuple(sorted(one.text for one in said if one.text is not None)),
    )
