"""The waitlist: a person orders it, and the service offers in that order when a place frees, or an offer lapses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.states import PROGRAMME_RUNS, CandidacyState
from service.domain.cohorts.model import Cohort

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The midnight that ends a day at a place."""
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)


def answer_by(cohort: Cohort, uow: "UnitOfWork") -> datetime:
    """Until when an offer of today stands: the organisation's days, but not past the start of a cohort to come."""
    until = end_of(uow.today + timedelta(days=uow.settings.offer_days), uow.zone)
    starts = end_of(cohort.starts_on - timedelta(days=1), uow.zone)
    return min(until, starts) if starts > uow.now else until


async def offer_freed_place(cohort: UUID, uow: "UnitOfWork") -> bool:
    """Offer a place that has become free to the first on the waitlist who can have it; answers whether it did.

    An administration's reserved seats go to its own first. Nobody is offered a place in a cohort that has
    started, or in a programme that is over.
    """
    found = await uow.cohorts.get(cohort)
    if PROGRAMME_RUNS.name not in found.facts or found.it.starts_on <= uow.today:
        return False
    first = await uow.candidacies.next_in_line(cohort)
    if first is None:
        return False
    until = answer_by(found.it, uow)
    await uow.candidacies.save(first.offered(until, uow.now), "offered")
    uow.agenda.wake(lapse_offers, until)
    return True


async def offer_freed_places(cohort: UUID, uow: "UnitOfWork") -> None:
    """Offer every place that has become free, in the waitlist's order: seats were released, or added."""
    while await offer_freed_place(cohort, uow):
        pass


async def lapse_offers(uow: "UnitOfWork") -> datetime | None:
    """Offers that were not answered in time lapse, and the next on the waitlist is offered the place.

    Answers when the next offer lapses.
    """
    for cohort in await uow.candidacies.cohorts_of_lapsed(uow.now):
        await uow.cohorts.get(cohort)
        for one in await uow.candidacies.lapsed(cohort, uow.now):
            await uow.candidacies.save(one.moved(CandidacyState.LAPSED), "lapsed")
            await offer_freed_place(cohort, uow)
    return await uow.candidacies.next_lapse()


def pushed_back(waitlist: Sequence[Candidacy], rank: int) -> list[Candidacy]:
    """Those who wait one place further back, because somebody gets that rank; nobody where it is free."""
    moved: list[Candidacy] = []
    for one in waitlist:
        if one.rank != rank:
            continue
        rank += 1
        moved.append(replace(one, rank=rank))
    return moved
