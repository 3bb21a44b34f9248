"""The repository of assessments."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.assessments.model import Assessment
from service.domain.programmes.model import Criterion


class Assessments(Store[Assessment], Protocol):
    """Assessments. `get` locks the candidacy first: the last to submit concludes it."""

    async def of(self, candidacy: UUID) -> Sequence[Assessment]:
        """All of a candidacy, whoever asks; the candidacy is locked by the caller."""
        ...

    async def criteria_of(self, candidacy: UUID) -> Sequence[Criterion]:
        """The criteria of the programme that it is a candidacy for: they froze when it opened."""
        ...

    async def being_assessed_between(self, one: UUID, other: UUID) -> Sequence[UUID]:
        """The candidacies, not assessed yet, in which one of the two assesses the other, in the order of locking."""
        ...

    async def remove(self, assessment: Assessment, event: str) -> None:
        """Delete it, with its event."""
        ...
