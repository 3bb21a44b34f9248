"""The repository of cohorts."""

from typing import Protocol

from service.domain.aggregates import Store
from service.domain.cohorts.model import Cohort


class Cohorts(Store[Cohort], Protocol):
    """Cohorts. Everything about seats locks the cohort with `get` first."""

    async def seats_taken(self, cohort: Cohort) -> int:
        """How many seats are offered or accepted."""
        ...
