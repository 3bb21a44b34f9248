"""The repository of next steps."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.next_steps.model import NextStep


class NextSteps(Store[NextStep], Protocol):
    """Next steps."""

    async def open_of(self, participation: UUID) -> Sequence[NextStep]:
        """The participation's open ones, locked; the participation is locked by the caller."""
        ...
