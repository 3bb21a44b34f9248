"""The repository of talents."""

from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.talents.model import Talent


class Talents(Store[Talent], Protocol):
    """Talents."""

    async def live_of(self, person: UUID) -> Talent | None:
        """The person's live profile, locked, whoever asks; the person's row is locked by the caller."""
        ...
