"""The framework, and two programmes on it: one that has run, one whose call is open."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from service.demo.personas import Part
from service.demo.story.cast import Cast
from service.demo.story.telling import Telling
from service.demo.story.words import words
from service.domain.cohorts.commands import PlanCohort, SeatsToReserve
from service.domain.cohorts.commands import plan as plan_cohort
from service.domain.frameworks.commands import DefineFramework, PublishFramework, publish
from service.domain.frameworks.commands import define as define_framework
from service.domain.frameworks.starting_sets import StartingSet
from service.domain.nominations.commands import Nominate, nominate
from service.domain.programmes.call import Channel, Credit
from service.domain.programmes.commands import (
    EndorseProgramme,
    PlanProgramme,
    RecordConsultation,
    endorse,
    record_consultation,
)
from service.domain.programmes.commands import plan as plan_programme
from service.domain.programmes.model import ProgrammeLevel, ProgrammeMix
from service.domain.programmes.progress import OpenProgramme, open_call

SEATS = 12
_SEATS_OF_SECOND = 20


@dataclass(frozen=True, kw_only=True)
class Call:
    """A programme with its cohort."""

    programme: UUID
    cohort: UUID


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """A programme to be called out: `planned` is days before today, the others follow it."""

    text: str
    level: ProgrammeLevel
    planned: int
    opened: int
    apply_by: int
    starts: int
    ends: int
    seats: int
    reach_by: tuple[Channel, ...]
    credits: tuple[Credit, ...]
    reserved: tuple[SeatsToReserve, ...] = ()


async def agree_on_good_leadership(told: Telling, cast: Cast) -> UUID:
    """HR writes down what a good leader is here, and publishes it (R3)."""
    said = words()["first"]
    await told.on(told.day(394))
    define = DefineFramework(
        name=said["framework"], description=said["description"], start_from=StartingSet.SIGNS_OF_POTENTIAL
    )
    framework = await told.by(cast.hr, define_framework, define)
    await told.on(told.day(388))
    await told.by(cast.hr, publish, framework, PublishFramework(), None)
    return framework


async def open_first_call(told: Telling, cast: Cast, framework: UUID) -> Call:
    """A pre-leader programme that has run by today; one of its seats is the talent's administration's."""
    kept = SeatsToReserve(unit_id=cast.home, seats=1)
    plan = _Plan(
        text="first",
        level=ProgrammeLevel.PRE_LEADER,
        planned=380,
        opened=358,
        apply_by=326,
        starts=286,
        ends=25,
        seats=SEATS,
        reach_by=(Channel.PAYSLIP, Channel.NOTICE_BOARD, Channel.MANAGER),
        credits=(Credit.RECOGNITION, Credit.CENTRAL_POOL),
        reserved=(kept,),
    )
    return await _called_out(told, cast, framework, plan)


async def open_second_call(told: Telling, cast: Cast, framework: UUID) -> Call:
    """A clarification course that can be applied for today; a manager has nominated somebody who has not answered."""
    plan = _Plan(
        text="second",
        level=ProgrammeLevel.CLARIFICATION,
        planned=34,
        opened=29,
        apply_by=-35,
        starts=-60,
        ends=-110,
        seats=_SEATS_OF_SECOND,
        reach_by=(Channel.PAYSLIP, Channel.INTRANET),
        credits=(Credit.SUBSTITUTE,),
    )
    call = await _called_out(told, cast, framework, plan)
    asked = Nominate(cohort_id=call.cohort, person_id=cast.who(cast.nominee), rationale=words()["rationale"])
    await told.by(cast.people[Part.MANAGER].actor, nominate, asked)
    return call


async def _called_out(told: Telling, cast: Cast, framework: UUID, plan: _Plan) -> Call:
    """HR plans, top management endorses (R4), the works council is heard (W5), HR opens (F1, F5)."""
    said = words()[plan.text]
    step = (plan.planned - plan.opened) // 4
    await told.on(told.day(plan.planned))
    draft = PlanProgramme(
        name=said["name"],
        level=plan.level,
        mix=ProgrammeMix.CROSS_DISCIPLINARY,
        purpose=said["purpose"],
        framework_id=framework,
        kick_off_on=told.day(plan.starts),
        reach=said["reach"],
        reach_by=plan.reach_by,
        credit_to_managers=said["credit"],
        credits=plan.credits,
    )
    programme = await told.by(cast.hr, plan_programme, draft)
    await told.on(told.day(plan.planned - step))
    await told.by(cast.director, endorse, programme, EndorseProgramme(), None)
    heard_on = told.day(plan.planned - 2 * step)
    await told.on(heard_on + timedelta(days=1))
    heard = RecordConsultation(held_on=heard_on, reference=said["consultation"])
    await told.by(cast.council, record_consultation, programme, heard, None)
    await told.on(told.day(plan.opened))
    cohort = PlanCohort(
        programme_id=programme,
        name=said["cohort"],
        capacity=plan.seats,
        apply_by=_noon(told.day(plan.apply_by)),
        starts_on=told.day(plan.starts),
        ends_on=told.day(plan.ends),
        reserved=plan.reserved,
    )
    planned = await told.by(cast.hr, plan_cohort, cohort)
    await told.by(cast.hr, open_call, programme, OpenProgramme(), None)
    return Call(programme=programme, cohort=planned)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
