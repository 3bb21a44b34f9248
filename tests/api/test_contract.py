"""The contract files: current, described whole, and the same operations as the application's own."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType

from service.api.graphql.schema import schema
from service.api.rest.contract import contract
from service.api.routing import routes_of
from service.contract import check
from service.domain.catalogue import VIEWS
from service.domain.reading import View
from tests.municipality import Municipality

ROOT = Path(__file__).parents[2]
METHODS = ("get", "post", "patch", "put", "delete")
DOCUMENT = contract("test")


def spelled_out(name: str) -> str:
    """`hostUnitId` → `host unit id`."""
    return re.sub(r"([A-Z])", r" \1", name).lower()


def says_more(description: str | None, name: str) -> bool:
    return bool(description) and str(description).strip(" .").lower() != spelled_out(name)


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


EVERY_OPERATION = pytest.mark.parametrize(
    "operation", [pytest.param(one, id=one["operationId"]) for _, _, one in operations()]
)


def test_the_contract_files_are_what_the_code_says() -> None:
    assert check(ROOT) == []


def test_every_rest_route_stands_in_the_document_and_every_documented_operation_has_a_route(
    town: Municipality,
) -> None:
    app: Any = town.transport.app
    while not hasattr(app, "routes"):
        app = app.app
    routed = {
        (method, one.path_format)
        for one in routes_of(app).routes
        if one.path.startswith("/v1")
        for method in one.methods or ()
        if method != "HEAD"
    }
    assert routed == {(method, path) for method, path, _ in operations()}


def test_no_two_operations_have_the_same_id() -> None:
    ids = [one["operationId"] for _, _, one in operations()]
    assert len(ids) == len(set(ids))


@EVERY_OPERATION
def test_an_operation_says_what_it_does_and_how_it_is_refused(operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert not operation["summary"].endswith(".")
    (tag,) = operation["tags"]
    assert tag in {one["name"] for one in DOCUMENT["tags"]}
    refused = {status for status in operation["responses"] if status >= "400"}
    assert "401" in refused
    for status in refused:
        assert operation["responses"][status] == {"$ref": f"#/components/responses/Problem{status}"}
    assert all("description" in one or "$ref" in one for one in operation["parameters"])


def test_every_operation_wants_a_bearer_token() -> None:
    assert DOCUMENT["security"] == [{"bearer": []}]
    assert not any("security" in one for _, _, one in operations())
    assert DOCUMENT["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


@EVERY_OPERATION
def test_a_body_and_an_answer_have_an_example(operation: dict[str, Any]) -> None:
    bodies = [operation["requestBody"]] if "requestBody" in operation else []
    answers = [one for status, one in operation["responses"].items() if status < "300"]
    for told in (*bodies, *answers):
        for media_type, content in told["content"].items():
            assert "example" in content or content["examples"], media_type


@pytest.mark.parametrize("name", DOCUMENT["components"]["schemas"])
def test_every_schema_and_every_property_says_what_it_means(name: str) -> None:
    told = DOCUMENT["components"]["schemas"][name]
    assert told["description"]
    for property_name, part in told.get("properties", {}).items():
        assert says_more(part.get("description"), property_name), property_name


@pytest.mark.parametrize("name", sorted(one for one in schema().type_map if not one.startswith("__")))
def test_every_type_field_and_argument_of_graphql_says_what_it_means(name: str) -> None:
    kind: Any = schema().type_map[name]
    assert kind.description
    if isinstance(kind, GraphQLEnumType):
        return
    for field_name, field in getattr(kind, "fields", {}).items():
        assert says_more(field.description, field_name), f"{name}.{field_name}"
        for argument_name, argument in getattr(field, "args", {}).items():
            assert says_more(argument.description, argument_name), f"{name}.{field_name}({argument_name})"


@pytest.mark.parametrize("view", [pytest.param(one, id=one.name) for one in VIEWS.values()])
def test_a_field_of_a_view_stands_at_both_doors(view: View) -> None:
    rest = DOCUMENT["components"]["schemas"][view.name]["properties"]
    graphql: Any = schema().type_map[view.name]
    assert set(rest) == set(graphql.fields) == {*view.all_fields, *view.all_relations}
