"""A new tenant: the one thing that is done before there is an organisation to be bound to."""

from typing import Any
from uuid import UUID

from service.domain.actor import system
from service.domain.errors import Conflict
from service.domain.ids import new_id
from service.domain.issuers import Issuer
from service.domain.organisations.model import Organisation
from service.repo.database import Database
from service.repo.organisations import PostgresOrganisations
from service.repo.queue import enqueue, first_day
from service.repo.store import Session
from service.repo.unit_of_work import write_events


async def found(database: Database, organisation: Organisation) -> None:
    """Add the organisation. Raises Conflict (`slug_taken`)."""

    async def work(connection: Any) -> None:
        # Slugs are unique across tenants, which no index of a tenant's table may say; so one founds at a time.
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('talentspor slug', 0))")
        if await connection.fetchval("SELECT organisation_of_slug($1)", organisation.slug) is not None:
            raise Conflict("slug_taken", f"There is an organisation {organisation.slug} already.")
        session = Session(connection, system(organisation.id), database.clock(), database.clock)
        await PostgresOrganisations(session).add(organisation, "founded")
        await write_events(session)
        await enqueue(connection, organisation.id, [first_day(session.now)], session.now)

    await database.run(organisation.id, work)


async def organisation_of(database: Database, slug: str) -> UUID | None:
    """The organisation of that slug, or None."""
    async with database.pool.acquire() as connection:
        return await connection.fetchval("SELECT organisation_of_slug($1)", slug)


async def all_organisations(database: Database) -> list[UUID]:
    """Every organisation there is."""
    async with database.pool.acquire() as connection:
        rows = await connection.fetch("SELECT all_organisations()")
    return [row[0] for row in rows]


_TRUST = """
INSERT INTO issuer (organisation_id, id, url, audience, jwks_url, jwks, roles_claim, roles, subject_claim,
                    subject_field, subject_source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def trust(database: Database, issuer: Issuer) -> None:
    """Trust an issuer's tokens for one organisation. Raises Conflict (`issuer_taken`)."""

    async def work(connection: Any) -> None:
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('talentspor issuer', 0))")
        if await connection.fetchval("SELECT organisation_of_issuer($1)", issuer.url) is not None:
            raise Conflict("issuer_taken", "An organisation trusts this issuer already; an issuer speaks for one.")
        await connection.execute(
            _TRUST,
            issuer.organisation,
            new_id(),
            issuer.url,
            issuer.audience,
            issuer.jwks_url,
            issuer.jwks,
            issuer.roles_claim,
            issuer.roles,
            issuer.subject_claim,
            issuer.subject_field,
            issuer.subject_source,
        )

    await database.run(issuer.organisation, work)
