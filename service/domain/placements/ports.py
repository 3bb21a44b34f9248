"""The repository of placements."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.placements.model import Placement


class Placements(Store[Placement], Protocol):
    """Placements."""

    async def firm(self, person: UUID) -> Sequence[Placement]:
        """The person's agreed and active placements; nobody else places the person until this is done.

        Raises NotFound where there is no such person.
        """
        ...

    async def taken(self, placement: Placement) -> bool:
        """Another agreed or active one leads from the same position in a part of that time."""
        ...

    async def still_led(self, placement: Placement) -> bool:
        """Another active one leads from the same position: its last day has come, but not its completion."""
        ...

    async def host_manager(self, placement: Placement) -> UUID | None:
        """Who leads the host unit, or the next above, and is not the placed person."""
        ...

    async def due(self, today: date) -> Sequence[Placement]:
        """Those whose date has come, locked, those that end first; what somebody else holds is left to them."""
        ...

    async def still_due(self, today: date) -> bool:
        """There are some whose date has come and that nobody has moved yet."""
        ...
