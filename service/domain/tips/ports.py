"""The repository of tips."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.tips.model import Tip


class Tips(Store[Tip], Protocol):
    """Tips."""

    async def employee(self, identity: UUID | None, email: str | None) -> UUID | None:
        """The employee of that id, or with that address, whoever asks; nobody whose identity is protected."""
        ...

    async def lapsed(self, today: date) -> Sequence[Tip]:
        """Those whose time is over, locked; what somebody else holds is left to them."""
        ...

    async def remove(self, tip: Tip, event: str) -> None:
        """Delete it, with its event, which names nobody."""
        ...
