"""One migrated Postgres for the whole run; every test has organisations of its own in it."""

import os
import signal
import tempfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any, cast

import asyncpg
import pytest

from service.embedded import EmbeddedPostgres, embedded
from service.logs import configure
from service.main import Rooms, rooms
from service.repo.migrating import migrate
from service.settings import Settings
from tests.clock import MovableClock
from tests.municipality import Municipality, development_key, municipality
from tests.servers import create_database, installed_postgres

# A run in the background of a shell without job control ignores Ctrl-C, and so would every program that it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# As in production: a traceback without the values of local variables, which take minutes to print.
configure(form="json", level="warning")

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[-12:]
DATABASE = f"test_{RUN}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
# Postgres does not run as root, and its account must be able to enter the folder: pytest's own is closed to it.
FOLDER = Path(tempfile.gettempdir()) / f"talentspor-tests-{os.getuid()}"


@pytest.fixture(scope="session")
def postgres() -> Generator[EmbeddedPostgres]:
    """The embedded server of the test run, or one of `TALENTSPOR_TEST_POSTGRES`, a folder of Postgres' programs.

    Parallel workers share it, the last one stops it.
    """
    programs = os.environ.get("TALENTSPOR_TEST_POSTGRES")
    with installed_postgres(Path(programs)) if programs else embedded(FOLDER, durable=False) as server:
        yield server


@pytest.fixture(scope="session")
async def database(postgres: EmbeddedPostgres) -> AsyncGenerator[str]:
    """The URL of a migrated database of this worker's own, as the service's role; gone afterwards."""
    await create_database(postgres, DATABASE)
    await migrate(postgres.url("talentspor_owner", DATABASE), service_role="talentspor")
    yield postgres.url("talentspor", DATABASE)
    admin = cast("Any", await asyncpg.connect(postgres.admin_url))
    await admin.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    await admin.close()


@pytest.fixture
async def lonely(postgres: EmbeddedPostgres) -> AsyncGenerator[str]:
    """The URL of a migrated database of the test's own: for what looks at every organisation there is."""
    name = f"lonely_{RUN}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    await create_database(postgres, name)
    await migrate(postgres.url("talentspor_owner", name), service_role="talentspor")
    yield postgres.url("talentspor", name)
    admin = cast("Any", await asyncpg.connect(postgres.admin_url))
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture(scope="session")
def owner(postgres: EmbeddedPostgres, database: str) -> str:
    """The URL of the same database as the role that owns the schema."""
    del database  # it is there by then
    return postgres.url("talentspor_owner", DATABASE)


@pytest.fixture(scope="session")
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture(autouse=True)
def on_time(clock: MovableClock) -> None:
    """Each test begins on the same Monday morning, whatever the one before it did to the clock."""
    clock.now = MovableClock().now


@pytest.fixture(scope="session")
async def joined(database: str, clock: MovableClock) -> AsyncGenerator[Rooms]:
    """The rooms over the test database, with the movable clock and the development issuer."""
    settings = Settings(env="development", pool_size=8)
    async with rooms(database, settings, development=development_key(), clock=clock) as found:
        yield found


@pytest.fixture
async def alone(lonely: str, clock: MovableClock) -> AsyncGenerator[Rooms]:
    """Rooms over a database in which no other test founds organisations."""
    before = clock.now
    settings = Settings(env="development", pool_size=8)
    async with rooms(lonely, settings, development=development_key(), clock=clock) as joined:
        yield joined
    clock.now = before


@pytest.fixture
async def town(joined: Rooms) -> AsyncGenerator[Municipality]:
    """A municipality of the test's own."""
    async with municipality(joined) as found:
        yield found


@pytest.fixture
async def other_town(joined: Rooms) -> AsyncGenerator[Municipality]:
    """Another organisation, to which nothing of the first may leak."""
    async with municipality(joined) as found:
        yield found
