"""The demo: a Postgres, the synthetic municipality in it, the service in front, and tokens to knock with."""

import asyncio
import sys
from collections.abc import Mapping, MutableMapping
from os.path import relpath

from rich.markup import escape

from service import serving
from service.api.security import development_token
from service.databases import Addresses, addresses, count_rows, examine, examine_before_migrating, pool, role_of
from service.demo.personas import Part, Persona, personas
from service.demo.places import MUNICIPALITY
from service.demo.seeding import seed, today
from service.development import issuer_key
from service.embedded import data_directory
from service.repo.migrating import migrate
from service.repo.revisions import head
from service.settings import Settings
from service.terminal import aside, result


def run(settings: Settings, environment: MutableMapping[str, str]) -> None:
    """Prepare what is not there yet, say whom one can be, and serve until told to stop.

    Raises Refusal, EmbeddedPostgresError.
    """
    listener = serving.bound(settings.host, settings.port)
    try:
        _say("Starting the database")
        with addresses(settings, make=True) as found:
            people = asyncio.run(_prepared(found, settings))
            _welcome(serving.address_of(listener, settings.host), people, environment)
            serving.serve(listener, found.service, settings, environment)
    except KeyboardInterrupt:
        _say("Stopped")


async def _prepared(found: Addresses, settings: Settings) -> Mapping[Part, Persona]:
    if found.owner is not None and await examine_before_migrating(found.owner) != head():
        _say("Making the schema")
        await migrate(found.owner, service_role=await role_of(found.service))
    await examine(found.service)

    async def settle() -> None:
        if found.owner is not None:
            await count_rows(found.owner)

    organisation = await seed(found.service, settings, _say, settle)
    async with pool(found.service, settings) as database, database.transaction(organisation) as connection:
        return await personas(connection, organisation, today())


def _say(what: str) -> None:
    aside.print(f"[dim]·[/dim] {escape(what)}")


def _welcome(address: str, people: Mapping[Part, Persona], environment: Mapping[str, str]) -> None:
    key = issuer_key(data_directory())
    result.print(f"\n[bold]{MUNICIPALITY}[/bold] is at {address}/\n")
    for path, what in _PAGES:
        result.print(f"  {address + path:<34} {what}")
    result.print("\n[bold]Whom you can be[/bold] (each with a token that is good for twelve hours)")
    for part, persona in people.items():
        result.print(f"\n[bold]{escape(part)}[/bold]: {escape(persona.name)}")
        result.print(f"[dim]{development_token(key, persona.actor)}[/dim]")
    where = "in this folder"
    if any(name.startswith("TALENTSPOR_") for name in environment):
        where += ", with the same TALENTSPOR_ variables"
    if "TALENTSPOR_DATABASE_URL" in environment:
        where += " and TALENTSPOR_ENV=development"
    result.print(f"\n[bold]A first request[/bold], from another terminal {where}: who became a leader?\n")
    result.print(f'  TOKEN="$({relpath(sys.argv[0])} token --role hr)"')
    result.print('  curl -H "Authorization: Bearer $TOKEN" \\', markup=False)
    result.print(f'    "{address}/v1/participations?outcome=leader_appointed&expand=person"\n', markup=False)
    result.print("Ctrl-C stops it; what you changed is there at the next start.\n")


_PAGES = (
    ("/", "what this is"),
    ("/docs", "the REST API, to try out"),
    ("/graphql", "the GraphQL API, to try out"),
    ("/health/ready", "whether it can serve"),
)
