"""What can be done to cohorts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.candidacies.waitlist import offer_freed_places
from service.domain.cohorts.model import COHORT, Cohort, CohortModule, ReservedSeats
from service.domain.cohorts.views import CohortView
from service.domain.errors import Invalid
from service.domain.ids import new_id
from service.domain.operations import acts, changes, creates
from service.domain.programmes.model import PROGRAMME
from service.domain.units.model import UnitKind
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Name = Annotated[str, Len(1, 200)]
Seats = Annotated[int, Ge(1), Le(1000)]


@dataclass(frozen=True, kw_only=True)
class SeatsToReserve:
    """Seats to keep for the candidates of one administration."""

    unit_id: Annotated[UUID, Doc("The administration.")]
    seats: Annotated[Seats, Doc("How many seats to keep for it.")]


Reserved = Annotated[tuple[SeatsToReserve, ...], Len(0, 100)]


@dataclass(frozen=True, kw_only=True)
class ModuleToHold:
    """A part of the course."""

    number: Annotated[int, Ge(1), Le(100), Doc("Its place in the order; sessions and projects name it by this.")]
    name: Annotated[Name, Doc("What it is called.")]
    purpose: Annotated[str, Len(1, 2000), Doc("What the participants are to learn in it.")] | None = None


Modules = Annotated[tuple[ModuleToHold, ...], Len(0, 100), Doc("The parts of the course, each with its number.")]


@dataclass(frozen=True, kw_only=True)
class PlanCohort:
    """A cohort of a programme that is not yet selecting. Periods are half-open: `endsOn` is the first day after."""

    programme_id: UUID
    name: Name
    capacity: Seats
    apply_by: Annotated[datetime, Doc("With its offset; applications close then.")]
    starts_on: date
    ends_on: date | None = None
    reserved: Annotated[Reserved, Doc("Together no more than the capacity.")] = ()
    modules: Modules = ()


async def plan(command: PlanCohort, uow: "UnitOfWork") -> UUID:
    """Plan a cohort: its seats, the deadline, the dates."""
    programme = await uow.programmes.get(command.programme_id)
    PROGRAMME.permit("planCohort", programme.facts, programme.it.state)
    cohort = Cohort(
        id=new_id(),
        programme_id=command.programme_id,
        name=command.name,
        capacity=command.capacity,
        reserved=await _kept(command.reserved, uow),
        apply_by=command.apply_by,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        modules=_in_order(command.modules),
    )
    await uow.cohorts.add(cohort, "planned")
    return cohort.id


@dataclass(frozen=True, kw_only=True)
class ChangeCohort:
    """New values; what is left out stays. Reserved seats are given all together, and so are modules."""

    name: Name | Unset = UNSET
    capacity: Seats | Unset = UNSET
    apply_by: datetime | Unset = UNSET
    starts_on: date | Unset = UNSET
    ends_on: date | Unset | None = UNSET
    reserved: Reserved | Unset = UNSET
    modules: Modules | Unset = UNSET


async def change(identity: UUID, command: ChangeCohort, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change a cohort. Its capacity cannot fall below the seats that are offered or accepted.

    Places that this makes free are offered to those on the waitlist, in its order.
    """
    found = await uow.cohorts.get(identity, expected_version)
    COHORT.permit("change", found.facts)
    values = changed(command)
    if not isinstance(command.reserved, Unset):
        values["reserved"] = await _kept(command.reserved, uow)
    if not isinstance(command.modules, Unset):
        values["modules"] = _in_order(command.modules)
    cohort = replace(found.it, **values).holding(await uow.cohorts.seats_taken(found.it))
    await uow.cohorts.save(cohort.keeping(await uow.cohorts.modules_used(cohort.id)), "changed")
    if cohort.capacity > found.it.capacity or cohort.reserved != found.it.reserved:
        await offer_freed_places(identity, uow)
    return identity


def _in_order(wanted: Sequence[ModuleToHold]) -> tuple[CohortModule, ...]:
    made = (CohortModule(number=one.number, name=one.name, purpose=one.purpose) for one in wanted)
    return tuple(sorted(made, key=lambda one: one.number))


async def _kept(wanted: Sequence[SeatsToReserve], uow: "UnitOfWork") -> tuple[ReservedSeats, ...]:
    """Seats for administrations. Raises NotFound, Invalid (`not_an_administration`)."""
    for i, one in enumerate(wanted):
        unit = await uow.units.get(one.unit_id)
        if unit.it.kind is not UnitKind.ADMINISTRATION:
            raise Invalid(
                "not_an_administration", "Seats are reserved per administration.", pointer=f"/reserved/{i}/unitId"
            )
    return tuple(ReservedSeats(unit_id=one.unit_id, seats=one.seats) for one in wanted)


@dataclass(frozen=True, kw_only=True)
class ReleaseReserved:
    """Which reserved seats to release."""

    unit_id: Annotated[UUID | None, Doc("Those of this administration; all where none is named.")] = None


async def release_reserved(
    identity: UUID, command: ReleaseReserved, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Open reserved seats to the candidates of every administration; who waits is offered them at once."""
    found = await uow.cohorts.get(identity, expected_version)
    COHORT.permit("releaseReserved", found.facts)
    await uow.cohorts.save(found.it.released(command.unit_id), "reserved_released")
    await offer_freed_places(identity, uow)
    return identity


OPERATIONS = (
    creates(CohortView, plan, "planCohort"),
    changes(CohortView, change, "changeCohort"),
    acts(CohortView, release_reserved, "releaseReserved"),
)
