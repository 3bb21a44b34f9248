"""`talentspor certificate-key`: the keys that an organisation signs its certificates with."""

import asyncio

import typer

from service.cli_organisations import Slug, named
from service.databases import opened
from service.repo.signing import PublishedKey, issuer_of, published_keys, renew_key
from service.terminal import result, settings

certificate_keys = typer.Typer(help="The keys that an organisation signs certificates with.", no_args_is_help=True)


@certificate_keys.command()
def renew(slug: Slug) -> None:
    """Sign with a new key from now on, and print where it is published; the first time, make one.

    What older keys signed can be verified as before: their public parts stay published, their private ones are deleted.
    """
    chosen = settings()

    async def work() -> str:
        async with opened(chosen) as database:
            organisation = await named(database, slug)
            return issuer_of(chosen.address, organisation).key(await renew_key(database, organisation))

    result.print(asyncio.run(work()))


@certificate_keys.command("list")
def list_(slug: Slug) -> None:
    """List the keys, oldest first: where each is published, since when it signs, and until when it did."""
    chosen = settings()

    async def work() -> list[tuple[str, PublishedKey]]:
        async with opened(chosen) as database:
            organisation = await named(database, slug)
            issuer = issuer_of(chosen.address, organisation)
            return [(issuer.key(one.thumbprint), one) for one in await published_keys(database, organisation)]

    for address, key in asyncio.run(work()):
        until = f"{key.retired_at:%Y-%m-%d %H:%M}" if key.retired_at else "signs"
        result.print(f"{address}  {key.created_at:%Y-%m-%d %H:%M}  {until}")
