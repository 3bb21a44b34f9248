"""Prometheus is told how long what takes, by operation."""

import re

from service.domain.actor import Role
from tests.municipality import Municipality


async def told(town: Municipality, name: str) -> float:
    async with town.client(None, Role.HR) as hr:
        text = (await hr.get("/metrics")).text
    found = re.search(rf"^{re.escape(name)} ([0-9.e+-]+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


async def test_requests_are_counted_by_what_was_asked_for(town: Municipality) -> None:
    asked = {
        "GET /v1/units/{id}": 'talentspor_requests_total{operation="GET /v1/units/{id}",status="404"}',
        "query units": 'talentspor_requests_total{operation="query units",status="200"}',
        "unmatched": 'talentspor_requests_total{operation="unmatched",status="404"}',
    }
    before = {name: await told(town, metric) for name, metric in asked.items()}
    async with town.client(None, Role.HR) as hr:
        await hr.get("/v1/units/01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e")
        await hr.post("/graphql", json={"query": "{ mine: units { nodes { id } } }"})
        await hr.get("/v1/nothing-of-the-kind")
    assert {name: await told(town, metric) - before[name] for name, metric in asked.items()} == dict.fromkeys(asked, 1)


async def test_readings_transactions_and_waits_for_a_connection_are_timed(town: Municipality) -> None:
    reading = 'talentspor_statement_seconds_count{reading="Unit page"}'
    names = (reading, "talentspor_transaction_seconds_count", "talentspor_pool_wait_seconds_count")
    before = [await told(town, name) for name in names]
    async with town.client(None, Role.HR) as hr:
        assert (await hr.get("/v1/units")).status_code == 200
        assert (await hr.post("/v1/units", json={"name": "Skolen", "kind": "department"})).status_code == 201
    after = [await told(town, name) for name in names]
    assert after[0] == before[0] + 1
    assert after[1] > before[1]
    assert after[2] >= before[2] + 2
    async with town.client(None, Role.HR) as hr:
        assert 'talentspor_pool_connections{state="idle"}' in (await hr.get("/metrics")).text
