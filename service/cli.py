"""The command line `talentspor`."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from service.cli_certificates import certificate_keys
from service.cli_import import import_export
from service.cli_organisations import issuers, organisations
from service.cli_token import token
from service.databases import Refusal, addresses, examine, examine_before_migrating, role_of
from service.repo.revisions import head
from service.terminal import Commands, aside, settings

Host = Annotated[str | None, typer.Option(help="The address to listen on, before TALENTSPOR_HOST.")]
Port = Annotated[int | None, typer.Option(help="The port to listen on, before TALENTSPOR_PORT; 0 for any free one.")]

app = typer.Typer(
    name="talentspor",
    help="Talentspor: growing the next leaders of municipalities, regions and companies.",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(organisations, name="organisation")
app.add_typer(issuers, name="issuer")
app.add_typer(certificate_keys, name="certificate-key")
app.command()(token)
app.command("import")(import_export)


@app.command()
def serve(
    host: Host = None,
    port: Port = None,
    workers: Annotated[int, typer.Option(help="Processes that share the work.", min=1, max=64)] = 1,
) -> None:
    """Serve the API from TALENTSPOR_DATABASE_URL, as the service's own role there."""
    from service import serving  # noqa: PLC0415  -- only here is the whole application wanted

    chosen = settings(host=host, port=port)
    if chosen.database_url is None and chosen.env != "development":
        raise Refusal("Set TALENTSPOR_DATABASE_URL: the service needs a Postgres. `talentspor demo` brings its own.")
    if chosen.database_binding == "transaction" and chosen.queue_database_url is None:
        raise Refusal(
            "Set TALENTSPOR_QUEUE_DATABASE_URL to the database itself: through a pooler in transaction mode nobody is "
            "told that there is work to do."
        )
    with addresses(chosen) as found:
        asyncio.run(examine(found.service, chosen))
        listener = serving.bound(chosen.host, chosen.port)
        aside.print(f"Talentspor answers at {serving.address_of(listener, chosen.host)}/")
        serving.serve(listener, found.service, chosen, os.environ, workers=workers)


@app.command()
def demo(host: Host = None, port: Port = None) -> None:
    """Serve an invented municipality, with a Postgres of its own: what `make run` calls."""
    from service.demo.running import run  # noqa: PLC0415  -- as above

    if os.environ.get("TALENTSPOR_ENV", "development") != "development":
        raise Refusal("The demo is for development: it does not start where TALENTSPOR_ENV is something else.")
    run(settings(host=host, port=port, env="development"), os.environ)


@app.command()
def migrate(
    service_role: Annotated[
        str | None, typer.Option(help="The service's own role; by default the one of TALENTSPOR_DATABASE_URL.")
    ] = None,
) -> None:
    """Bring the schema to this release, as its owner: TALENTSPOR_MIGRATION_DATABASE_URL."""
    chosen = settings()
    owner = chosen.migration_database_url
    if owner is None and chosen.database_url is not None:
        raise Refusal(
            "Set TALENTSPOR_MIGRATION_DATABASE_URL to the same database as another role, which owns the schema: the "
            "service's own role may not."
        )
    if owner is not None and chosen.database_url is None:
        asyncio.run(bring_to_head(owner.get_secret_value(), service_role or "talentspor"))
        return
    with addresses(chosen, make=True) as found:
        role = service_role or asyncio.run(role_of(found.service))
        asyncio.run(bring_to_head(found.owner or "", role))


@app.command()
def contract(
    folder: Annotated[Path, typer.Option(help="The folder of the project.", file_okay=False)] = Path(),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if a file is not current.")] = False,
) -> None:
    """Write the contract files of openapi/ and the diagrams of docs/ from the code."""
    from service import contract as files  # noqa: PLC0415  -- as above

    if not check:
        for name in files.write(folder):
            aside.print(f"Written: {name}")
    elif stale := files.check(folder):
        raise Refusal(f"Not what the code says: {', '.join(stale)}; run `talentspor contract`.")


async def bring_to_head(owner_url: str, service_role: str) -> None:
    """Migrate, and say from where to where."""
    from service.repo.migrating import migrate as migrate_schema  # noqa: PLC0415  -- Alembic, for this command alone

    before = await examine_before_migrating(owner_url)
    await migrate_schema(owner_url, service_role=service_role)
    aside.print(f"The schema is at {head()}" + ("." if before == head() else f"; it was at {before or 'nothing'}."))
