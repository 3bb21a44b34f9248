"""The repository of candidacies."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.candidacies.model import Candidacy


class Candidacies(Store[Candidacy], Protocol):
    """Candidacies. `get` locks the cohort first: whatever decides over its places happens one after the other."""

    async def of(self, person: UUID, cohort: UUID) -> Candidacy | None:
        """The person's candidacy for the cohort, locked, whoever asks; the cohort is locked by the caller."""
        ...

    async def seated(self, cohort: UUID) -> tuple[UUID | None, ...]:
        """The administration of each who holds a place; the cohort is locked by the caller."""
        ...

    async def waitlist(self, cohort: UUID) -> Sequence[Candidacy]:
        """Who waits for a place, in order, locked; the cohort is locked by the caller."""
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
