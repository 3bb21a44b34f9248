"""What can be done to leadership positions."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.engagements.commands import refuse_second_primary
from service.domain.engagements.model import Engagement, FilledBy
from service.domain.errors import Conflict
from service.domain.ids import new_id
from service.domain.operations import acts, changes, creates
from service.domain.positions.model import POSITION, Criticality, Level, Position
from service.domain.positions.views import PositionView
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Title = Annotated[str, Len(1, 200)]


@dataclass(frozen=True, kw_only=True)
class DefinePosition:
    """A new leadership position; nobody holds it yet."""

    unit_id: UUID
    level: Level
    title: Title
    heads_unit: bool = True
    criticality: Criticality = Criticality.MEDIUM
    vacant_since: date | None = None
    source: Annotated[str, Len(1, 50)] | None = None
    external_id: Annotated[str, Len(1, 200)] | None = None


async def define(command: DefinePosition, uow: "UnitOfWork") -> UUID:
    """Define a leadership position in a unit."""
    uow.actor.require("hr", "people:write")
    await uow.units.get(command.unit_id)
    position = Position(
        id=new_id(),
        unit_id=command.unit_id,
        level=command.level,
        title=command.title,
        heads_unit=command.heads_unit,
        criticality=command.criticality,
        vacant_since=command.vacant_since,
        source=command.source,
        external_id=command.external_id,
    )
    await uow.positions.add(position, "defined")
    return position.id


@dataclass(frozen=True, kw_only=True)
class ChangePosition:
    """New values; what is left out stays."""

    level: Level | Unset = UNSET
    title: Title | Unset = UNSET
    heads_unit: bool | Unset = UNSET
    criticality: Criticality | Unset = UNSET


async def change(identity: UUID, command: ChangePosition, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change a leadership position."""
    found = await uow.positions.get(identity, expected_version)
    POSITION.permit("change", found.facts)
    await uow.positions.save(replace(found.it, **changed(command)), "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class Appoint:
    """Who gets the position, from which day, and how it was filled."""

    person_id: Annotated[UUID, Doc("Who gets the position.")]
    start_on: Annotated[date, Doc("The first day in it.")]
    filled_by: Annotated[FilledBy, Doc("How it was filled.")]
    end_on: Annotated[date | None, Doc("The first day after it; none where it is for good.")] = None


async def appoint(identity: UUID, command: Appoint, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Record an appointment as an engagement that holds the position (domain.md §3).

    It becomes the person's primary engagement; the one before ends that day. Nobody can veto it.
    """
    found = await uow.positions.get(identity, expected_version)
    POSITION.permit("appoint", found.facts)
    if await uow.engagements.held(identity, command.start_on, command.end_on):
        raise Conflict("position_held", "Somebody holds the position in that time.", pointer="/startOn")
    await uow.persons.get(command.person_id)
    before = await uow.engagements.primary_of(command.person_id, command.start_on)
    if before:
        await uow.engagements.save(before.ended(command.start_on), "ended")
    engagement = Engagement(
        id=new_id(),
        person_id=command.person_id,
        unit_id=found.it.unit_id,
        position_id=identity,
        position_title=found.it.title,
        start_on=command.start_on,
        end_on=command.end_on,
        filled_by=command.filled_by,
    )
    await refuse_second_primary(engagement, uow)
    await uow.engagements.add(engagement, "begun")
    await uow.positions.save(replace(found.it, vacant_since=command.end_on), "filled")
    return identity


OPERATIONS = (
    creates(PositionView, define, "definePosition"),
    changes(PositionView, change, "changePosition"),
    acts(PositionView, appoint, "appoint"),
)
