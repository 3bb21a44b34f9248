"""The GraphQL door: documents of any shape, compiled; the same rules as over REST."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from service.domain.actor import Role
from service.domain.units.model import UnitKind
from tests.municipality import Municipality


async def ask(client: httpx.AsyncClient, query: str, **variables: Any) -> Any:
    answer = await client.post("/graphql", json={"query": query, "variables": variables})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_unit_is_read_with_its_relations_under_the_readers_own_names(town: Municipality) -> None:
    top = await town.unit("Top", UnitKind.ADMINISTRATION)
    below = await town.unit("Below", parent=top)
    director = await town.leader("Dorthe Holm", top)
    answer = await ask(
        town.client(None, Role.HR),
        """
        query Unit($id: ID!, $withManager: Boolean!) {
          it: unit(id: $id) { ...names above: parent { ...names manager @include(if: $withManager) { name } } }
        }
        fragment names on Unit { id called: name __typename kind }
        """,
        id=str(below),
        withManager=True,
    )
    assert answer == {
        "data": {
            "it": {
                "id": str(below),
                "called": "Below",
                "__typename": "Unit",
                "kind": "department",
                "above": {
                    "id": str(top),
                    "called": "Top",
                    "__typename": "Unit",
                    "kind": "administration",
                    "manager": {"name": "Dorthe Holm"},
                },
            }
        }
    }
    assert director


async def test_connections_nest_each_with_its_own_page(town: Municipality) -> None:
    top = await town.unit("Top", UnitKind.ADMINISTRATION)
    for name in ("Ask", "Birk", "Eg"):
        unit = await town.unit(name, parent=top)
        await town.person(f"Person{name}", unit)
    query = """
        query Page($after: String) {
          units(first: 1, filter: {kind: [administration]}) {
            totalCount
            edges { cursor node {
              name
              units(first: 2, after: $after, orderBy: name_DESC) {
                totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
                nodes { name engagements { nodes { person { givenName } } } }
              }
            } }
          }
        }
    """
    hr = town.client(None, Role.HR)
    first = (await ask(hr, query))["data"]["units"]
    assert first["totalCount"] == 1
    below = first["edges"][0]["node"]["units"]
    assert [one["name"] for one in below["nodes"]] == ["Eg", "Birk"]
    assert below["totalCount"] == 3
    assert below["pageInfo"]["hasNextPage"] is True
    assert below["nodes"][0]["engagements"]["nodes"] == [{"person": {"givenName": "PersonEg"}}]
    second = (await ask(hr, query, after=below["pageInfo"]["endCursor"]))["data"]["units"]
    below = second["edges"][0]["node"]["units"]
    assert [one["name"] for one in below["nodes"]] == ["Ask"]
    assert below["pageInfo"]["hasNextPage"] is False
    assert below["pageInfo"]["hasPreviousPage"] is True


async def test_a_page_of_which_nothing_but_a_fact_is_wanted_is_answered_once_however_many_rows_it_has(
    town: Municipality,
) -> None:
    top = await town.unit("Top", UnitKind.ADMINISTRATION)
    for name in ("Ask", "Birk"):
        await town.unit(name, parent=top)
    query = """
        query Facts($id: ID!) {
          unit(id: $id) { units { totalCount } engagements { totalCount pageInfo { hasPreviousPage } } }
          units { __typename }
          persons { totalCount }
        }
    """
    assert await ask(town.client(None, Role.HR), query, id=str(top)) == {
        "data": {
            "unit": {
                "units": {"totalCount": 2},
                "engagements": {"totalCount": 0, "pageInfo": {"hasPreviousPage": False}},
            },
            "units": {"__typename": "UnitConnection"},
            "persons": {"totalCount": 0},
        }
    }


async def test_node_finds_whatever_has_the_id(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    person = await town.person("Mette", unit)
    query = "query N($id: ID!) { node(id: $id) { __typename id ... on Unit { name } ... on Person { givenName } } }"
    hr = town.client(None, Role.HR)
    assert (await ask(hr, query, id=str(unit)))["data"]["node"] == {
        "__typename": "Unit",
        "id": str(unit),
        "name": "Skolen",
    }
    assert (await ask(hr, query, id=str(person)))["data"]["node"]["givenName"] == "Mette"
    assert (await ask(hr, query, id=str(uuid4())))["data"]["node"] is None


async def test_several_mutations_in_a_document_are_one_transaction(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    query = """
        mutation Two($parent: ID) {
          a: defineUnit(input: {name: "A", kind: team}) { unit { id name version } }
          b: defineUnit(input: {name: "B", kind: team, parentId: $parent}) { unit { id } }
        }
    """
    answer = await ask(hr, query, parent=str(uuid4()))
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "not_found"
    assert (await hr.get("/v1/units")).json()["items"] == []
    answer = await ask(hr, query)
    assert answer["data"]["a"]["unit"]["name"] == "A"
    assert answer["data"]["a"]["unit"]["version"] == 1


async def test_a_command_is_refused_for_the_same_reason_with_the_same_code(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    await town.person("Mette", unit)
    change = 'mutation C($id: ID!) { changeUnit(input: {id: $id, name: "Min"}) { unit { id } } }'
    refused = await ask(town.client("Mette"), change, id=str(unit))
    assert refused["errors"][0]["extensions"]["code"] == "not_allowed"
    assert refused["errors"][0]["extensions"]["type"] == "/problems/not_allowed"
    stale = await ask(
        town.client(None, Role.HR),
        "mutation C($id: ID!) { changeUnit(input: {id: $id, expectedVersion: 7}) { unit { id } } }",
        id=str(unit),
    )
    assert stale["errors"][0]["extensions"]["code"] == "stale_version"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("{ units(first: 200) { nodes { units(first: 200) { nodes { id } } } } }", "rows"),
        ("{ units { nodes { " + "parent { " * 12 + "id" + " }" * 15, "depth"),
        ("{ " + " ".join(f"a{i}: me {{ subject }}" for i in range(61)) + " }", "aliases"),
    ],
)
async def test_a_document_that_asks_for_too_much_is_refused_with_the_number(
    town: Municipality, query: str, said: str
) -> None:
    answer = await ask(town.client(None, Role.HR), query)
    assert answer["errors"][0]["extensions"]["code"] == "graphql_limit"
    assert said in answer["errors"][0]["message"]


async def test_the_schema_can_be_read_without_a_token_and_nothing_else_can(town: Municipality) -> None:
    async with httpx.AsyncClient(transport=town.transport, base_url="http://test") as nobody:
        schema = await ask(nobody, '{ __schema { queryType { name } } me: __type(name: "Me") { kind } }')
        assert schema["data"] == {"__schema": {"queryType": {"name": "Query"}}, "me": {"kind": "OBJECT"}}
        refused = await nobody.post("/graphql", json={"query": "{ me { subject } }"})
        assert refused.status_code == 401


async def test_over_the_new_media_type_a_document_that_does_not_fit_is_a_bad_request(town: Municipality) -> None:
    headers = {"Accept": "application/graphql-response+json"}
    answer = await town.client(None, Role.HR).post("/graphql", json={"query": "{ nothing }"}, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/graphql-response+json")
