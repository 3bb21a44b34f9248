"""Asking those who were part of a programme how it was."""

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from uuid import UUID

from service.domain.evaluations.model import AnswerKind, Audience, Evaluation, EvaluationQuestion, EvaluationResponse
from service.domain.ids import new_id

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

EVALUATION_DAYS = 21
"""How long after it is opened an evaluation is due."""


@cache
def shipped_questions(language: str) -> tuple[EvaluationQuestion, ...]:
    """The questions that come with the service, in a language."""
    shipped = tomllib.loads(files("service.domain.evaluations").joinpath("questions.toml").read_text("utf-8"))
    return tuple(
        EvaluationQuestion(
            key=key, audience=Audience(audience), kind=AnswerKind(question["kind"]), text=question[language]
        )
        for audience, questions in shipped.items()
        for key, question in questions.items()
    )


async def ask(programme: UUID, uow: "UnitOfWork") -> UUID:
    """Open the evaluation of a programme, in the organisation's language; the programme is locked by the caller.

    Each is asked once in each part that they had; nobody else reads what they answer.
    """
    evaluation = Evaluation(
        id=new_id(),
        programme_id=programme,
        questions=shipped_questions(uow.language),
        due_on=uow.today + timedelta(days=EVALUATION_DAYS),
    )
    await uow.evaluations.add(evaluation, "opened")
    for respondent, audience in await uow.evaluations.audiences(programme, uow.today):
        response = EvaluationResponse(
            id=new_id(), evaluation_id=evaluation.id, respondent_id=respondent, audience=audience
        )
        await uow.evaluation_responses.add(response, "asked")
    return evaluation.id
