"""The repository of units."""

from datetime import date
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.units.model import Unit


class Units(Store[Unit], Protocol):
    """Units, with the closure of their tree."""

    async def lock_tree(self) -> None:
        """Let no other transaction move units until this one is done."""
        ...

    async def ancestors(self, identity: UUID) -> frozenset[UUID]:
        """The ids of the unit and of all above it."""
        ...

    async def in_use(self, identity: UUID, on: date) -> bool:
        """Somebody is engaged in the unit or below it on the day."""
        ...
