"""The repository of participations."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.participations.model import Participation
from service.domain.programmes.completion import CompletionRule, Progress


class Participations(Store[Participation], Protocol):
    """Participations. `get` locks the cohort first, as everything about places does."""

    async def cohort_of(self, identity: UUID) -> UUID | None:
        """The cohort that it is in at this moment, not locked."""
        ...

    async def in_cohort(self, person: UUID, cohort: UUID) -> Participation | None:
        """The person's active participation in the cohort."""
        ...

    async def progress(self, participation: UUID) -> tuple[CompletionRule | None, Progress]:
        """What the programme asks for, and how far the participant has come."""
        ...

    async def fits(self, participation: Participation, cohort: UUID) -> bool:
        """The cohort, locked by the caller, has room: a seat kept for where they applied from, or for nobody."""
        ...

    async def has_place(self, person: UUID, cohort: UUID) -> bool:
        """The person is offered a place in the cohort, or has one; the cohort is locked by the caller."""
        ...

    async def unfinished_in(self, programme: UUID) -> Sequence[Participation]:
        """Those in a cohort of the programme that have not come to an end, locked; the cohorts are locked before."""
        ...
