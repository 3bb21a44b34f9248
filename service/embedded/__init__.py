"""A real Postgres where none is installed, with our roles and database, for as long as somebody uses it."""

import asyncio
import hashlib
import os
from collections.abc import AsyncGenerator, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import asyncpg

from service.embedded.cluster import BUFFERS, CLUSTER, PORT, SUPERUSER, EmbeddedCluster, terminating_cleanly
from service.embedded.programs import SYSTEM_FOLDER, EmbeddedPostgresError, EmbeddedPostgresMissingError

__all__ = [
    "EmbeddedPostgres",
    "EmbeddedPostgresError",
    "EmbeddedPostgresMissingError",
    "create_database",
    "data_directory",
    "embedded",
    "is_made",
]

OWNER_ROLE = "talentspor_owner"
SERVICE_ROLE = "talentspor"


@dataclass(frozen=True, kw_only=True)
class EmbeddedPostgres:
    """A running embedded server: where it listens, and the URLs of its service database."""

    socket_dir: Path
    database: str

    def url(self, role: str, database: str | None = None) -> str:
        """Where `role` reaches `database` (default: the service database), as asyncpg reads it."""
        name = quote(database or self.database, safe="")
        host = quote(str(self.socket_dir), safe="")
        # The port is spelled out because a client without one takes it from PGPORT.
        return f"postgresql://{quote(role, safe='')}@/{name}?host={host}&port={PORT}"

    @property
    def service_url(self) -> str:
        """For the service's own role, which row-level security binds."""
        return self.url(SERVICE_ROLE)

    @property
    def owner_url(self) -> str:
        """For the role that owns the database and migrates it."""
        return self.url(OWNER_ROLE)

    @property
    def admin_url(self) -> str:
        """For the superuser, in the maintenance database: to create, clone and drop databases."""
        return self.url(SUPERUSER, SUPERUSER)


def data_directory() -> Path:
    """Where data lives: TALENTSPOR_DATA_DIR, or `.talentspor` here, or for root a folder under /var/lib.

    Postgres does not run as root, and the account it gets need not be able to enter the folder one stands in;
    opening that folder's ancestors to everybody is not ours to do.
    """
    stated = os.environ.get("TALENTSPOR_DATA_DIR")
    local = Path(stated or ".talentspor").resolve()
    if stated or os.geteuid():
        return local
    return SYSTEM_FOLDER / hashlib.sha256(os.fsencode(local)).hexdigest()[:16]


def is_made(data_dir: Path) -> bool:
    """A server was started in this data folder before."""
    return (data_dir / CLUSTER).exists()


@contextmanager
def embedded(
    data_dir: Path,
    *,
    database: str = SERVICE_ROLE,
    durable: bool = True,
    buffers: int = BUFFERS,
) -> Generator[EmbeddedPostgres]:
    """Use the Postgres of `data_dir`: made if new, started by the first user, stopped by the last to leave.

    Both roles and `database` exist when it yields. SIGTERM and SIGHUP leave it the way Ctrl-C does. A server
    that outlived its users is stopped in good order and started afresh. `durable=False` trades crash safety for
    speed, for tests; `buffers` is its own memory for data in MB; who joins a running server takes it as it is. Raises
    EmbeddedPostgresError.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(terminating_cleanly())
            cluster = EmbeddedCluster(data_dir)
            stack.enter_context(cluster.joined(durable=durable, buffers=buffers))
            postgres = EmbeddedPostgres(socket_dir=cluster.socket_dir, database=database)
            with cluster.exclusive():
                _complete(_furnish(postgres))
        except OSError as error:
            raise EmbeddedPostgresError(f"The data folder {data_dir} cannot be used: {error}.") from error
        yield postgres


async def create_database(postgres: EmbeddedPostgres, name: str, *, template: str = "template0") -> None:
    """Create database `name` for the owner role: empty, or a clone of a `template` nobody is connected to.

    Raises asyncpg.DuplicateDatabaseError.
    """
    # Under any other locale that every machine has, Danish and Swedish letters have no lower case.
    locale = "ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
    database = _quoted(name)
    async with _administrator(postgres) as admin:
        await admin.execute(
            f"CREATE DATABASE {database} OWNER {OWNER_ROLE} {locale} TEMPLATE {_quoted(template)}",
        )
        await admin.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
        # TEMPORARY: an import copies into temporary tables, for COPY is refused under row-level security.
        await admin.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {SERVICE_ROLE}")


async def _furnish(postgres: EmbeddedPostgres) -> None:
    async with _administrator(postgres) as admin:
        for role in (OWNER_ROLE, SERVICE_ROLE):
            if not await admin.fetchval("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", role):
                await admin.execute(
                    f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION",
                )
        sought = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)"
        exists = await admin.fetchval(sought, postgres.database)
    if not exists:
        await create_database(postgres, postgres.database)


@asynccontextmanager
async def _administrator(postgres: EmbeddedPostgres) -> AsyncGenerator[Any]:
    connection = cast("Any", await asyncpg.connect(postgres.admin_url))
    try:
        yield connection
    finally:
        await connection.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _complete(work: Coroutine[None, None, None]) -> None:
    """Run `work` to its end in a thread, since the caller may itself be running in an event loop."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, work).result()
