"""Which database a command works on, and whether it is fit for that.

Refusal    why the program does not go on: one sentence for the person at the terminal
"""

import os
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import asyncpg

from service.domain.clock import Clock, utc_now
from service.embedded import data_directory, embedded, is_made
from service.repo.database import Database, open_pool
from service.repo.revisions import head, known
from service.settings import Settings

OLDEST = 15
"""The oldest major version of Postgres that has what the schema uses."""

_PATIENCE = 10  # seconds for the database to answer
_POOL = 4

_FACTS = """
SELECT current_setting('server_version_num')::int / 10000 AS major,
       lower('ÆØÅ') = 'æøå' AS has_letters,
       session_user::text AS role,
       to_regclass('public.alembic_version') IS NOT NULL AS migrated,
       EXISTS (SELECT FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND pg_has_role(session_user, oid, 'MEMBER'))
           AS passes_by_policies,
       EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p')
                                      AND pg_has_role(session_user, relowner, 'MEMBER')) AS owns_tables
"""


class Refusal(Exception):  # noqa: N818  -- as the domain's errors, it says what it is
    """The program cannot do this here; the message is one sentence that says why, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """One database as the service's role reaches it, and as the owner of the schema does, where that is known."""

    service: str
    owner: str | None


@contextmanager
def addresses(settings: Settings, *, make: bool = False) -> Generator[Addresses]:
    """The database of the settings, or the embedded one of the data folder, which runs meanwhile.

    `make` allows the embedded one to be made. Raises Refusal, EmbeddedPostgresError.
    """
    if settings.database_url is not None:
        owner = settings.migration_database_url
        yield Addresses(
            service=settings.database_url.get_secret_value(), owner=owner.get_secret_value() if owner else None
        )
        return
    folder = data_directory()
    if not make and not is_made(folder):
        raise Refusal(f"There is no database in {folder} yet: run `talentspor demo`, or set TALENTSPOR_DATABASE_URL.")
    with embedded(folder) as postgres:
        yield Addresses(service=postgres.service_url, owner=postgres.owner_url)


@asynccontextmanager
async def opened(settings: Settings, *, clock: Clock = utc_now) -> AsyncGenerator[Database]:
    """A database that is fit to be worked on. Raises Refusal, EmbeddedPostgresError."""
    with addresses(settings) as found:
        await examine(found.service)
        async with pool(found.service, settings, clock=clock) as database:
            yield database


@asynccontextmanager
async def pool(url: str, settings: Settings, *, clock: Clock = utc_now) -> AsyncGenerator[Database]:
    """A few connections to a database that was examined."""
    connections = await open_pool(url, size=_POOL, binding=settings.database_binding)
    try:
        yield Database(connections, clock, settings.database_binding)
    finally:
        await connections.close()


async def examine(url: str) -> None:
    """Let pass what the service may work on as this role.

    Raises Refusal for a database out of reach, too old, deaf to Nordic letters, without this release's schema, or
    for a role that row-level security would not bind.
    """
    facts, revision = await _ask(url)
    _refuse_unsuitable(facts)
    role = facts["role"]
    if facts["passes_by_policies"]:
        raise Refusal(
            f"The database role {role} is too powerful: a superuser, or a role with BYPASSRLS, sees every "
            "organisation's data."
        )
    _refuse_newer(revision)
    if revision is None:
        raise Refusal("The database has no schema yet: run `talentspor migrate`.")
    if revision != head():
        raise Refusal(f"The schema is at {revision}, this release needs {head()}: run `talentspor migrate`.")
    if facts["owns_tables"]:
        raise Refusal(
            f"The database role {role} is too powerful: it owns the tables, and could lift the walls between "
            "organisations."
        )


async def examine_before_migrating(url: str) -> str | None:
    """The revision of a database that can hold the schema, or None for an empty one. Raises Refusal."""
    facts, revision = await _ask(url)
    _refuse_unsuitable(facts)
    _refuse_newer(revision)
    return revision


async def role_of(url: str) -> str:
    """The role that an address connects as. Raises Refusal."""
    facts, _ = await _ask(url)
    return cast("str", facts["role"])


async def count_rows(owner_url: str) -> None:
    """Tell the planner at once how much there is now; only the owner may. Raises Refusal."""
    with _reaching(owner_url):
        connection = cast("Any", await asyncpg.connect(owner_url, timeout=_PATIENCE, statement_cache_size=0))
        try:
            await connection.execute("ANALYZE")
        finally:
            await connection.close()


def _refuse_unsuitable(facts: Any) -> None:
    if facts["major"] < OLDEST:
        raise Refusal(f"The database is Postgres {facts['major']}; Talentspor needs {OLDEST} or newer.")
    if not facts["has_letters"]:
        raise Refusal(
            "The database's locale does not know that æøå are ÆØÅ in lower case: make it anew in UTF-8 with a locale "
            "such as da_DK.UTF-8 or, from Postgres 17, the built-in C.UTF-8."
        )


def _refuse_newer(revision: str | None) -> None:
    if revision is not None and not known(revision):
        raise Refusal(f"The schema is at {revision}, from a newer release of Talentspor than this: upgrade it.")


async def _ask(url: str) -> tuple[Any, str | None]:
    with _reaching(url):
        connection = cast("Any", await asyncpg.connect(url, timeout=_PATIENCE, statement_cache_size=0))
        try:
            facts = await connection.fetchrow(_FACTS)
            revision = None
            if facts["migrated"]:
                try:
                    revision = await connection.fetchval("SELECT version_num FROM alembic_version")
                except asyncpg.InsufficientPrivilegeError as error:
                    raise Refusal(
                        f"The database role {facts['role']} may not read the schema: run `talentspor migrate`, which "
                        "grants it what it needs."
                    ) from error
            return facts, cast("str | None", revision)
        finally:
            await connection.close()


@contextmanager
def _reaching(url: str) -> Generator[None]:
    try:
        yield
    except ValueError as error:  # its message may hold a part of the password
        raise Refusal(
            "That is no address of a Postgres database: write postgresql://role:password@host:5432/database."
        ) from error
    except OSError as error:
        known_number = error.errno is not None and error.errno > 0  # asyncpg writes prose of its own around it
        reason = os.strerror(error.errno or 0) if known_number else error.strerror or str(error) or "no answer"
        raise Refusal(f"The database{_place(url)} cannot be reached: {_first_line(reason)}.") from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Refusal(f"The database{_place(url)} cannot be used: {_first_line(str(error))}.") from error


def _place(url: str) -> str:
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.hostname:
            return f" at {parts.hostname}:{parts.port or 5432}"
    return ""


def _first_line(text: str) -> str:
    return (text.splitlines() or ["no reason given"])[0].rstrip(".")
