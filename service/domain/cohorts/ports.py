"""The repository of cohorts."""

from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.cohorts.model import Cohort
from service.domain.programmes.model import ProgrammeLevel


class Cohorts(Store[Cohort], Protocol):
    """Cohorts. Everything about seats locks the cohort with `get` first."""

    async def hold(self, *cohorts: UUID) -> None:
        """Lock several, in one order whoever asks, before anything that locks one of them."""
        ...

    async def programme_of(self, cohort: UUID) -> UUID | None:
        """The programme that it is a cohort of; programmes are locked before their cohorts."""
        ...

    async def seats_taken(self, cohort: Cohort) -> int:
        """How many seats are offered or accepted."""
        ...

    async def modules_used(self, cohort: UUID) -> frozenset[int]:
        """The numbers of the modules that have sessions or projects."""
        ...

    async def level(self, cohort: UUID) -> ProgrammeLevel:
        """The level of the cohort's programme."""
        ...
