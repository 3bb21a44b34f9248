"""GraphQL over HTTP: each MUST of the specification's audit, and the SHOULDs and MAYs that this service follows."""

import json
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from service.domain.actor import Role
from tests.municipality import Municipality

JSON = "application/json"
NEW = "application/graphql-response+json"
BOTH = pytest.mark.parametrize("accept", [JSON, NEW])


@pytest.fixture
async def anybody(town: Municipality) -> AsyncGenerator[httpx.AsyncClient]:
    """A client without a token: the schema is no secret."""
    async with httpx.AsyncClient(transport=town.transport, base_url="http://test") as found:
        yield found


async def post(client: httpx.AsyncClient, body: Any, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {"content-type": JSON, "accept": JSON} | {name.replace("_", "-"): one for name, one in headers.items()}
    return await client.post("/graphql", content=content, headers=named)


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (JSON, f"{JSON}; charset=utf-8"),
        (NEW, NEW),
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{NEW}; charset=utf-8, {JSON}; q=0.9", NEW),
        (f"text/html, {JSON}", f"{JSON}; charset=utf-8"),
    ],
)
async def test_4655_the_answer_has_the_media_type_that_was_asked_for(
    anybody: httpx.AsyncClient, accept: str, answered: str
) -> None:
    answer = await post(anybody, {"query": "{ __typename }"}, accept=accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == answered


async def test_a_media_type_that_is_not_spoken_here_is_not_acceptable(anybody: httpx.AsyncClient) -> None:
    assert (await post(anybody, {"query": "{ __typename }"}, accept="text/html")).status_code == 406


@pytest.mark.parametrize("content_type", [JSON, f"{JSON}; charset=utf-8", f"{JSON}; charset=UTF-8"])
async def test_82A3_BF61_78D5_a_request_is_utf_8_said_or_not_and_so_is_the_answer(
    town: Municipality, content_type: str
) -> None:
    await town.unit("Ældre på Øen")
    query = '{ units(filter: {name: "Ældre på Ø"}) { nodes { name } } }'
    body = json.dumps({"query": query}, ensure_ascii=False).encode("utf-8")
    answer = await post(town.client(None, Role.HR), body, content_type=content_type)
    assert answer.status_code == 200
    assert "Ældre på Øen".encode() in answer.content


@BOTH
async def test_2C94_03D4_a_query_goes_over_POST_as_JSON(anybody: httpx.AsyncClient, accept: str) -> None:
    answer = await post(anybody, {"query": "{ __typename }"}, accept=accept)
    assert answer.status_code == 200
    assert answer.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_a_body_in_another_form_is_refused(anybody: httpx.AsyncClient, content_type: str) -> None:
    answer = await post(anybody, {"query": "{ __typename }"}, content_type=content_type)
    assert answer.status_code == 415


@BOTH
async def test_13EE_B8B3_the_query_and_the_operations_name_are_strings(anybody: httpx.AsyncClient, accept: str) -> None:
    body = {"query": "query One { __typename } query Two { two: __typename }", "operationName": "Two"}
    answer = await post(anybody, body, accept=accept)
    assert answer.status_code == 200
    assert answer.json() == {"data": {"two": "Query"}}


@BOTH
@pytest.mark.parametrize("name", ["variables", "operationName", "extensions"])
async def test_0220_0221_0222_what_is_optional_may_be_null(anybody: httpx.AsyncClient, accept: str, name: str) -> None:
    answer = await post(anybody, {"query": "{ __typename }", name: None}, accept=accept)
    assert answer.status_code == 200
    assert "errors" not in answer.json()


@BOTH
async def test_28B9_variables_are_a_map(anybody: httpx.AsyncClient, accept: str) -> None:
    query = "query Type($name: String!) { __type(name: $name) { name } }"
    answer = await post(anybody, {"query": query, "variables": {"name": "Unit"}}, accept=accept)
    assert answer.status_code == 200
    assert answer.json() == {"data": {"__type": {"name": "Unit"}}}


@BOTH
async def test_1B7A_extensions_are_a_map(anybody: httpx.AsyncClient, accept: str) -> None:
    answer = await post(anybody, {"query": "{ __typename }", "extensions": {"of": "mine"}}, accept=accept)
    assert answer.status_code == 200
    assert "errors" not in answer.json()


@BOTH
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"{ __typename }"',
        b"{}",
        b'{"query": "{ __typename }", "variables": {"a": NaN}}',
        b'{"query": "\xed\xa0\x80"}',
        b"[" * 5_000 + b"]" * 5_000,
        *[b'{"query": %s}' % one for one in (b"{}", b"0", b"false", b'["a"]', b"null", b'""')],
        *[b'{"query": "{ __typename }", "operationName": %s}' % one for one in (b"{}", b"0", b"false", b'["a"]')],
        *[b'{"query": "{ __typename }", "variables": %s}' % one for one in (b'"a"', b"0", b"false", b'["a"]')],
        *[b'{"query": "{ __typename }", "extensions": %s}' % one for one in (b'"a"', b"0", b"false", b'["a"]')],
    ],
)
async def test_what_is_no_graphql_request_is_a_bad_request(
    anybody: httpx.AsyncClient, accept: str, body: bytes
) -> None:
    answer = await post(anybody, body, accept=accept)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "graphql_invalid"


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{"},
        {"query": "{ nothingOfThatName }"},
        {"query": "query A { __typename } query B { __typename }"},
        {"query": "query Id($id: ID!) { unit(id: $id) { id } }", "variables": {"id": None}},
    ],
    ids=["not parsed", "not valid", "which operation", "variables that do not fit"],
)
async def test_a_document_that_cannot_run_is_200_in_plain_json_and_400_in_the_new_media_type(
    anybody: httpx.AsyncClient, town: Municipality, body: dict[str, Any]
) -> None:
    client = town.client(None, Role.HR) if "variables" in body else anybody
    for accept, status in ((JSON, 200), (NEW, 400)):
        answer = await post(client, body, accept=accept)
        assert answer.status_code == status
        assert answer.json()["errors"]
        assert "data" not in answer.json()


