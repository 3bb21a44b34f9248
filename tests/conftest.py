"""One migrated Postgres for the whole run; every test has organisations of its own in it."""

import fcntl
import os
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from service.embedded import EmbeddedPostgres, create_database, embedded
from service.main import Rooms, rooms
from service.repo.migrating import migrate
from service.settings import Settings
from tests.clock import MovableClock
from tests.municipality import Municipality, development_key, municipality


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Generator[EmbeddedPostgres]:
    """The embedded server of this test run; parallel workers share it."""
    del tmp_path_factory
    folder = Path("/var/tmp" if os.geteuid() == 0 else os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))  # noqa: S108
    with embedded(folder / "talentspor-tests", durable=False) as server:
        yield server


@pytest.fixture(scope="session")
async def database(postgres: EmbeddedPostgres) -> str:
    """The URL of a migrated database, as the service's role. Parallel workers agree on who migrates."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    name = f"test_{run[-12:]}"
    with Path(f"/tmp/talentspor-{run}.lock").open("w") as lock:  # noqa: S108, ASYNC230
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            await create_database(postgres, name)
        except Exception as error:
            if "already exists" not in str(error):
                raise
        else:
            await migrate(postgres.url("talentspor_owner", name), service_role="talentspor")
    return postgres.url("talentspor", name)


@pytest.fixture(scope="session")
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture(scope="session")
async def joined(database: str, clock: MovableClock) -> AsyncGenerator[Rooms]:
    """The rooms over the test database, with the movable clock and the development issuer."""
    settings = Settings(env="development", pool_size=8)
    async with rooms(database, settings, development=development_key(), clock=clock) as found:
        yield found


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
