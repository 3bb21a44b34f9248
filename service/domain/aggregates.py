"""What every repository of aggregates does."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID


class Aggregate(Protocol):
    """Something with an identity that changes as a whole. Version 0 is not saved yet."""

    @property
    def id(self) -> UUID:
        """Its identity, a UUIDv7."""
        ...

    @property
    def version(self) -> int:
        """Counts its changes."""
        ...


A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True, kw_only=True)
class Found(Generic[A]):
    """A locked aggregate, and the names of the relations and conditions that hold for this actor and row."""

    it: A
    facts: frozenset[str]


class Store(Protocol[A]):
    """A repository per aggregate."""

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[A]:
        """Lock it and bring the facts about the actor.

        Raises NotFound where the actor may not see it, StaleVersion where it is at another version.
        """
        ...

    async def add(self, aggregate: A, event: str) -> A:
        """Insert it at version 1 and record the event. Raises Conflict for a broken constraint."""
        ...

    async def save(self, aggregate: A, event: str) -> A:
        """Update what changed since `get`, one version up, and record the event with the changed fields' names."""
        ...