@BOTH
async def test_a_query_may_be_asked_by_GET_with_its_variables(anybody: httpx.AsyncClient, accept: str) -> None:
    query = "query Type($name: String!) { __type(name: $name) { name } }"
    variables = json.dumps({"name": "Unit"})
    answer = await anybody.get(
        f"/graphql?query={quote(query)}&variables={quote(variables)}", headers={"accept": accept}
    )
    assert answer.status_code == 200
    assert answer.json() == {"data": {"__type": {"name": "Unit"}}}


async def test_a_mutation_never_goes_over_GET(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    mutation = 'mutation { defineUnit(input: {name: "A", kind: team}) { unit { id } } }'
    answer = await hr.get("/graphql", params={"query": mutation}, headers={"accept": JSON})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert (await hr.get("/v1/units")).json()["items"] == []


DEFINE = "mutation($name: String!) { defineUnit(input: {name: $name, kind: team}) { unit { id } } }"
FIND = "query($name: String) { units(filter: {name: $name}) { totalCount } }"
SINCE = "query($at: DateTime) { units(filter: {updatedSince: $at}) { totalCount } }"
HOURS = """mutation($hours: Decimal, $id: ID!) {
    changeEngagement(input: {id: $id, weeklyHours: $hours}) { engagement { id } }
}"""


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (DEFINE, {"name": "a\x00b"}),
        (FIND, {"name": "a\x00b"}),
        (FIND, {"name": "x" * 2_001}),
        ('{ units(filter: {name: "a\\u0000b"}) { totalCount } }', {}),
        (SINCE, {"at": "2026-01-31T08:00:00"}),
        (SINCE, {"at": "0001-01-01T00:00:00+14:00"}),
        (SINCE, {"at": "9999-12-31T23:59:59-14:00"}),
        ('{ units(after: "\\u0000") { totalCount } }', {}),
        ('{ unit(id: "01973a5e") { id } }', {}),
        (HOURS, {"hours": "NaN", "id": "01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e"}),
        (HOURS, {"hours": "1E+400", "id": "01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e"}),
    ],
)
async def test_a_value_that_no_field_can_have_is_refused_with_a_code(
    town: Municipality, query: str, variables: dict[str, Any]
) -> None:
    answer = await post(town.client(None, Role.HR), {"query": query, "variables": variables})
    assert answer.status_code == 200
    (error,) = answer.json()["errors"]
    assert error["extensions"]["status"] == 422
