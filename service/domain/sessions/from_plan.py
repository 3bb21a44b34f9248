"""A cohort's modules, sessions and projects from what its programme has planned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from annotated_types import Len
from typing_extensions import Doc

from service.domain.calendar import working_days
from service.domain.cohorts.model import COHORT, Cohort, CohortModule
from service.domain.errors import Invalid, NotFound
from service.domain.ids import new_id
from service.domain.learning import LearningForm
from service.domain.organisations.model import Country
from service.domain.programmes.plan import PlannedModule, dated
from service.domain.projects.model import Project
from service.domain.sessions.model import Session

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

_PROJECTS = {LearningForm.BETWEEN_MODULE_PROJECT, LearningForm.INNOVATION_PROJECT}
"""What everyone does in their own time and the next module starts from (L3)."""

Clock = Annotated[str, Len(5, 5)]


@dataclass(frozen=True, kw_only=True)
class PlanSessions:
    """From when until when each day is held, and where."""

    from_time: Annotated[Clock, Doc("When a day begins, where the organisation is, such as `09:00`.")] = "09:00"
    until_time: Annotated[Clock, Doc("When it is over.")] = "16:00"
    place: Annotated[str, Len(1, 500), Doc("Where the sessions are held.")] | None = None


@dataclass(frozen=True, kw_only=True)
class _Hours:
    begins: time
    ends: time
    zone: ZoneInfo


async def plan_sessions(identity: UUID, command: PlanSessions, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Plan a cohort as its programme is planned: modules, a session for each of their days, projects between them.

    The days follow from the cohort's first day and avoid weekends and holidays. What everyone does in their own time
    becomes a project where it lies between two modules (L3). Each can be changed afterwards.
    """
    programme_id = await uow.cohorts.programme_of(identity)
    if programme_id is None:
        raise NotFound("Cohort", identity)
    programme = await uow.programmes.get(programme_id)
    found = await uow.cohorts.get(identity, expected_version)
    COHORT.permit("planSessions", found.facts)
    hours = _Hours(
        begins=_clock(command.from_time, "/fromTime"), ends=_clock(command.until_time, "/untilTime"), zone=uow.zone
    )
    planned = dated(programme.it.modules, found.it.starts_on, uow.country)
    together = [one for one in planned if one.days]
    await uow.cohorts.save(replace(found.it, modules=_modules(together)), "sessions_planned")
    for session in sessions(found.it, together, hours, uow.country):
        await uow.sessions.add(replace(session, place=command.place), "planned")
    for project in projects(found.it, planned):
        await uow.projects.add(project, "set")
    return identity


def _clock(text: str, pointer: str) -> time:
    """A time of the day. Raises Invalid (`bad_time`)."""
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise Invalid("bad_time", f"{text} is no time of the day; write it as 09:00.", pointer=pointer) from error


def _modules(together: Sequence[PlannedModule]) -> tuple[CohortModule, ...]:
    return tuple(
        CohortModule(number=number, name=one.title, purpose=one.description)
        for number, one in enumerate(together, start=1)
    )


def sessions(cohort: Cohort, together: Sequence[PlannedModule], hours: _Hours, country: Country) -> list[Session]:
    """A session for each day of the modules in which the cohort meets. Raises Invalid (`until_before_from`)."""
    if hours.ends <= hours.begins:
        raise Invalid("until_before_from", "A day is over after it has begun.", pointer="/untilTime")
    found: list[Session] = []
    for number, module in enumerate(together, start=1):
        if module.starts_on is None or module.ends_on is None:
            raise AssertionError
        days = working_days(module.starts_on, module.ends_on, country)
        found += [
            Session(
                id=new_id(),
                cohort_id=cohort.id,
                module=number,
                title=module.title if len(days) == 1 else f"{module.title} ({i}/{len(days)})",
                learning_form=module.learning_forms[0],
                starts_at=datetime.combine(day, hours.begins, hours.zone),
                ends_at=datetime.combine(day, hours.ends, hours.zone),
                facilitator_id=next(iter(module.facilitator_ids), None),
            )
            for i, day in enumerate(days, start=1)
        ]
    return found


def projects(cohort: Cohort, planned: Sequence[PlannedModule]) -> list[Project]:
    """A project for what everyone does in their own time between two modules; it is due when the later one begins."""
    found: list[Project] = []
    starts = [one.starts_on for one in planned if one.days and one.starts_on]
    for one in planned:
        if one.days or _PROJECTS.isdisjoint(one.learning_forms) or one.starts_on is None or one.ends_on is None:
            continue
        before = sum(day <= one.starts_on for day in starts)
        if not 0 < before < len(starts):
            continue
        found.append(
            Project(
                id=new_id(),
                cohort_id=cohort.id,
                after_module=before,
                feeds_module=before + 1,
                title=one.title,
                assignment=one.description or one.title,
                due_on=min(one.ends_on - timedelta(days=1), starts[before]),
            )
        )
    return found
