"""What can be done to reviews and to the responses in them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.agenda import SOON
from service.domain.errors import Conflict, Forbidden
from service.domain.ids import new_id
from service.domain.operations import acts, creates
from service.domain.participations.belonging import refuse_foreign
from service.domain.reviews.debrief import ask
from service.domain.reviews.model import (
    RESPONSE,
    REVIEW,
    Answer,
    Question,
    Relation,
    Review,
    ReviewKind,
    ReviewState,
)
from service.domain.reviews.talks import record_talk
from service.domain.reviews.views import ReviewResponseView, ReviewView

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Key = Annotated[str, Len(1, 50)]


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """A question, and the key under which it is answered."""

    key: Annotated[Key, Doc("The word that its answers carry.")]
    text: Annotated[str, Len(1, 1000), Doc("What is asked.")]


@dataclass(frozen=True, kw_only=True)
class Respondent:
    """Who is asked, and what they are to the person whom the review is about."""

    person_id: Annotated[UUID, Doc("Who is asked.")]
    relation: Annotated[Relation, Doc("What they are to the person whom the review is about.")]


@dataclass(frozen=True, kw_only=True)
class PlanReview:
    """About whom, who is asked what, from when and until when."""

    kind: ReviewKind
    person_id: Annotated[UUID, Doc("The person it is about.")]
    questions: Annotated[tuple[AskedQuestion, ...], Len(1, 50)]
    respondents: Annotated[tuple[Respondent, ...], Len(1, 100), Doc("Who is asked.")]
    due_on: Annotated[date, Doc("The last day for an answer.")]
    opens_on: Annotated[date | None, Doc("Today where nothing is given; then it opens by itself.")] = None
    participation_id: UUID | None = None


async def plan(command: PlanReview, uow: "UnitOfWork") -> UUID:
    """Plan a review of a person, as HR or as their nearest manager. It opens on its day, or before by hand."""
    person = await uow.persons.get(command.person_id)
    if person.facts.isdisjoint(("hr", "nearestManager")):
        raise Forbidden("not_allowed", "HR and the nearest manager plan reviews.")
    await refuse_foreign(command.participation_id, command.person_id, uow)
    review = Review(
        id=new_id(),
        kind=command.kind,
        person_id=command.person_id,
        questions=tuple(Question(key=one.key, text=one.text) for one in command.questions),
        opens_on=command.opens_on or uow.today,
        due_on=command.due_on,
        participation_id=command.participation_id,
    )
    respondents = {one.person_id: one.relation for one in command.respondents}
    if len(respondents) < len(command.respondents):
        raise Conflict("respondent_twice", "Each respondent answers once.", pointer="/respondents")
    await uow.reviews.add(review, "planned")
    await ask(review, respondents, uow)
    if review.opens_on <= uow.today:
        uow.agenda.wake(open_due, uow.now)
    return review.id


async def _move(action: str, event: str, identity: UUID, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    found = await uow.reviews.get(identity, expected_version)
    target = REVIEW.permit(action, found.facts, found.it.state).target
    await uow.reviews.save(found.it.to(target or found.it.state, uow.now), event)
    return identity


@dataclass(frozen=True, kw_only=True)
class OpenReview:
    """Nothing to say."""


async def open_(identity: UUID, command: OpenReview, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Open a review for answers before its day."""
    del command
    return await _move("open", "opened", identity, expected_version, uow)


@dataclass(frozen=True, kw_only=True)
class SubmitReview:
    """Nothing to say."""


async def submit(identity: UUID, command: SubmitReview, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Wait no longer for those who have not answered. It happens by itself when everybody has."""
    del command
    return await _move("submit", "submitted", identity, expected_version, uow)


@dataclass(frozen=True, kw_only=True)
class ShareReview:
    """Nothing to say."""


async def share(identity: UUID, command: ShareReview, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Share the answers with the person whom they are about, and with the nearest manager."""
    del command
    return await _move("share", "shared", identity, expected_version, uow)


@dataclass(frozen=True, kw_only=True)
class AcknowledgeReview:
    """Nothing to say."""


async def acknowledge(
    identity: UUID, command: AcknowledgeReview, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Say that one has read what is said about oneself; it need not mean that one agrees."""
    del command
    return await _move("acknowledge", "acknowledged", identity, expected_version, uow)


@dataclass(frozen=True, kw_only=True)
class CloseReview:
    """Nothing to say."""


async def close(identity: UUID, command: CloseReview, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Close a review, whether or not it has come to its end; what was not shared stays so."""
    del command
    return await _move("close", "closed", identity, expected_version, uow)


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """What one says to the question with that key."""

    key: Annotated[Key, Doc("The question's word.")]
    text: Annotated[str, Len(1, 10_000), Doc("What one says to it.")]


@dataclass(frozen=True, kw_only=True)
class AnswerReview:
    """Answers, each to one question of the review; a question may be left out."""

    answers: Annotated[tuple[GivenAnswer, ...], Len(1, 50)]


async def answer(identity: UUID, command: AnswerReview, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Answer the questions of an open review, once. With the last respondent's answers the review is submitted."""
    response = await uow.review_responses.get(identity, expected_version)
    RESPONSE.permit("answer", response.facts)
    review = await uow.reviews.get(response.it.review_id)
    answers = tuple(Answer(key=one.key, text=one.text) for one in command.answers)
    review.it.accept(answers)
    await uow.review_responses.save(response.it.answered(answers, uow.now), "answered")
    if review.it.state is ReviewState.OPEN and await uow.review_responses.all_answered(review.it.id):
        await uow.reviews.save(review.it.to(ReviewState.SUBMITTED), "submitted")
    return identity


async def open_due(uow: "UnitOfWork") -> datetime | None:
    """Open every planned review whose day has come; answers when to look again, where somebody else holds some."""
    for review in await uow.reviews.due(uow.today):
        await uow.reviews.save(review.to(ReviewState.OPEN), "opened")
    return uow.now + SOON if await uow.reviews.still_due(uow.today) else None


OPERATIONS = (
    creates(ReviewView, plan, "planReview"),
    creates(ReviewView, record_talk, "recordTalk", verb="record-talk"),
    acts(ReviewView, open_, "openReview", "open"),
    acts(ReviewView, submit, "submitReview"),
    acts(ReviewView, share, "shareReview"),
    acts(ReviewView, acknowledge, "acknowledgeReview"),
    acts(ReviewView, close, "closeReview"),
    acts(ReviewResponseView, answer, "answerReview"),
)
