"""The repository of candidacies."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.candidacies.model import Candidacy


class Candidacies(Store[Candidacy], Protocol):
    """Candidacies. `get` locks the cohort first: whatever decides over its places happens one after the other."""

    async def of(self, person: UUID, cohort: UUID) -> Candidacy | None:
        """The person's candidacy for the cohort, locked, whoever asks; the cohort is locked by the caller."""
        ...

    async def waitlist(self, cohort: UUID) -> Sequence[Candidacy]:
        """Who waits for a place, in order, locked; the cohort is locked by the caller."""
        ...

    async def next_in_line(self, cohort: UUID) -> Candidacy | None:
        """The first on the waitlist for whom a place is free, locked; the cohort is locked by the caller."""
        ...

    async def cohorts_of_lapsed(self, now: datetime) -> Sequence[UUID]:
        """The cohorts in which offers have not been answered in time, in the order in which they are locked."""
        ...

    async def lapsed(self, cohort: UUID, now: datetime) -> Sequence[Candidacy]:
        """Offers that have not been answered in time, locked; the cohort is locked by the caller."""
        ...

    async def next_lapse(self) -> datetime | None:
        """When the next offer lapses, if any stands."""
        ...

    async def unstated(self, due_before: date) -> Sequence[Candidacy]:
        """Submitted ones whose statement is missing, due before that day and not reminded of.

        They are locked; what somebody else holds is left to them.
        """
        ...

    async def undecided_in(self, programme: UUID) -> Sequence[Candidacy]:
        """Every candidacy for a cohort of the programme that has no final answer, locked, its cohort first."""
        ...

    async def administration_of(self, person: UUID) -> UUID | None:
        """The administration of the person's primary engagement today."""
        ...

    async def nearest_manager_of(self, person: UUID) -> UUID | None:
        """The person's nearest manager today."""
        ...
