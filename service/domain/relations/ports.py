"""The repository of declared relations."""

from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.relations.model import DeclaredRelation


class DeclaredRelations(Store[DeclaredRelation], Protocol):
    """Declared relations."""

    async def of(self, person: UUID) -> frozenset[UUID]:
        """To whom the person is related today, whoever asks."""
        ...
