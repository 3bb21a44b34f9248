"""From the open call to twelve participants: in, assessed blind, decided, answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from uuid import UUID

from service.demo.story.call import SEATS, Call
from service.demo.story.cast import Cast
from service.demo.story.telling import Telling
from service.demo.story.words import words
from service.domain.actor import Actor
from service.domain.assessments.commands import SubmitAssessment
from service.domain.assessments.commands import submit as submit_assessment
from service.domain.assessments.model import Score
from service.domain.candidacies.answering import AcceptOffer, TurnDown, accept, turn_down
from service.domain.candidacies.assigning import AssignAssessors, assign_assessors
from service.domain.candidacies.deciding import Decline, Offer, Waitlist, decline, offer, waitlist
from service.domain.candidacies.intake import Apply, apply
from service.domain.candidacies.statements import GiveStatement, give_statement
from service.domain.nominations.commands import (
    AcceptNomination,
    Nominate,
    RefuseNomination,
    nominate,
)
from service.domain.nominations.commands import accept as accept_nomination
from service.domain.nominations.commands import refuse as refuse_nomination
from service.domain.participations.commands import StartParticipation
from service.domain.participations.commands import start as start_participation
from service.domain.programmes.progress import StartProgramme, StartSelecting, start_selecting
from service.domain.programmes.progress import start as start_programme
from service.domain.unit_of_work import UnitOfWork

_BEST_SCORE = 5
_NO_SUPPORT_FOR = 9
"""The manager of this applicant does not support it; which is no veto."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody with a candidacy, and their nearest manager."""

    actor: Actor
    candidacy: UUID
    manager: Actor


async def apply_and_nominate(told: Telling, cast: Cast, call: Call) -> list[Candidate]:
    """Fourteen apply; two are nominated, of whom one accepts and one refuses. The managers give their statements."""
    motivations, support = cycle(words()["motivations"]), cycle(words()["support"])
    await told.on(told.day(355))
    nomination = await _nominated(told, cast, call, cast.talent)
    unwanted = await _nominated(told, cast, call, cast.reluctant)
    await told.on(told.day(352))
    reply = AcceptNomination(motivation=words()["nominee"])
    await told.by(cast.talent, accept_nomination, nomination, reply, None)
    await told.by(cast.reluctant, refuse_nomination, unwanted, RefuseNomination(), None)
    accepted = await told.connection.fetchval("SELECT candidacy_id FROM nomination WHERE id = $1", nomination)
    candidates = [Candidate(actor=cast.talent, candidacy=accepted, manager=await _manager(told, cast, cast.talent))]
    for place, applicant in enumerate(cast.applicants):
        await told.on(told.day(350 - place))
        wish = Apply(cohort_id=call.cohort, motivation=next(motivations))
        candidacy = await told.by(applicant, apply, wish)
        candidates.append(
            Candidate(actor=applicant, candidacy=candidacy, manager=await _manager(told, cast, applicant))
        )
    await told.on(told.day(332))
    for place, one in enumerate(candidates):
        supports = place != _NO_SUPPORT_FOR
        statement = GiveStatement(supports=supports, reason=next(support) if supports else words()["no_support"])
        await told.by(one.manager, give_statement, one.candidacy, statement, None)
    return candidates


async def assess(told: Telling, cast: Cast, call: Call, candidates: Sequence[Candidate]) -> None:
    """The call closes; two assessors score every criterion with a reason, blind to each other."""
    await told.on(told.day(325))
    await told.by(cast.hr, start_selecting, call.programme, StartSelecting(), None)
    named = AssignAssessors(assessor_ids=tuple(cast.who(one) for one in cast.assessors))
    for one in candidates:
        await told.by(cast.hr, assign_assessors, one.candidacy, named, None)
    criteria = await told.by(cast.hr, _criteria, call.programme)
    for days, (place, assessor) in zip((318, 312), enumerate(cast.assessors), strict=True):
        await told.on(told.day(days))
        for rank, one in enumerate(candidates):
            scores = tuple(
                Score(competence_id=criterion, score=score, reason=words()["scores"][score - 1])
                for number, criterion in enumerate(criteria)
                for score in [_score(rank, number, place)]
            )
            assessment = await told.connection.fetchval(
                "SELECT id FROM assessment WHERE candidacy_id = $1 AND assessor_id = $2",
                one.candidacy,
                assessor.person,
            )
            await told.by(assessor, submit_assessment, assessment, SubmitAssessment(scores=scores), None)


async def decide_and_answer(told: Telling, cast: Cast, call: Call, candidates: Sequence[Candidate]) -> dict[UUID, UUID]:
    """Twelve are offered a place, two wait, one is declined; one turns down, and who waited longest gets the place.

    Answers person → participation.
    """
    offered, waiting, declined = candidates[:SEATS], candidates[SEATS : SEATS + 2], candidates[SEATS + 2 :]
    await told.on(told.day(304))
    for one in offered:
        await told.by(cast.hr, offer, one.candidacy, Offer(reason=words()["offer"]), None)
    for one in waiting:
        await told.by(cast.hr, waitlist, one.candidacy, Waitlist(reason=words()["waitlist"]), None)
    no = Decline(reason=words()["decline"], feedback=words()["work_on"])
    for one in declined:
        await told.by(cast.hr, decline, one.candidacy, no, None)
    await told.on(told.day(301))
    *accepting, turning_down = offered
    for one in accepting:
        await told.by(one.actor, accept, one.candidacy, AcceptOffer(), None)
    await told.on(told.day(299))
    await told.by(turning_down.actor, turn_down, turning_down.candidacy, TurnDown(), None)
    await told.on(told.day(297))
    await told.by(waiting[0].actor, accept, waiting[0].candidacy, AcceptOffer(), None)
    await told.on(told.day(286))
    await told.by(cast.hr, start_programme, call.programme, StartProgramme(), None)
    rows = await told.connection.fetch("SELECT person_id, id FROM participation WHERE cohort_id = $1", call.cohort)
    participations = {row["person_id"]: row["id"] for row in rows}
    for one in (*accepting, waiting[0]):
        participation = participations[cast.who(one.actor)]
        await told.by(cast.hr, start_participation, participation, StartParticipation(), None)
    return participations


async def _nominated(told: Telling, cast: Cast, call: Call, nominee: Actor) -> UUID:
    manager = await _manager(told, cast, nominee)
    asked = Nominate(cohort_id=call.cohort, person_id=cast.who(nominee), rationale=words()["rationale"])
    return await told.by(manager, nominate, asked)


async def _manager(told: Telling, cast: Cast, employee: Actor) -> Actor:
    found = await told.by(cast.hr, _nearest_manager, cast.who(employee))
    if found is None:
        raise AssertionError
    return cast.anybody(found)


async def _nearest_manager(employee: UUID, uow: UnitOfWork) -> UUID | None:
    return await uow.candidacies.nearest_manager_of(employee)


async def _criteria(programme: UUID, uow: UnitOfWork) -> list[UUID]:
    return [one.competence_id for one in (await uow.programmes.get(programme)).it.criteria]


def _score(rank: int, criterion: int, assessor: int) -> int:
    """The better, the earlier in the ranking; assessors do not always agree."""
    return max(1, min(_BEST_SCORE, _BEST_SCORE - rank // 4 - (rank + criterion + assessor) % 2))
