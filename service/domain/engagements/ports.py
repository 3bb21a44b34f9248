"""The repository of engagements."""

from datetime import date
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.engagements.model import Engagement


class Engagements(Store[Engagement], Protocol):
    """Engagements."""

    async def other_primary(self, engagement: Engagement) -> bool:
        """Another engagement of the same person is primary in a part of the same time."""
        ...

    async def primary_of(self, person: UUID, on: date) -> Engagement | None:
        """The person's primary engagement on that day, locked."""
        ...

    async def end_all(self, person: UUID, on: date) -> None:
        """End what would run longer than to that day; each ends with an event."""
        ...

    async def held(self, position: UUID, start_on: date, end_on: date | None) -> bool:
        """Somebody holds the leadership position in a part of that time."""
        ...
