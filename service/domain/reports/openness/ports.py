"""The repository of openness reports."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.reports.openness.model import Dimension, OpennessReport


class OpennessReports(Store[OpennessReport], Protocol):
    """Openness reports, and what they count."""

    async def cover(self, report: UUID, programmes: Sequence[UUID]) -> None:
        """Say which programmes it is about. Raises Conflict (`programme_reported`) where another one is already."""
        ...

    async def programmes_of(self, report: UUID) -> Sequence[UUID]:
        """The programmes that it is about."""
        ...

    async def undecided(self, programmes: Sequence[UUID]) -> int:
        """How many candidacies for them wait for an answer of the organisation or of the candidate."""
        ...

    async def furthest(
        self, programmes: Sequence[UUID], accepted_by: datetime | None = None
    ) -> Mapping[Dimension, Mapping[str, Mapping[str, int]]]:
        """How many came to which stage and no further, by dimension and group: in one statement.

        Those who were forgotten count, too. With `accepted_by`, only who had accepted a place by then.
        """
        ...

    async def administrations(self, also: Collection[str]) -> Mapping[str, str]:
        """The open administrations and those units, by id, with their names, in the order of the alphabet."""
        ...
