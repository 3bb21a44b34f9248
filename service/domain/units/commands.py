"""What can be done to units."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.errors import Conflict
from service.domain.ids import new_id
from service.domain.operations import acts, changes, creates
from service.domain.units.model import UNIT, Unit, UnitKind
from service.domain.units.views import UnitView
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class DefineUnit:
    """A new unit below its parent, or the root of a tree."""

    name: Annotated[str, Len(1, 200)]
    kind: UnitKind
    parent_id: UUID | None = None
    cost_centre: Annotated[str, Len(1, 50)] | None = None
    source: Annotated[str, Len(1, 50)] | None = None
    external_id: Annotated[str, Len(1, 200)] | None = None


async def define(command: DefineUnit, uow: "UnitOfWork") -> UUID:
    """Add a unit to the tree."""
    uow.actor.require("hr", "people:write")
    if command.parent_id is not None:
        await uow.units.get(command.parent_id)
    unit = Unit(
        id=new_id(),
        name=command.name,
        kind=command.kind,
        parent_id=command.parent_id,
        cost_centre=command.cost_centre,
        source=command.source,
        external_id=command.external_id,
    )
    await uow.units.add(unit, "defined")
    return unit.id


@dataclass(frozen=True, kw_only=True)
class ChangeUnit:
    """New values; what is left out stays. A new parent moves the unit with all that is below it."""

    name: Annotated[str, Len(1, 200)] | Unset = UNSET
    kind: UnitKind | Unset = UNSET
    parent_id: UUID | Unset | None = UNSET
    cost_centre: Annotated[str, Len(1, 50)] | Unset | None = UNSET


async def change(identity: UUID, command: ChangeUnit, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Rename a unit, change its kind, or move it with all that is below it."""
    found = await uow.units.get(identity, expected_version)
    UNIT.permit("change", found.facts)
    if not isinstance(command.parent_id, Unset):
        await uow.units.lock_tree()
        above = await uow.units.ancestors(command.parent_id) if command.parent_id else frozenset[UUID]()
        found.it.moved(command.parent_id, above)
    await uow.units.save(replace(found.it, **changed(command)), "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class CloseUnit:
    """The first day on which the unit is no more."""

    on: Annotated[date, Doc("The first day on which the unit is no more.")]


async def close(identity: UUID, command: CloseUnit, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Close a unit that nobody works in any more and that has no open unit below it."""
    found = await uow.units.get(identity, expected_version)
    UNIT.permit("close", found.facts)
    if await uow.units.in_use(identity, command.on):
        raise Conflict("unit_in_use", "People work in the unit, or in one below it, on that day.", pointer="/on")
    await uow.units.save(replace(found.it, closed_on=command.on), "closed")
    return identity


OPERATIONS = (
    creates(UnitView, define, "defineUnit"),
    changes(UnitView, change, "changeUnit"),
    acts(UnitView, close, "closeUnit"),
)
