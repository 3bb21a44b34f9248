"""The repositories of evaluations and of what was answered in them."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.evaluations.model import Audience, Evaluation, EvaluationResponse


class Evaluations(Store[Evaluation], Protocol):
    """Evaluations."""

    async def of(self, programme: UUID) -> Evaluation | None:
        """The programme's evaluation, locked; whoever closes or opens it has locked the programme."""
        ...

    async def audiences(self, programme: UUID, today: date) -> Sequence[tuple[UUID, Audience]]:
        """Who is asked about the programme, in which part, unless they have left by today.

        Those who took part, whether or not they completed it, the nearest manager of each, and the persons here who
        taught in it.
        """
        ...


class EvaluationResponses(Store[EvaluationResponse], Protocol):
    """Responses."""

    async def of(self, evaluation: UUID) -> Sequence[EvaluationResponse]:
        """All of an evaluation, whoever asks, locked."""
        ...

    async def forget(self, evaluation: UUID) -> None:
        """Delete what anybody said; that somebody answered stays."""
        ...
