"""`service.domain.issuers` in Postgres."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.domain.issuers import Issuer
from service.repo.database import Database

_BY_FIELD = {
    "id": "id::text = $1",
    "email": "lower(email) = lower($1)",
    "external_id": "external_id = $1 AND source = $2",
}


@dataclass(frozen=True)
class PostgresIssuers:
    """Looks an issuer up before any organisation is known, through the one function that may."""

    database: Database

    async def find(self, url: str) -> Issuer | None:
        """The issuer of that URL, or None."""
        async with self.database.pool.acquire() as connection:
            organisation = await connection.fetchval("SELECT organisation_of_issuer($1)", url)
        if organisation is None:
            return None
        row: Any = await self.database.fetch_row(organisation, "SELECT * FROM issuer WHERE url = $1", [url])
        return Issuer(
            organisation=organisation,
            url=row["url"],
            audience=row["audience"],
            jwks_url=row["jwks_url"],
            jwks=row["jwks"],
            roles_claim=row["roles_claim"],
            roles=row["roles"],
            subject_claim=row["subject_claim"],
            subject_field=row["subject_field"],
            subject_source=row["subject_source"],
        )

    async def person(self, issuer: Issuer, subject: str) -> UUID | None:
        """The one person that the issuer's name stands for."""
        values = [subject, issuer.subject_source] if issuer.subject_field == "external_id" else [subject]
        row: Any = await self.database.fetch_row(
            issuer.organisation,
            "SELECT count(*) AS found, min(id::text)::uuid AS id FROM person"  # noqa: S608  -- a constant of this module
            f" WHERE {_BY_FIELD[issuer.subject_field]}",
            values,
        )
        return row["id"] if row["found"] == 1 else None
