"""The repository of programmes."""

from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.programmes.model import Programme


class Programmes(Store[Programme], Protocol):
    """Programmes."""

    async def targets(self, programme: UUID, person: UUID) -> bool:
        """The person is in the target group of the programme's call."""
        ...
