"""The oldest Postgres that the service runs on: its schema, and the whole journey over both doors.

`TALENTSPOR_TEST_POSTGRES` makes every test run on another than the embedded one.
"""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import pytest

from service.databases import OLDEST, examine
from service.embedded import EmbeddedPostgres
from service.main import Rooms, rooms
from service.repo.migrating import current, migrate
from service.settings import Settings
from tests.clock import MovableClock
from tests.conftest import RUN
from tests.journeys.test_journey_graphql import test_somebody_seen_as_a_talent_becomes_a_leader_over_graphql as graphql
from tests.journeys.test_journey_rest import test_somebody_seen_as_a_talent_becomes_a_leader_over_rest as rest
from tests.municipality import Municipality, development_key, municipality
from tests.servers import create_database, installed_postgres

PROGRAMS = Path(f"/usr/lib/postgresql/{OLDEST}/bin")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROGRAMS.exists(), reason=f"Postgres {OLDEST} is not installed"),
]


@pytest.fixture(scope="module")
def oldest() -> Generator[EmbeddedPostgres]:
    with installed_postgres(PROGRAMS) as server:
        yield server


@pytest.fixture(scope="module")
async def joined_there(oldest: EmbeddedPostgres, clock: MovableClock) -> AsyncGenerator[Rooms]:
    name = f"oldest_{RUN}"
    await create_database(oldest, name)
    owner = oldest.url("talentspor_owner", name)
    await migrate(owner, service_role="talentspor")
    await migrate(owner, service_role="talentspor", to="base")
    assert await current(owner) is None
    await migrate(owner, service_role="talentspor")
    service = oldest.url("talentspor", name)
    settings = Settings(env="development", pool_size=4)
    await examine(service, settings)
    async with rooms(service, settings, development=development_key(), clock=clock) as joined:
        connection: Any = joined.database.pool
        assert (await connection.fetchval("SHOW server_version")).startswith(f"{OLDEST}.")
        yield joined


@pytest.fixture
async def there(joined_there: Rooms) -> AsyncGenerator[tuple[Municipality, Municipality]]:
    async with municipality(joined_there) as town, municipality(joined_there) as other_town:
        yield town, other_town


async def test_the_whole_journey_passes_there_over_rest(
    there: tuple[Municipality, Municipality], clock: MovableClock
) -> None:
    await rest(*there, clock)


async def test_the_whole_journey_passes_there_over_graphql(
    there: tuple[Municipality, Municipality], clock: MovableClock, tmp_path: Path
) -> None:
    await graphql(*there, clock, tmp_path)
