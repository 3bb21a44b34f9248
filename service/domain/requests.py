"""Requests that were answered already: what makes a POST repeatable."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a request under an idempotency key led to."""

    fingerprint: str
    status: int
    resource: UUID


class Requests(Protocol):
    """Remembers requests by the key that the caller gave them."""

    async def claim(self, key: str, fingerprint: str) -> Answered | None:
        """What the key led to before, or None: then it is claimed, and others with it wait for this transaction.

        Raises Conflict (`idempotency_key_reused`) where the key came with another request.
        """
        ...

    async def answer(self, key: str, status: int, resource: UUID) -> None:
        """Remember what the claimed key led to."""
        ...
