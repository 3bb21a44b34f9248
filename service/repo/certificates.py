"""Certificates, and what anybody may read to verify them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.domain.certificates.credential import LIST_LENGTH, Certified, IssuerAddress, status_list
from service.domain.certificates.model import Certificate
from service.domain.certificates.ports import Published
from service.domain.certificates.views import CertificateView
from service.repo import leading
from service.repo.database import Database
from service.repo.reading.source import ME, Source
from service.repo.signing import active_key, issuer_of, signed
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, Instant, OptionalInstant, index, reference, table, unique


class CertificateRow(AggregateRow, table=True):
    """A signed credential."""

    __table_args__ = (
        reference("participation_id", "participation"),
        reference("person_id", "person"),
        reference("programme_id", "programme"),
        unique("uq_certificate_participation", "participation_id"),
        unique("uq_certificate_status", "status_index"),
        index("ix_certificate_person", "person_id"),
        index("ix_certificate_programme", "programme_id"),
        index("ix_certificate_issued", "issued_at", "id"),
        index("ix_certificate_revoked", "revoked_at"),
        index("ix_certificate_updated", "updated_at", "id"),
    )

    participation_id: UUID
    person_id: UUID
    programme_id: UUID
    name: str
    credential: str
    issued_at: Instant
    status_index: int
    revoked_at: OptionalInstant
    revoke_reason: str | None


CERTIFICATES = Source(
    view=CertificateView,
    table=table(CertificateRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
        "valid": lambda row: row.c.revoked_at.is_(None),
    },
    filters={"revoked": lambda row, value: row.c.revoked_at.is_not(None) == value},
)

_CERTIFIED = """
SELECT o.name AS organisation, p.id AS programme_id, p.name AS programme, p.purpose, n.id AS person_id,
       nullif(concat_ws(' ', n.given_name, n.family_name), '') AS holder
FROM participation t JOIN cohort c ON c.id = t.cohort_id JOIN programme p ON p.id = c.programme_id
JOIN person n ON n.id = t.person_id CROSS JOIN organisation o WHERE t.id = $1
"""
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('talentspor certificate ' || $1::text, 0))"
_TAKEN = "SELECT status_index FROM certificate WHERE status_index >= $1"
_PUBLISHED = """
SELECT o.name, (SELECT jsonb_object_agg(k.thumbprint, k.public_jwk) FROM signing_key k) AS keys FROM organisation o
"""
_STATUS = """
SELECT o.name, max(greatest(c.issued_at, c.revoked_at)) AS since,
       coalesce(array_agg(c.status_index - $1) FILTER (WHERE c.revoked_at IS NOT NULL), '{}') AS revoked
FROM certificate c CROSS JOIN organisation o WHERE c.status_index >= $1 AND c.status_index < $2 GROUP BY o.name
"""
_HALF_FULL = LIST_LENGTH // 2
"""From there on the next list is begun, so that a free place is found by looking a few times."""


@dataclass(eq=False)
class PostgresCertificates(Rows[Certificate]):
    """`service.domain.certificates.ports.Certificates` in Postgres."""

    def __init__(self, session: Session, address: str) -> None:
        """Bind to one transaction; `address` is the service's own."""
        super().__init__(session, CERTIFICATES, Certificate)
        self.issuer: IssuerAddress = issuer_of(address, session.actor.organisation)

    async def certified(self, participation: UUID) -> Certified:
        """What a certificate says of the participation."""
        row = await self.session.connection.fetchrow(_CERTIFIED, participation)
        return Certified(**dict(row))

    async def free_index(self) -> int:
        """A place in the lists of what was revoked that no certificate has, not to be guessed from another's."""
        connection = self.session.connection
        await connection.execute(_LOCK, str(self.session.actor.organisation))
        issued: int = await connection.fetchval("SELECT count(*) FROM certificate")
        begins = issued // _HALF_FULL * LIST_LENGTH
        taken = {row[0] for row in await connection.fetch(_TAKEN, begins)}
        while (index := begins + secrets.randbelow(LIST_LENGTH)) in taken:
            pass
        return index

    async def sign(self, payload: Mapping[str, Any]) -> str:
        """The payload as a signed JWT, by the organisation's key."""
        session = self.session
        key = await active_key(session.connection, session.actor.organisation, session.now)
        return signed(payload, self.issuer, key)


@dataclass(frozen=True)
class PostgresPublications:
    """`service.domain.certificates.ports.Publications` in Postgres: an address names its organisation."""

    database: Database
    address: str

    async def of(self, organisation: UUID) -> Published | None:
        """What the organisation publishes."""
        row: Any = await self.database.fetch_row(organisation, _PUBLISHED, [])
        if row is None or row["keys"] is None:
            return None
        return Published(issuer=issuer_of(self.address, organisation), name=row["name"], keys=row["keys"])

    async def status_list(self, organisation: UUID, number: int) -> str | None:
        """That list of what was revoked, signed by the key of today."""
        issuer = issuer_of(self.address, organisation)

        async def work(connection: Any) -> str | None:
            row = await connection.fetchrow(_STATUS, number * LIST_LENGTH, (number + 1) * LIST_LENGTH)
            if row is None:
                return None
            key = await active_key(connection, organisation, self.database.clock())
            return signed(status_list(issuer, row["name"], number, row["revoked"], row["since"]), issuer, key)

        return await self.database.run(organisation, work)
