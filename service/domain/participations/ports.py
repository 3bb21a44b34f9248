"""The repository of participations."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.participations.model import Participation


class Participations(Store[Participation], Protocol):
    """Participations."""

    async def unfinished_in(self, programme: UUID) -> Sequence[Participation]:
        """Those in a cohort of the programme that have not come to an end, locked; the cohorts are locked before."""
        ...
