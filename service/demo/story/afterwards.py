"""The programme ends, and everyone comes out of it with something (A3): one of them with a leader job."""

from collections.abc import Mapping
from uuid import UUID

from service.demo.story.call import Call
from service.demo.story.cast import Cast
from service.demo.story.telling import Telling
from service.demo.story.words import words
from service.domain.engagements.model import FilledBy
from service.domain.participations.commands import (
    CompleteParticipation,
    RecordOutcome,
    WithdrawParticipation,
    record_outcome,
    withdraw,
)
from service.domain.participations.commands import complete as complete_participation
from service.domain.participations.model import Outcome
from service.domain.positions.commands import Appoint, appoint
from service.domain.programmes.progress import CompleteProgramme, EvaluateProgramme, evaluate
from service.domain.programmes.progress import complete as complete_programme
from service.domain.reports.openness.commands import MakeOpennessReport
from service.domain.reports.openness.commands import make as make_report

_OUTCOMES = (
    *[Outcome.KEEP_WARM] * 5,
    Outcome.PROJECT_LEADER_PATH,
    *[Outcome.SPECIALIST_PATH] * 2,
    *[Outcome.STAYS_IN_ROLE] * 2,
)


async def complete(told: Telling, cast: Cast, call: Call, participations: Mapping[UUID, UUID]) -> None:
    """One leaves with a reason that is HR's alone; the others complete, and each gets an outcome of their own."""
    talent = cast.who(cast.talent)
    others = sorted(identity for person, identity in participations.items() if person != talent)
    leaving, *staying = others
    await told.on(told.day(27))
    await told.by(cast.hr, withdraw, leaving, WithdrawParticipation(), None)
    await told.on(told.day(25))
    for one in (participations[talent], *staying):
        await told.by(cast.hr, complete_participation, one, CompleteParticipation(), None)
    await told.by(cast.hr, complete_programme, call.programme, CompleteProgramme(), None)
    await told.on(told.day(20))
    for one, outcome in zip(staying, _OUTCOMES, strict=True):
        await told.by(cast.hr, record_outcome, one, RecordOutcome(outcome=outcome), None)
    await told.by(cast.hr, evaluate, call.programme, EvaluateProgramme(), None)
    figures = MakeOpennessReport(name=words()["report"], programme_ids=(call.programme,))
    await told.by(cast.hr, make_report, figures)


async def appoint_the_talent(told: Telling, cast: Cast, participations: Mapping[UUID, UUID]) -> None:
    """The post is advertised and goes to the talent who led it for a while; nobody can veto that."""
    talent = cast.who(cast.talent)
    await told.on(told.day(18))
    job = Appoint(person_id=talent, start_on=told.day(9), filled_by=FilledBy.ADVERTISED)
    await told.by(cast.hr, appoint, cast.vacancy.position, job, None)
    await told.on(told.day(9))
    result = RecordOutcome(outcome=Outcome.LEADER_APPOINTED)
    await told.by(cast.hr, record_outcome, participations[talent], result, None)
