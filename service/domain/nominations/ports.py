"""The repository of nominations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.nominations.model import Nomination


class Nominations(Store[Nomination], Protocol):
    """Nominations. `get` locks the cohort first, as everything does that makes or changes a candidacy."""

    async def all_of(self, person: UUID, cohort: UUID) -> Sequence[Nomination]:
        """All of the person for the cohort, locked, whoever asks; the cohort is locked by the caller."""
        ...

    async def unanswered(self, now: datetime) -> Sequence[Nomination]:
        """Pending ones whose call has closed, locked; what somebody else holds is left to them."""
        ...
