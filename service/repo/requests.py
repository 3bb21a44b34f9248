"""Idempotency keys, kept in the transaction that they make repeatable."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Field, SQLModel

from service.domain.errors import Conflict
from service.domain.requests import Answered
from service.repo.store import Session
from service.repo.tables import Instant


class IdempotencyKeyRow(SQLModel, table=True):
    """What a caller's key led to. Without a resource the request is still running in its transaction."""

    __tablename__ = "idempotency_key"  # pyright: ignore[reportAssignmentType]  # SQLModel's documented way

    organisation_id: UUID = Field(primary_key=True)
    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    fingerprint: str
    status: int
    resource_id: UUID | None
    created_at: Instant


_CLAIM = """
INSERT INTO idempotency_key (organisation_id, actor, key, fingerprint, status, resource_id, created_at)
VALUES ($1, $2, $3, $4, 0, NULL, $5) ON CONFLICT DO NOTHING RETURNING key
"""
_FOUND = "SELECT fingerprint, status, resource_id FROM idempotency_key WHERE actor = $1 AND key = $2"


@dataclass(eq=False)
class PostgresRequests:
    """`service.domain.requests.Requests` in a table: a second request with the key waits on the first's row."""

    session: Session

    async def claim(self, key: str, fingerprint: str) -> Answered | None:
        """Claim the key, or say what it led to. Raises Conflict (`idempotency_key_reused`)."""
        session = self.session
        actor = session.actor
        claimed = await session.connection.fetchval(
            _CLAIM, actor.organisation, actor.subject, key, fingerprint, session.now
        )
        if claimed is not None:
            return None
        row = await session.connection.fetchrow(_FOUND, actor.subject, key)
        if row["fingerprint"] != fingerprint:
            raise Conflict("idempotency_key_reused", "This Idempotency-Key came with another request before.")
        return Answered(fingerprint=row["fingerprint"], status=row["status"], resource=row["resource_id"])

    async def answer(self, key: str, status: int, resource: UUID) -> None:
        """Remember what the claimed key led to; written with the events, at the end of the transaction."""
        self.session.answered = key, status, resource
