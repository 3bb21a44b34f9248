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

    async def tell_concerned(self, programme: Programme, event: str) -> None:
        """Record the event once for each person who has a part in the programme, with what their parts are.

        Candidates without a final answer and participants who have not finished, their nearest managers, who
        nominates and who assesses, who facilitates, and the sponsor.
        """
        ...
