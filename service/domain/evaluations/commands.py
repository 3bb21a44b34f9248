"""What can be done to evaluations and to the responses in them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.evaluations.asking import ask
from service.domain.evaluations.model import (
    EVALUATION,
    EVALUATION_RESPONSE,
    AnswerKind,
    Audience,
    EvaluationAnswer,
    EvaluationQuestion,
)
from service.domain.evaluations.views import EvaluationResponseView, EvaluationView
from service.domain.operations import acts, changes, creates
from service.domain.programmes.model import PROGRAMME
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Key = Annotated[str, Len(1, 50)]


@dataclass(frozen=True, kw_only=True)
class OpenEvaluation:
    """Which programme."""

    programme_id: UUID


async def open_(command: OpenEvaluation, uow: "UnitOfWork") -> UUID:
    """Ask those who were part of a completed programme; completing one does so by itself."""
    programme = await uow.programmes.get(command.programme_id)
    PROGRAMME.permit("openEvaluation", programme.facts, programme.it.state)
    return await ask(command.programme_id, uow)


@dataclass(frozen=True, kw_only=True)
class QuestionToAsk:
    """A question to one audience."""

    key: Annotated[Key, Doc("The word that its answers carry.")]
    audience: Annotated[Audience, Doc("Who is asked.")]
    kind: Annotated[AnswerKind, Doc("A number from 1 to 5, or words.")]
    text: Annotated[str, Len(1, 1000), Doc("What is asked.")]


Questions = Annotated[tuple[QuestionToAsk, ...], Len(1, 100), Doc("All of them; they take the place of those before.")]


@dataclass(frozen=True, kw_only=True)
class ChangeEvaluation:
    """Other questions, or another last day."""

    questions: Questions | Unset = UNSET
    due_on: date | Unset = UNSET


async def change(identity: UUID, command: ChangeEvaluation, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Ask something else, as long as nobody has answered."""
    found = await uow.evaluations.get(identity, expected_version)
    EVALUATION.permit("change", found.facts, found.it.state)
    values = changed(command)
    if not isinstance(command.questions, Unset):
        values["questions"] = tuple(
            EvaluationQuestion(key=one.key, audience=one.audience, kind=one.kind, text=one.text)
            for one in command.questions
        )
    await uow.evaluations.save(replace(found.it, **values), "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class AnswerToGive:
    """What one says to the question with that key."""

    key: Annotated[Key, Doc("The question's word.")]
    rating: Annotated[int, Ge(1), Le(5), Doc("From 1 to 5, to a question for a rating.")] | None = None
    text: Annotated[str, Len(1, 5000), Doc("Words, to a question for them.")] | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerEvaluation:
    """Answers, each to one question; a question may be left out."""

    answers: Annotated[tuple[AnswerToGive, ...], Len(1, 100), Doc("Each to one question.")]


async def answer(identity: UUID, command: AnswerEvaluation, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Say how the programme was, once; it is told together with what others say, and only where enough do."""
    response = await uow.evaluation_responses.get(identity, expected_version)
    EVALUATION_RESPONSE.permit("answer", response.facts)
    evaluation = await uow.evaluations.get(response.it.evaluation_id)
    answers = tuple(EvaluationAnswer(key=one.key, rating=one.rating, text=one.text) for one in command.answers)
    await uow.evaluation_responses.save(response.it.answered(answers, evaluation.it, uow.now), "answered")
    return identity


OPERATIONS = (
    creates(EvaluationView, open_, "openEvaluation"),
    changes(EvaluationView, change, "changeEvaluation"),
    acts(EvaluationResponseView, answer, "answerEvaluation"),
)
