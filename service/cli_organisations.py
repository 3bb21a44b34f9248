"""`talentspor organisation` and `talentspor issuer`: tenants, and whose tokens they trust."""

import asyncio
import re
from pathlib import Path
from typing import Annotated, Literal, cast
from uuid import UUID

import orjson
import typer

from service.databases import Refusal, opened
from service.domain.actor import Role
from service.domain.ids import new_id
from service.domain.issuers import Issuer
from service.domain.organisations.model import TIME_ZONES, Country, Language, Organisation, OrganisationKind
from service.repo.database import Database
from service.repo.founding import found, organisation_of, trust
from service.terminal import result, settings

organisations = typer.Typer(help="The organisations that are served.", no_args_is_help=True)
issuers = typer.Typer(help="Who an organisation trusts to issue tokens.", no_args_is_help=True)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 63

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="The organisation's short name.")]


@organisations.command()
def create(
    slug: Slug,
    name: Annotated[str, typer.Option(help="What it is called.")],
    country: Annotated[Country, typer.Option(help="Decides holidays and national identity numbers.")],
    language: Annotated[Language, typer.Option(help="The language whose alphabet sorts its names.")],
    kind: Annotated[
        OrganisationKind, typer.Option(help="What sort of employer it is.")
    ] = OrganisationKind.MUNICIPALITY,
    time_zone: Annotated[str | None, typer.Option(help="IANA name; by default the country's own.")] = None,
) -> None:
    """Add an organisation, with nobody in it yet, and print its id."""
    if not _SLUG.fullmatch(slug) or len(slug) > _LONGEST_SLUG:
        raise Refusal(f"A slug has lower-case letters, digits and single hyphens inside, {_LONGEST_SLUG} at most.")
    organisation = Organisation(
        id=new_id(),
        slug=slug,
        name=name,
        kind=kind,
        country=country,
        default_language=language,
        time_zone=time_zone or TIME_ZONES[country],
    )

    async def work() -> None:
        async with opened(settings()) as database:
            await found(database, organisation)

    asyncio.run(work())
    result.print(str(organisation.id))


@issuers.command()
def add(
    slug: Slug,
    url: Annotated[str, typer.Option(help="The issuer's URL, as `iss` has it.")],
    audience: Annotated[str, typer.Option(help="What `aud` has to be.")],
    jwks_url: Annotated[str | None, typer.Option(help="Where its public keys are.")] = None,
    jwks_file: Annotated[Path | None, typer.Option(help="A file with its public keys.", dir_okay=False)] = None,
    roles_claim: Annotated[str, typer.Option(help="Dotted path to the roles, as realm_access.roles.")] = "roles",
    role: Annotated[list[str] | None, typer.Option(help="THEIRS=OURS, for a role of another name; repeatable.")] = None,
    subject_claim: Annotated[str, typer.Option(help="The claim that says which person it is.")] = "email",
    subject_field: Annotated[
        Literal["id", "email", "external_id"], typer.Option(help="What that claim is of the person.")
    ] = "email",
    subject_source: Annotated[str | None, typer.Option(help="The source of the external id.")] = None,
) -> None:
    """Trust an OpenID Connect issuer for one organisation."""
    if (jwks_url is None) == (jwks_file is None):
        raise Refusal("Say where the issuer's public keys are: either --jwks-url or --jwks-file.")
    if (subject_field == "external_id") != (subject_source is not None):
        raise Refusal("--subject-source belongs to --subject-field external_id, and only to it.")

    def issuer(organisation: UUID) -> Issuer:
        return Issuer(
            organisation=organisation,
            url=url,
            audience=audience,
            jwks_url=jwks_url,
            jwks=_keys(jwks_file) if jwks_file else None,
            roles_claim=roles_claim,
            roles=_roles(role or []),
            subject_claim=subject_claim,
            subject_field=subject_field,
            subject_source=subject_source,
        )

    async def work() -> None:
        async with opened(settings()) as database:
            await trust(database, issuer(await named(database, slug)))

    asyncio.run(work())


async def named(database: Database, slug: str) -> UUID:
    """The organisation of that slug. Raises Refusal."""
    identity = await organisation_of(database, slug)
    if identity is None:
        raise Refusal(f"There is no organisation {slug}: make it with `talentspor organisation create`.")
    return identity


def _keys(file: Path) -> dict[str, object]:
    """A JWK set of public keys."""
    try:
        found = orjson.loads(file.read_bytes())
        keys = cast("list[dict[str, object]]", found["keys"])
        private = [key for key in keys if "d" in key or "k" in key]
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(f'{file} is no JWK set: {{"keys": […]}}.') from error
    if private or not keys:
        raise Refusal(f"{file} holds {'a secret key' if private else 'no key'}; give the issuer's public keys.")
    return cast("dict[str, object]", found)


def _roles(pairs: list[str]) -> dict[str, str]:
    roles: dict[str, str] = {}
    for pair in pairs:
        theirs, _, ours = pair.rpartition("=")
        if not theirs or ours not in set(Role) - {Role.EMPLOYEE}:
            raise Refusal(f"--role {pair}: write THEIRS=OURS, where OURS is one of {', '.join(_GRANTABLE)}.")
        roles[theirs] = ours
    return roles


_GRANTABLE = sorted(set(Role) - {Role.EMPLOYEE})
