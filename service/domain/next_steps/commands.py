"""What can be done to next steps."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.ids import new_id
from service.domain.next_steps.following import Description
from service.domain.next_steps.model import NEXT_STEP, NextStep, StepKind
from service.domain.next_steps.views import NextStepView
from service.domain.operations import acts, changes, creates
from service.domain.participations.model import PARTICIPATION
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AddNextStep:
    """One more step beside those that came with the outcome."""

    participation_id: UUID
    kind: StepKind
    owner_id: Annotated[UUID, Doc("Who sees to it that it is done.")]
    due_on: date
    description: Description | None = None


async def add(command: AddNextStep, uow: "UnitOfWork") -> UUID:
    """Plan one more step for a former participant, as HR or as the nearest manager."""
    participation = await uow.participations.get(command.participation_id)
    PARTICIPATION.permit("addNextStep", participation.facts, participation.it.state)
    step = NextStep(
        id=new_id(),
        participation_id=command.participation_id,
        person_id=participation.it.person_id,
        kind=command.kind,
        owner_id=command.owner_id,
        due_on=command.due_on,
        description=command.description,
    )
    await uow.next_steps.add(step, "planned")
    return step.id


@dataclass(frozen=True, kw_only=True)
class ChangeNextStep:
    """New values; what is left out stays."""

    owner_id: UUID | Unset = UNSET
    due_on: date | Unset = UNSET
    description: Description | Unset | None = UNSET


async def change(identity: UUID, command: ChangeNextStep, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change a step that is still to be done: another day, another owner."""
    found = await uow.next_steps.get(identity, expected_version)
    NEXT_STEP.permit("change", found.facts, found.it.state)
    await uow.next_steps.save(found.it.changed(**changed(command)), "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class CompleteNextStep:
    """When it was done, and when one speaks again."""

    on: Annotated[date | None, Doc("The day on which it was done; today where nothing is given.")] = None
    next_on: Annotated[
        date | None, Doc("When one speaks with them next; asked for after a contact, as long as they are kept warm.")
    ] = None


async def complete(identity: UUID, command: CompleteNextStep, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Record that a step is done, as its owner or HR.

    While somebody is kept warm, one contact follows on another (A2).
    """
    found = await uow.next_steps.get(identity, expected_version)
    NEXT_STEP.permit("complete", found.facts, found.it.state)
    following = found.it.followed(new_id(), command.next_on, uow.today)
    await uow.next_steps.save(found.it.done(command.on or uow.today, uow.today), "done")
    if following is not None:
        await uow.next_steps.add(following, "planned")
    return identity


@dataclass(frozen=True, kw_only=True)
class DropNextStep:
    """Nothing to say."""


async def drop(identity: UUID, command: DropNextStep, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Let go of a step."""
    del command
    found = await uow.next_steps.get(identity, expected_version)
    NEXT_STEP.permit("drop", found.facts, found.it.state)
    await uow.next_steps.save(found.it.dropped(), "dropped")
    return identity


OPERATIONS = (
    creates(NextStepView, add, "addNextStep"),
    changes(NextStepView, change, "changeNextStep"),
    acts(NextStepView, complete, "completeNextStep"),
    acts(NextStepView, drop, "dropNextStep"),
)
