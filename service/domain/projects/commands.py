"""What can be done to projects, and by whom they are handed in."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.cohorts.model import COHORT, Cohort
from service.domain.errors import Conflict, Forbidden
from service.domain.ids import new_id
from service.domain.operations import acts, changes, creates
from service.domain.projects.model import HAND_IN, PROJECT, HandIn, Project
from service.domain.projects.views import HandInView, ProjectView
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Module = Annotated[int, Ge(1), Le(100)]
Title = Annotated[str, Len(1, 200)]
Assignment = Annotated[str, Len(1, 10_000), Doc("What the participants are to do at home, and look at.")]
Work = Annotated[str, Len(1, 20_000), Doc("What one did. The nearest manager reads it.")]
Reflection = Annotated[
    str,
    Len(1, 20_000),
    Doc("What one learned about leading by it. HR and who teaches the module that it feeds read it."),
]


@dataclass(frozen=True, kw_only=True)
class SetProject:
    """A project between two modules of a cohort."""

    cohort_id: UUID
    after_module: Annotated[Module, Doc("The number of the module that it follows.")]
    feeds_module: Annotated[Module | None, Doc("The module that starts from it; the next one where none is named.")] = (
        None
    )
    title: Title
    assignment: Assignment
    due_on: Annotated[date, Doc("The last day for it, before the module that it feeds begins.")]


async def set_(command: SetProject, uow: "UnitOfWork") -> UUID:
    """Set a project between two modules: what comes of it is what the later one starts from (L3)."""
    cohort = await uow.cohorts.get(command.cohort_id)
    COHORT.permit("setProject", cohort.facts)
    later = min((one for one in cohort.it.numbers if one > command.after_module), default=None)
    feeds = command.feeds_module or later
    if feeds is None:
        raise Conflict("no_next_module", f"No module follows on module {command.after_module}.", pointer="/afterModule")
    project = Project(
        id=new_id(),
        cohort_id=command.cohort_id,
        after_module=command.after_module,
        feeds_module=feeds,
        title=command.title,
        assignment=command.assignment,
        due_on=command.due_on,
    )
    await refuse_late(project, cohort.it, uow)
    await uow.projects.add(project, "set")
    return project.id


async def refuse_late(project: Project, cohort: Cohort, uow: "UnitOfWork") -> None:
    """It lies between two modules of the cohort, and is due before the later one begins (L3); the cohort is locked.

    Raises Invalid (`unknown_module`), Conflict (`due_after_module_begins`).
    """
    cohort.holding_module(project.after_module, "/afterModule")
    cohort.holding_module(project.feeds_module, "/feedsModule")
    begins = await uow.sessions.first_of(project.cohort_id, project.feeds_module)
    if begins is not None and begins.astimezone(uow.zone).date() < project.due_on:
        raise Conflict(
            "due_after_module_begins",
            f"Module {project.feeds_module} begins on {begins.astimezone(uow.zone).date()}.",
            pointer="/dueOn",
        )


@dataclass(frozen=True, kw_only=True)
class ChangeProject:
    """New values; what is left out stays."""

    after_module: Annotated[Module, Doc("The number of the module that it follows.")] | Unset = UNSET
    feeds_module: Annotated[Module, Doc("The number of the module that starts from it.")] | Unset = UNSET
    title: Title | Unset = UNSET
    assignment: Assignment | Unset = UNSET
    due_on: date | Unset = UNSET


async def change(identity: UUID, command: ChangeProject, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change a project."""
    found = await uow.projects.get(identity, expected_version)
    PROJECT.permit("change", found.facts, found.it.state)
    cohort = await uow.cohorts.get(found.it.cohort_id)
    project = found.it.changed(**changed(command))
    await refuse_late(project, cohort.it, uow)
    await uow.projects.save(project, "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class DropProject:
    """Nothing to say."""


async def drop(identity: UUID, command: DropProject, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Ask for a project no longer: it counts in no completion rule, and what was handed in stays."""
    del command
    found = await uow.projects.get(identity, expected_version)
    PROJECT.permit("drop", found.facts, found.it.state)
    await uow.projects.save(found.it.dropped(), "dropped")
    return identity


@dataclass(frozen=True, kw_only=True)
class HandInProject:
    """What one did and learned. It may be late; that shows."""

    project_id: UUID
    work: Work | None = None
    reflection: Reflection


async def hand_in(command: HandInProject, uow: "UnitOfWork") -> UUID:
    """Hand in what one did between two modules, and what one learned by it, as an active participant."""
    project = await uow.projects.get(command.project_id)
    PROJECT.permit("handIn", project.facts, project.it.state)
    me = uow.actor.person
    participation = await uow.participations.in_cohort(me, project.it.cohort_id) if me else None
    if participation is None:
        raise Forbidden("not_allowed", "Participants hand in.")
    handed_in = HandIn(
        id=new_id(),
        project_id=project.it.id,
        participation_id=participation.id,
        person_id=participation.person_id,
        work=command.work,
        reflection=command.reflection,
        handed_in_at=uow.now,
    )
    await uow.hand_ins.add(handed_in, "handed_in")
    return handed_in.id


@dataclass(frozen=True, kw_only=True)
class ChangeHandIn:
    """Other words; what is left out stays."""

    work: Work | Unset | None = UNSET
    reflection: Reflection | Unset = UNSET


async def change_hand_in(
    identity: UUID, command: ChangeHandIn, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Say it in other words, as long as one takes part."""
    found = await uow.hand_ins.get(identity, expected_version)
    HAND_IN.permit("change", found.facts)
    await uow.hand_ins.save(found.it.changed(**changed(command)), "changed")
    return identity


OPERATIONS = (
    creates(ProjectView, set_, "setProject"),
    changes(ProjectView, change, "changeProject"),
    acts(ProjectView, drop, "dropProject"),
    creates(HandInView, hand_in, "handIn"),
    changes(HandInView, change_hand_in, "changeHandIn"),
)
