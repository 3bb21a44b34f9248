"""The repository of leadership frameworks."""

from typing import Protocol

from service.domain.aggregates import Store
from service.domain.frameworks.model import Framework


class Frameworks(Store[Framework], Protocol):
    """Leadership frameworks. Whoever numbers or publishes one locks the editions first."""

    async def lock_editions(self) -> None:
        """Let no other transaction number or publish an edition until this one is done."""
        ...

    async def next_edition(self) -> int:
        """The number after the highest; 1 for the first."""
        ...

    async def published(self) -> Framework | None:
        """The published one, locked; None before the first."""
        ...
