"""What can be done to sessions."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.cohorts.model import COHORT
from service.domain.cohorts.views import CohortView
from service.domain.errors import Conflict
from service.domain.ids import new_id
from service.domain.learning import LearningForm
from service.domain.operations import acts, changes, creates
from service.domain.sessions import attending, from_plan
from service.domain.sessions.model import SESSION, Session
from service.domain.sessions.views import SessionView
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Title = Annotated[str, Len(1, 200)]
Place = Annotated[str, Len(1, 500), Doc("Where it is held: a house and a room, or the address of a meeting online.")]
External = Annotated[str, Len(1, 200), Doc("Who teaches, where they come from outside.")]
Module = Annotated[int, Ge(1), Le(100), Doc("The number of the cohort's module that it belongs to.")]


@dataclass(frozen=True, kw_only=True)
class PlanSession:
    """A time at which the cohort meets; times with their offset."""

    cohort_id: UUID
    module: Module
    title: Title
    learning_form: LearningForm
    starts_at: Annotated[datetime, Doc("With its offset, such as `2027-03-01T09:00:00+01:00`.")]
    ends_at: Annotated[datetime, Doc("When it is over, with its offset.")]
    place: Place | None = None
    facilitator_id: Annotated[UUID | None, Doc("Who teaches, where they are a person here.")] = None
    external_facilitator: External | None = None


async def plan(command: PlanSession, uow: "UnitOfWork") -> UUID:
    """Plan a session in a module of a cohort; it shows in the calendars of those who take part and who teach."""
    cohort = await uow.cohorts.get(command.cohort_id)
    COHORT.permit("planSession", cohort.facts)
    cohort.it.holding_module(command.module, "/module")
    session = Session(
        id=new_id(),
        cohort_id=command.cohort_id,
        module=command.module,
        title=command.title,
        learning_form=command.learning_form,
        starts_at=command.starts_at,
        ends_at=command.ends_at,
        place=command.place,
        facilitator_id=command.facilitator_id,
        external_facilitator=command.external_facilitator,
    )
    await refuse_before_project(session, uow)
    await uow.sessions.add(session, "planned")
    return session.id


async def refuse_before_project(session: Session, uow: "UnitOfWork") -> None:
    """A project is done when the module that it feeds begins (L3); the cohort is locked by the caller.

    Raises Conflict (`project_due_later`).
    """
    due = await uow.projects.last_due(session.cohort_id, session.module)
    if due is not None and session.starts_at.astimezone(uow.zone).date() < due:
        raise Conflict(
            "project_due_later", f"A project that feeds the module is due on {due} only.", pointer="/startsAt"
        )


@dataclass(frozen=True, kw_only=True)
class ChangeSession:
    """New values; what is left out stays."""

    module: Module | Unset = UNSET
    title: Title | Unset = UNSET
    learning_form: LearningForm | Unset = UNSET
    starts_at: datetime | Unset = UNSET
    ends_at: datetime | Unset = UNSET
    place: Place | Unset | None = UNSET
    facilitator_id: UUID | Unset | None = UNSET
    external_facilitator: External | Unset | None = UNSET


async def change(identity: UUID, command: ChangeSession, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change a session: another time, place or facilitator. Calendars that are subscribed to learn of it."""
    found = await uow.sessions.get(identity, expected_version)
    SESSION.permit("change", found.facts, found.it.state)
    cohort = await uow.cohorts.get(found.it.cohort_id)
    session = found.it.changed(**changed(command))
    cohort.it.holding_module(session.module, "/module")
    await refuse_before_project(session, uow)
    await uow.sessions.save(session, "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class CancelSession:
    """Nothing to say."""


async def cancel(identity: UUID, command: CancelSession, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Call a session off; calendars show it as cancelled, and it counts in no completion rule."""
    del command
    found = await uow.sessions.get(identity, expected_version)
    SESSION.permit("cancel", found.facts, found.it.state)
    await uow.sessions.save(found.it.cancelled(), "cancelled")
    return identity


OPERATIONS = (
    acts(CohortView, from_plan.plan_sessions, "planSessions"),
    creates(SessionView, plan, "planSession"),
    changes(SessionView, change, "changeSession"),
    acts(SessionView, cancel, "cancelSession"),
    acts(SessionView, attending.record_attendance, "recordAttendance"),
)
