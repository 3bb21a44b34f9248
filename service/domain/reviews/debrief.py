"""What a placement asks for when it ends: how it was, from the talent and from the host."""

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from uuid import UUID

from service.domain.ids import new_id
from service.domain.placements.model import Placement
from service.domain.reviews.model import Question, Relation, Review, ReviewKind, ReviewResponse, ReviewState

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

DEBRIEF_DAYS = 14
"""How long after the end of a placement its debrief is due."""


@cache
def shipped_questions(kind: ReviewKind, language: str) -> tuple[Question, ...]:
    """The questions that come with the service for a kind of review. Raises KeyError where there are none."""
    shipped = tomllib.loads(files("service.domain.reviews").joinpath("questions.toml").read_text("utf-8"))
    return tuple(Question(key=key, text=text) for key, text in shipped[kind][language].items())


async def open_debrief(placement: Placement, uow: "UnitOfWork") -> None:
    """Open the debrief of a placement that has ended (guide: five questions), in the organisation's language.

    The talent answers, and the host supervisor, or where there is none the host manager.
    """
    review = Review(
        id=new_id(),
        kind=ReviewKind.PLACEMENT_DEBRIEF,
        person_id=placement.person_id,
        questions=shipped_questions(ReviewKind.PLACEMENT_DEBRIEF, uow.language),
        opens_on=uow.today,
        due_on=uow.today + timedelta(days=DEBRIEF_DAYS),
        state=ReviewState.OPEN,
        placement_id=placement.id,
        participation_id=placement.participation_id,
    )
    await uow.reviews.add(review, "opened")
    respondents = {placement.person_id: Relation.SELF}
    host = placement.host_supervisor_id or await uow.placements.host_manager(placement)
    if host:
        respondents[host] = Relation.HOST
    await ask(review, respondents, uow)


async def ask(review: Review, respondents: dict[UUID, Relation], uow: "UnitOfWork") -> None:
    """Ask each respondent; their answers come later. Raises Invalid (`wrong_relation`)."""
    for respondent, relation in respondents.items():
        response = ReviewResponse(
            id=new_id(),
            review_id=review.id,
            person_id=review.person_id,
            respondent_id=respondent,
            relation=relation,
        )
        await uow.review_responses.add(response, "asked")
