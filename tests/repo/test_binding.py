"""Both ways of binding a connection to its organisation; `transaction` is the one behind PgBouncer."""

from collections.abc import AsyncGenerator

import pytest

from service.domain.actor import Role
from service.main import Rooms, rooms
from service.settings import Settings
from tests.clock import MovableClock
from tests.municipality import development_key, municipality


@pytest.fixture(params=["session", "transaction"])
async def bound(database: str, clock: MovableClock, request: pytest.FixtureRequest) -> AsyncGenerator[Rooms]:
    settings = Settings(env="development", pool_size=1, database_binding=request.param)
    async with rooms(database, settings, development=development_key(), clock=clock) as found:
        yield found


async def test_one_connection_serves_two_organisations_without_mixing_them(bound: Rooms) -> None:
    async with municipality(bound) as one, municipality(bound) as other:
        mine, theirs = await one.unit("Mine"), await other.unit("Theirs")
        for _ in range(3):
            for town, own, foreign in ((one, mine, theirs), (other, theirs, mine)):
                hr = town.client(None, Role.HR)
                listed = (await hr.get("/v1/units")).json()["items"]
                assert [item["id"] for item in listed] == [str(own)]
                assert (await hr.get(f"/v1/units/{foreign}")).status_code == 404
                refused = await hr.patch(f"/v1/units/{own}", json={"parentId": str(own)})
                assert refused.json()["code"] == "unit_cycle"


async def test_nothing_is_half_written_when_a_command_fails_late(bound: Rooms) -> None:
    async with municipality(bound) as town:
        hr = town.client(None, Role.HR)
        query = """mutation { a: defineUnit(input: {name: "A", kind: team}) { unit { id } }
                              b: closeUnit(input: {id: "01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e", on: "2026-01-01"})
                                 { unit { id } } }"""
        answer = await hr.post("/graphql", json={"query": query})
        assert answer.json()["errors"][0]["extensions"]["code"] == "not_found"
        assert (await hr.get("/v1/units")).json()["items"] == []
        assert [one["type"] for one in (await hr.get("/v1/events")).json()["items"]] == ["organisation.founded"]
