"""A participant leads a vacant unit of another administration for a while, and all three look back on it."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from service.demo.story.cast import Cast
from service.demo.story.telling import Telling, workday
from service.demo.story.words import words
from service.domain.actor import Actor
from service.domain.placements.commands import ProposePlacement, SignPlacement, propose, sign
from service.domain.placements.model import PlacementKind
from service.domain.reviews.commands import (
    AcknowledgeReview,
    AnswerReview,
    AskedQuestion,
    GivenAnswer,
    PlanReview,
    Respondent,
    ShareReview,
    acknowledge,
    answer,
    plan,
    share,
)
from service.domain.reviews.model import Relation, ReviewKind
from service.domain.unit_of_work import UnitOfWork

_AFTER_THE_VACANCY = timedelta(days=21)
_EARLIEST, _LATEST_END = 190, 50
_LONG = timedelta(days=105)
_SHARE_OF_HOME = 40


async def secondment(told: Telling, cast: Cast, participations: Mapping[UUID, UUID]) -> None:
    """Proposed by HR, signed by the talent and both managers, begun and completed by its dates; then the debrief."""
    talent = cast.who(cast.talent)
    starts = workday(max(cast.vacancy.since + _AFTER_THE_VACANCY, told.day(_EARLIEST)))
    ends = workday(min(starts + _LONG, told.day(_LATEST_END)))
    await told.on(starts - timedelta(days=17))
    terms = ProposePlacement(
        kind=PlacementKind.SECONDMENT,
        person_id=talent,
        host_unit_id=cast.vacancy.unit,
        position_id=cast.vacancy.position,
        participation_id=participations[talent],
        start_on=starts,
        end_on=ends,
        objectives=words()["objectives"],
        learning_agreement=words()["agreement"],
        home_salary_share=_SHARE_OF_HOME,
    )
    placement = await told.by(cast.hr, propose, terms)
    home, host = await told.by(cast.hr, _managers, placement)
    for day, party in enumerate((cast.talent, cast.anybody(home), cast.anybody(host))):
        await told.on(starts - timedelta(days=15 - day))
        await told.by(party, sign, placement, SignPlacement(), None)
    await told.on(starts)
    await _lead(told, cast, starts + timedelta(days=16))
    await told.on(ends)
    await _look_back(told, cast, placement, cast.anybody(host), ends)


async def _managers(placement: UUID, uow: UnitOfWork) -> tuple[UUID, UUID]:
    found = (await uow.placements.get(placement)).it
    home, host = await uow.candidacies.nearest_manager_of(found.person_id), await uow.placements.host_manager(found)
    if home is None or host is None:
        raise AssertionError
    return home, host


async def _lead(told: Telling, cast: Cast, day: date) -> None:
    """Who acts in the position is the unit's manager, with a manager's rights: here, a talk with a member of it."""
    leader, member = cast.talent, cast.member
    await told.on(day)
    talk = PlanReview(
        kind=ReviewKind.CHECK_IN,
        person_id=cast.who(member),
        questions=(AskedQuestion(key="now", text=words()["check_in"]),),
        respondents=(
            Respondent(person_id=cast.who(member), relation=Relation.SELF),
            Respondent(person_id=cast.who(leader), relation=Relation.MANAGER),
        ),
        due_on=day + timedelta(days=14),
    )
    review = await told.by(leader, plan, talk)
    await told.on(day + timedelta(days=1))
    for actor, text in ((member, "check_in_member"), (leader, "check_in_manager")):
        await _answer(told, review, actor, (GivenAnswer(key="now", text=words()[text]),))
    await told.by(leader, share, review, ShareReview(), None)


async def _look_back(told: Telling, cast: Cast, placement: UUID, host: Actor, ended: date) -> None:
    debrief: UUID = await told.connection.fetchval("SELECT id FROM review WHERE placement_id = $1", placement)
    for days, actor, part in ((2, cast.talent, "self"), (4, host, "host")):
        await told.on(ended + timedelta(days=days))
        answers = tuple(GivenAnswer(key=key, text=text) for key, text in words()["debrief"][part].items())
        await _answer(told, debrief, actor, answers)
    await told.by(host, share, debrief, ShareReview(), None)
    await told.by(cast.talent, acknowledge, debrief, AcknowledgeReview(), None)


async def _answer(told: Telling, review: UUID, actor: Actor, answers: tuple[GivenAnswer, ...]) -> None:
    response: UUID = await told.connection.fetchval(
        "SELECT id FROM review_response WHERE review_id = $1 AND respondent_id = $2", review, actor.person
    )
    await told.by(actor, answer, response, AnswerReview(answers=answers), None)
