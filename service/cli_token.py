"""`talentspor token`: a bearer token of the development issuer."""

import asyncio
import os
import sys
from typing import Annotated
from uuid import UUID

import typer

from service.api.security import development_token
from service.cli_organisations import named
from service.databases import Refusal, opened
from service.demo import DEMO
from service.development import issuer_key
from service.domain.actor import Actor, Role, Scope
from service.embedded import data_directory
from service.repo.database import Database
from service.settings import Settings
from service.terminal import settings

_PERSON = "SELECT id FROM person WHERE lower(email) = lower($1) OR external_id = $1 LIMIT 2"


def token(
    role: Annotated[list[Role] | None, typer.Option(help="A role to hold; repeatable.")] = None,
    scope: Annotated[list[Scope] | None, typer.Option(help="A scope of a system to hold; repeatable.")] = None,
    organisation: Annotated[str, typer.Option(metavar="SLUG", help="The organisation to act in.")] = DEMO,
    person: Annotated[str | None, typer.Option(metavar="EMAIL_OR_EXTERNAL_ID", help="The person to be.")] = None,
) -> None:
    """Print a bearer token of the development issuer, and nothing else: good for twelve hours.

    Without TALENTSPOR_DATABASE_URL it is one for the demo of this folder, whether that runs or not.
    """
    roles, scopes = frozenset(role or []), frozenset(scope or [])
    if not roles and not scopes and person is None:
        raise Refusal("Say who the token is for: --role, --scope or --person.")
    if Role.EMPLOYEE in roles and person is None:
        raise Refusal("An employee is somebody: say who with --person.")
    chosen = settings()
    # The embedded database is there for development alone, so the demo's tokens need no further word.
    if chosen.env != "development" and (chosen.database_url is not None or "TALENTSPOR_ENV" in os.environ):
        raise Refusal("The development issuer exists only where TALENTSPOR_ENV=development.")
    actor = asyncio.run(_actor(chosen, organisation, person, roles - {Role.EMPLOYEE}, scopes))
    sys.stdout.write(development_token(issuer_key(data_directory()), actor) + "\n")


async def _actor(
    chosen: Settings, slug: str, person: str | None, roles: frozenset[Role], scopes: frozenset[Scope]
) -> Actor:
    async with opened(chosen) as database:
        organisation = await named(database, slug)
        identity = await _person(database, organisation, person) if person is not None else None
    return Actor(
        organisation=organisation,
        subject=str(identity or "-".join(sorted(roles | scopes))),
        person=identity,
        roles=roles,
        scopes=scopes,
    )


async def _person(database: Database, organisation: UUID, name: str) -> UUID:
    async with database.transaction(organisation) as connection:
        rows = await connection.fetch(_PERSON, name)
    if len(rows) != 1:
        raise Refusal(f"{'Nobody' if not rows else 'More than one'} there has the email address or external id {name}.")
    return rows[0]["id"]
