"""The benchmark's own embedded Postgres, with a database per shape that is filled once and kept."""

import hashlib
import os
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from benchmarks.filling import bare, people, tenants
from benchmarks.filling.quiet import lenient, nothing_falls_due
from benchmarks.shapes import Shape
from service.embedded import OWNER_ROLE, SERVICE_ROLE, EmbeddedPostgres, create_database, data_directory, embedded
from service.embedded.cluster import SUPERUSER
from service.repo.migrating import migrate
from service.repo.revisions import head

SLUG = "kommune-1"
_ZONE = ZoneInfo("Europe/Copenhagen")
_FILLING = Path(people.__file__).parent


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A database with data in it, and the roles that reach it."""

    server: EmbeddedPostgres
    shape: Shape
    name: str

    @property
    def service_url(self) -> str:
        """As the service connects: row-level security holds."""
        return self.server.url(SERVICE_ROLE, self.name)

    @property
    def bare_url(self) -> str:
        """As the limit connects: row-level security does not hold, and one organisation's views stand in front."""
        return self.server.url(bare.ROLE, self.name)

    @asynccontextmanager
    async def administrator(self) -> AsyncGenerator[Any]:
        """A connection that may do anything."""
        async with connected(self.server.url(SUPERUSER, self.name)) as connection:
            yield connection


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[Any]:
    """A connection for as long as the block lasts."""
    connection = cast("Any", await asyncpg.connect(url))
    try:
        yield connection
    finally:
        await connection.close()


def data_folder() -> Path:
    """Where the benchmark keeps its databases and what it downloads: beside the demo's data."""
    return data_directory() / "benchmarks"


@contextmanager
def cluster(folder: Path) -> Generator[EmbeddedPostgres]:
    """The server, for as long as the block lasts; commits reach the disk, as in earnest.

    A quarter of the memory is its own for data: where Postgres' manual says to begin.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with embedded(folder, buffers=memory // 4 // 2**20) as server:
        yield server


def _version() -> str:
    """Changes with the schema and with what fills it."""
    files = sorted(one for one in _FILLING.iterdir() if one.suffix in {".py", ".sql"})
    return hashlib.blake2s(b"".join([head().encode(), *(one.read_bytes() for one in files)]), digest_size=4).hexdigest()


async def filled(server: EmbeddedPostgres, shape: Shape, say: Callable[[str], None]) -> Filled:
    """The database of a shape: the one that was filled before, or a new one."""
    stem = f"bench_{shape.name}_{shape.employees}_{shape.tenants}"
    name = f"{stem}_{_version()}"
    async with connected(server.admin_url) as admin:
        known = {row[0] for row in await admin.fetch("SELECT datname FROM pg_database")}
        if name not in known:
            for old in known:
                if old.startswith(stem):
                    await admin.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            unfinished = f"{stem}_unfinished"
            say(f"Filling a database: {shape.employees:,} employees in each of {shape.tenants:,} tenants")
            await create_database(server, unfinished)
            await migrate(server.url(OWNER_ROLE, unfinished), service_role=SERVICE_ROLE)
            organisation = await people.found(server.url(SERVICE_ROLE, unfinished), SLUG)
            async with connected(server.url(SUPERUSER, unfinished)) as connection:
                await _fill(connection, organisation, shape)
            await admin.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return Filled(server=server, shape=shape, name=name)


async def _fill(connection: Any, organisation: UUID, shape: Shape) -> None:
    await connection.execute("SET synchronous_commit = off; SET work_mem = '64MB'; SET maintenance_work_mem = '256MB'")
    async with lenient(connection):
        await people.people(connection, organisation, scale=shape.scale, today=datetime.now(_ZONE).date())
        await connection.execute("ANALYZE")
        await connection.execute((_FILLING / "careers.sql").read_text("utf-8"))
        if shape.tenants > 1:
            await tenants.multiply(connection, shape.tenants)
    await nothing_falls_due(connection)
    await bare.bare(connection, organisation)
    await connection.execute("VACUUM (ANALYZE)")


async def empty(server: EmbeddedPostgres, name: str) -> Filled:
    """A new database with the schema and an organisation without anybody, in place of an earlier one."""
    async with connected(server.admin_url) as admin:
        await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await create_database(server, name)
    await migrate(server.url(OWNER_ROLE, name), service_role=SERVICE_ROLE)
    database = Filled(server=server, shape=Shape(name="empty", scale=0), name=name)
    await people.found(database.service_url, SLUG)
    return database
