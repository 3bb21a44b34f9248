"""The waitlist: a person orders it, and the service offers in that order when a place frees."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.seats import Seats

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def seats_of(cohort: UUID, uow: "UnitOfWork") -> Seats:
    """The cohort's places, locked."""
    found = await uow.cohorts.get(cohort)
    return Seats(cohort=found.it, taken=await uow.candidacies.seated(cohort))


async def offer_freed_place(cohort: UUID, uow: "UnitOfWork") -> bool:
    """Offer a place that has become free to the first on the waitlist who can have it; answer whether there was one.

    An administration's reserved seats go to its own first. Nobody is offered a place in a cohort that has
    started, or in a programme that is over.
    """
    found = await uow.cohorts.get(cohort)
    if "programmeNotOver" not in found.facts or found.it.starts_on <= uow.today:
        return False
    seats = Seats(cohort=found.it, taken=await uow.candidacies.seated(cohort))
    waiting = await uow.candidacies.waitlist(cohort)
    first = seats.next_of(waiting)
    if first is None:
        return False
    await uow.candidacies.save(first.offered_next(uow.now), "offered")
    return True


async def offer_freed_places(cohort: UUID, uow: "UnitOfWork") -> None:
    """Offer every place that has become free, in the waitlist's order: seats were released, or added."""
    while await offer_freed_place(cohort, uow):
        pass


def pushed_back(waitlist: Sequence[Candidacy], rank: int) -> list[Candidacy]:
    """Those who wait one place further back, because somebody gets that rank; nobody where it is free."""
    moved: list[Candidacy] = []
    for one in waitlist:
        if one.rank != rank:
            continue
        rank += 1
        moved.append(replace(one, rank=rank))
    return moved
