"""Through a PgBouncer in transaction mode: two connections to Postgres for everybody, a transaction at a time."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from service.databases import Refusal, examine
from service.domain.actor import Role
from service.embedded import EmbeddedPostgres
from service.main import Rooms, rooms
from service.repo.founding import all_organisations, organisation_of
from service.settings import Settings
from tests.clock import MovableClock
from tests.importing import imported, stored, written
from tests.municipality import Municipality, development_key, municipality
from tests.servers import pgbouncer

pytestmark = pytest.mark.slow
CLIENTS = 12


@pytest.fixture(scope="module")
async def pooled(postgres: EmbeddedPostgres, database: str, clock: MovableClock) -> AsyncGenerator[Rooms]:
    settings = Settings(env="development", pool_size=CLIENTS, database_binding="transaction")
    with pgbouncer(postgres, urlsplit(database).path.strip("/"), connections=2) as address:
        await examine(address, settings)
        async with rooms(address, settings, development=development_key(), clock=clock) as joined:
            yield joined


async def test_bound_by_session_the_service_says_what_to_set_instead(postgres: EmbeddedPostgres, database: str) -> None:
    name, wanted = urlsplit(database).path.strip("/"), "TALENTSPOR_DATABASE_BINDING=transaction"
    with pgbouncer(postgres, name, connections=2) as address, pytest.raises(Refusal, match=wanted):
        await examine(address, Settings())


async def worked(town: Municipality, other: Municipality, number: int) -> None:
    """What a client does: writes, reads it back, looks for the other's, is refused, and is told what happened."""
    hr: httpx.AsyncClient = town.client(None, Role.HR)
    made = await hr.post("/v1/units", json={"name": f"Skole {number}", "kind": "institution"})
    assert made.status_code == 201, made.text
    url = made.headers["location"]
    assert (await hr.get(url)).json()["name"] == f"Skole {number}"
    assert (await other.client(None, Role.HR).get(url)).status_code == 404
    identity = made.json()["id"]
    cycle = await hr.patch(url, json={"parentId": identity})
    assert cycle.json()["code"] == "unit_cycle", cycle.text
    changed = await hr.patch(url, json={"costCentre": "4711"}, headers={"If-Match": made.headers["etag"]})
    assert changed.status_code == 200, changed.text
    query = f'{{ unit(id: "{identity}") {{ costCentre }} node(id: "{identity}") {{ id }} }}'
    answer = (await hr.post("/graphql", json={"query": query})).json()
    assert answer == {"data": {"unit": {"costCentre": "4711"}, "node": {"id": identity}}}


async def test_two_organisations_share_two_connections_and_never_meet(pooled: Rooms) -> None:
    async with municipality(pooled) as one, municipality(pooled) as other:
        pairs = [(one, other), (other, one)]
        await asyncio.gather(*(worked(*pairs[i % 2], i) for i in range(CLIENTS)))
        for town, parity in ((one, 0), (other, 1)):
            listed = (await town.client(None, Role.HR).get("/v1/units")).json()["items"]
            assert {unit["name"] for unit in listed} == {f"Skole {i}" for i in range(parity, CLIENTS, 2)}


async def test_what_is_asked_before_an_organisation_is_known_is_answered_beside_other_work(pooled: Rooms) -> None:
    async with municipality(pooled) as town:
        slug = (await town.client(None, Role.HR).get("/v1/organisation")).json()["slug"]

        async def asked() -> None:
            for _ in range(10):
                assert await pooled.context.ready() is None
                assert await organisation_of(pooled.database, slug) == town.organisation
                assert town.organisation in await all_organisations(pooled.database)
                assert await pooled.context.authenticator.issuers.find("https://unknown.example") is None

        async def beside() -> None:
            for _ in range(10):
                assert (await town.client(None, Role.HR).get("/v1/units")).status_code == 200

        await asyncio.gather(*(each() for _ in range(CLIENTS // 2) for each in (asked, beside)))


async def test_an_import_goes_through_it(pooled: Rooms, tmp_path: Path) -> None:
    async with municipality(pooled) as one, municipality(pooled) as other:
        export = written(tmp_path)
        await asyncio.gather(imported(one, export), imported(other, export))
        assert (await imported(one, export)).changes_nothing
        assert len(await stored(other, "person")) == 3
