"""The repositories of reviews and of what was answered in them."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.reviews.model import Review, ReviewResponse


class Reviews(Store[Review], Protocol):
    """Reviews."""

    async def due(self, today: date) -> Sequence[Review]:
        """Planned ones whose day has come, locked; what somebody else holds is left to them."""
        ...

    async def still_due(self, today: date) -> bool:
        """There are planned ones whose day has come."""
        ...


class ReviewResponses(Store[ReviewResponse], Protocol):
    """Responses."""

    async def all_answered(self, review: UUID) -> bool:
        """Every respondent of the review has answered."""
        ...
