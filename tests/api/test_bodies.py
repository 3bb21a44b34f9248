"""What a REST request may hold: JSON as JSON Schema reads it, and nothing that no field can have."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.domain.actor import Role
from tests.municipality import Municipality


async def sent(client: httpx.AsyncClient, body: bytes, path: str = "/v1/units") -> httpx.Response:
    return await client.post(path, content=body, headers={"content-type": "application/json"})


def pointers(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "malformed"
    return [one["pointer"] for one in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b'{"name": "a\\u0000b", "kind": "team"}', "/name"),
        (b'{"name": "\\ud800", "kind": "team"}', ""),
        (b'{"name": "\xed\xa0\x80", "kind": "team"}', ""),
        (b'{"name": "\xe6", "kind": "team"}', ""),
        (b'{"name": "a", \x0c"kind": "team"}', ""),
        (b'{"name": 1e400, "kind": "team"}', "/name"),
        (b'{"name": NaN, "kind": "team"}', "/name"),
        (b'{"name": ' + b"[" * 10_000 + b"]" * 10_000 + b', "kind": "team"}', ""),
        (b'{"name": ' + b"1" * 5_000 + b', "kind": "team"}', ""),
        (b'{"kind": "team"}', "/name"),
        (b'{"name": "a", "kind": "team", "__proto__": {}}', "/__proto__"),
        (b'{"name": "a", "kind": "team"} {}', ""),
        (b"null", ""),
        (b"[]", ""),
        (b"{", ""),
        ('{"name": "a", "kind": "team"}'.encode("utf-16"), ""),
    ],
)
async def test_a_body_that_no_command_can_have_is_refused_with_a_pointer(
    town: Municipality, body: bytes, pointer: str
) -> None:
    assert pointer in pointers(await sent(town.client(None, Role.HR), body))


@pytest.mark.parametrize("query", ["name=%00", "name=" + "x" * 2_001, "name=", "kind=%00", "ids=%00", "first=%D9%A1"])
async def test_a_filter_that_no_row_can_match_is_refused_with_a_pointer(town: Municipality, query: str) -> None:
    answer = await town.client(None, Role.HR).get(f"/v1/units?{query}")
    assert pointers(answer) == [f"/{query.partition('=')[0]}"]


@pytest.mark.parametrize("header", ["3", "3.0", '"3"', "'3.0'", '"3.xyz"', '"1234567890.a"', '"1.a", "2.b"', ""])
async def test_an_if_match_is_an_etag_as_it_was_read(town: Municipality, header: str) -> None:
    unit = await town.unit("Skolen")
    answer = await town.client(None, Role.HR).patch(f"/v1/units/{unit}", json={}, headers={"If-Match": header})
    assert answer.json()["code"] == "bad_if_match"


@pytest.mark.parametrize("path", ["x", "%00", "%ff", "0" * 32, "01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e%00", "nominate"])
async def test_what_is_no_id_is_no_address(town: Municipality, path: str) -> None:
    answer = await town.client(None, Role.HR).get(f"/v1/units/{path}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


async def test_an_address_says_all_that_is_possible_there(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    hr = town.client(None, Role.HR)
    for path, allowed in {
        "units": "GET, HEAD, POST",
        f"units/{unit}": "GET, HEAD, PATCH",
        f"units/{unit}/close": "POST",
        "reviews/record-talk": "POST",
        "imports": "GET, HEAD, POST",
    }.items():
        answer = await hr.delete(f"/v1/{path}")
        assert answer.status_code == 405
        assert answer.headers["allow"] == allowed


async def test_expand_follows_four_relations_one_behind_the_other(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    unit = await town.unit("Skolen")
    deep = await hr.get(f"/v1/units/{unit}?expand=parent.parent.parent.parent")
    assert deep.status_code == 200
    deeper = await hr.get(f"/v1/units/{unit}?expand=parent.parent.parent.parent.parent")
    assert pointers(deeper) == ["/expand"]


async def hours(town: Municipality, person: UUID, unit: UUID, said: Any) -> httpx.Response:
    body = {"personId": str(person), "unitId": str(unit), "positionTitle": "Lærer", "startOn": "2026-10-01"}
    return await sent(town.client(None, Role.HR), json.dumps(body | {"weeklyHours": said}).encode(), "/v1/engagements")


async def test_a_number_is_a_number_at_both_doors(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    person = await town.person("Mette Holm")
    answer = await hours(town, person, unit, 37.5)
    assert answer.status_code == 201, answer.text
    assert answer.json()["weeklyHours"] == 37.5
    for wrong in ("37.5", True, 81, -1, float("inf")):
        assert pointers(await hours(town, person, unit, wrong)) == ["/weeklyHours"]
    query = """mutation($id: ID!, $hours: Decimal) {
        changeEngagement(input: {id: $id, weeklyHours: $hours}) { engagement { weeklyHours } }
    }"""
    asked = {"query": query, "variables": {"id": answer.json()["id"], "hours": "30.25"}}
    changed = await town.client(None, Role.HR).post("/graphql", json=asked)
    assert (await town.client(None, Role.HR).get(f"/v1/engagements/{answer.json()['id']}")).json()[
        "weeklyHours"
    ] == 30.25, changed.text


async def test_a_whole_number_may_be_written_with_a_point(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    whole = await hr.patch("/v1/organisation", content=b'{"retentionMonths": 7.0}')
    assert whole.status_code == 200, whole.text
    assert whole.json()["retentionMonths"] == 7
    assert pointers(await hr.patch("/v1/organisation", content=b'{"retentionMonths": 7.5}')) == ["/retentionMonths"]
