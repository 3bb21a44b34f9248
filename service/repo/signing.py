"""The keys that an organisation signs with. What was signed with an old one can be verified as long as it is published.

RS256, because that is what every verifier of Open Badges has to know (specification, §8.2).
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

import orjson
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import text

from service.domain.certificates.credential import IssuerAddress
from service.domain.ids import new_id
from service.repo.database import Database
from service.repo.tables import Instant, Json, OptionalInstant, OptionalJson, TenantRow, index, unique

ALGORITHM = "RS256"
_BITS = 2048


class SigningKeyRow(TenantRow, table=True):
    """A key of an organisation. Once it is retired its private part is gone; the public one stays."""

    __table_args__ = (
        unique("uq_signing_key_thumbprint", "thumbprint"),
        index("uq_signing_key_active", unique=True, postgresql_where=text("retired_at IS NULL")),
    )

    thumbprint: str
    public_jwk: Json
    private_jwk: OptionalJson
    created_at: Instant
    retired_at: OptionalInstant


_ACTIVE = "SELECT thumbprint, private_jwk FROM signing_key WHERE retired_at IS NULL"
_ADD = """
INSERT INTO signing_key (organisation_id, id, thumbprint, public_jwk, private_jwk, created_at)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organisation_id) WHERE retired_at IS NULL DO NOTHING
"""
_KEYS = "SELECT thumbprint, created_at, retired_at FROM signing_key ORDER BY created_at, id"
_RETIRE = "UPDATE signing_key SET retired_at = $1, private_jwk = NULL WHERE retired_at IS NULL"


@dataclass(frozen=True, kw_only=True)
class PublishedKey:
    """A key without its secret. `retired_at` is since when it signs nothing any more."""

    thumbprint: str
    created_at: datetime
    retired_at: datetime | None


def issuer_of(address: str, organisation: UUID) -> IssuerAddress:
    """Where an organisation publishes what a verifier needs, below the address of the service."""
    return IssuerAddress(url=f"{address}/issuers/{organisation}")


def signed(payload: Mapping[str, Any], issuer: IssuerAddress, key: Any) -> str:
    """A signed JWT whose header says where the public key can be read. `key` is a row of `signing_key`."""
    header = {"alg": ALGORITHM, "typ": "JWT", "kid": issuer.key(key["thumbprint"])}
    return jwt.encode(header, dict(payload), _imported(orjson.dumps(key["private_jwk"])), algorithms=[ALGORITHM])


@lru_cache(maxsize=256)
def _imported(private_jwk: bytes) -> RSAKey:
    """The key of that text; kept, because testing its primes takes a hundred times as long as signing with it."""
    return RSAKey.import_key(orjson.loads(private_jwk))


async def active_key(connection: Any, organisation: UUID, now: datetime) -> Any:
    """The key that the organisation signs with; its first one is made here, one whoever asks at the same time."""
    found = await connection.fetchrow(_ACTIVE)
    if found is None:
        await _add(connection, organisation, now)
        found = await connection.fetchrow(_ACTIVE)
    return found


async def renew_key(database: Database, organisation: UUID) -> str:
    """Sign with another key from now on; answer its thumbprint.

    The old one stays published, so that what it signed can be verified; its private part is deleted.
    """

    async def work(connection: Any) -> str:
        now = database.clock()
        await connection.execute(_RETIRE, now)
        return (await active_key(connection, organisation, now))["thumbprint"]

    return await database.run(organisation, work)


async def published_keys(database: Database, organisation: UUID) -> list[PublishedKey]:
    """The organisation's keys, the oldest first."""

    async def work(connection: Any) -> list[PublishedKey]:
        return [PublishedKey(**dict(row)) for row in await connection.fetch(_KEYS)]

    return await database.run(organisation, work)


async def _add(connection: Any, organisation: UUID, now: datetime) -> None:
    # Some tenths of a second of arithmetic, once per organisation: other requests need not wait for it.
    key = await asyncio.to_thread(RSAKey.generate_key, _BITS)
    thumbprint = key.thumbprint()
    public = {**key.as_dict(private=False), "kid": thumbprint, "alg": ALGORITHM, "use": "sig"}
    private = cast("dict[str, Any]", key.as_dict(private=True))
    await connection.execute(_ADD, organisation, new_id(), thumbprint, public, private, now)
