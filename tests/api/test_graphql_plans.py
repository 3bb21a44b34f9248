"""A document that is known is not walked again, and still answers what it was asked this time."""

from typing import Any

import pytest

from service.api.graphql.selecting import Selecting
from service.domain.actor import Role
from tests.municipality import Municipality

DOCUMENT = """
query People($first: Int!, $after: ID, $name: String, $wanted: Boolean! = true) {
  persons(first: $first, after: $after, filter: {name: $name}, orderBy: name_ASC) {
    nodes { givenName @include(if: $wanted) familyName @skip(if: $wanted) }
    pageInfo { endCursor hasNextPage }
  }
}
"""


@pytest.fixture
async def people(town: Municipality) -> Municipality:
    for name in ("Anna Ager", "Bent Berg", "Carl Carlsen", "Dorte Dahl"):
        await town.person(name)
    return town


async def asked(town: Municipality, document: str, **variables: Any) -> Any:
    async with town.client(None, Role.HR) as hr:
        body = (await hr.post("/graphql", json={"query": document, "variables": variables})).json()
    assert "errors" not in body, body
    return body["data"]


async def test_the_values_of_variables_are_those_of_each_request(people: Municipality) -> None:
    document = DOCUMENT.replace("$after: ID", "$after: String")

    async def names(**variables: Any) -> tuple[list[Any], Any]:
        page = (await asked(people, document, **variables))["persons"]
        return [next(iter(node.values())) for node in page["nodes"]], page["pageInfo"]

    first, facts = await names(first=2)
    assert (first, facts["hasNextPage"]) == (["Anna", "Bent"], True)
    rest, facts = await names(first=2, after=facts["endCursor"])
    assert (rest, facts["hasNextPage"]) == (["Carl", "Dorte"], False)
    assert (await names(first=3))[0] == ["Anna", "Bent", "Carl"]
    assert (await names(first=2, name="d"))[0] == ["Dorte"]
    assert (await names(first=2, name="b"))[0] == ["Bent"]
    assert (await names(first=2, name=None))[0] == ["Anna", "Bent"]
    assert (await names(first=1, wanted=False))[0] == ["Ager"]
    assert (await names(first=1, wanted=True))[0] == ["Anna"]


async def test_one_document_reads_one_person_after_the_other_and_is_walked_once(
    people: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = "query One($id: ID!) { person(id: $id) { givenName placements(first: 3) { nodes { id } } } }"
    assert (await asked(people, document, id=str(people.people["Anna"])))["person"]["givenName"] == "Anna"

    def walked(*_: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(Selecting, "selection", walked)
    assert (await asked(people, document, id=str(people.people["Carl"])))["person"]["givenName"] == "Carl"


async def test_a_value_that_costs_too_much_is_refused_however_well_known_the_document(people: Municipality) -> None:
    document = "query P($first: Int!) { persons(first: $first) { nodes { placements(first: 200) { nodes { id } } } } }"
    await asked(people, document, first=2)
    async with people.client(None, Role.HR) as hr:
        body = (await hr.post("/graphql", json={"query": document, "variables": {"first": 200}})).json()
    assert body["errors"][0]["extensions"]["code"] == "graphql_limit"
    assert "40200" in body["errors"][0]["message"]
