"""A GraphQL document, run: parsed and checked once per text, compiled to readings, commands in one transaction."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,  # pyright: ignore[reportUnknownVariableType]  # generic in parts that stay unused
    parse,
    validate,
)
from graphql.execution.values import get_variable_values

from service.api.commands import read_mapping
from service.api.context import Context
from service.api.errors import described
from service.api.graphql.planning import AnyRead, ListRead, OneRead, Plans, Read, which
from service.api.graphql.schema import schema
from service.api.graphql.selecting import Selecting, identity, jsonable, over
from service.api.writing import Wish, perform
from service.domain.actor import Actor
from service.domain.catalogue import OPERATIONS
from service.domain.errors import DomainError
from service.domain.operations import Operation
from service.domain.selection import PageArguments

_KEPT = 1_000
_LONGEST = 100_000
_CREATED = 201


class Refused(Exception):  # noqa: N818  -- in line with the domain's own errors
    """A document that cannot be run at all; `errors` as GraphQL says them."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        """Keep the errors."""
        super().__init__(errors[0]["message"])
        self.errors = errors


@dataclass(frozen=True)
class Document:
    """A text that was parsed and fits the schema."""

    node: DocumentNode
    fragments: Mapping[str, FragmentDefinitionNode]
    plans: tuple[Plans, ...]

    def operation(self, name: str | None) -> Plans:
        """The operation of that name, or the only one. Raises Refused."""
        found = self.plans
        if name is not None:
            found = [one for one in found if one.operation.name and one.operation.name.value == name]
        if len(found) != 1:
            what = f"no operation {name}" if name is not None else "several operations: say which"
            raise Refused([_plain_error(f"The document has {what}.")])
        return found[0]


@dataclass(frozen=True)
class Answer:
    """What a document led to: the whole body."""

    body: bytes


@dataclass(eq=False)
class Compiled:
    """Runs documents for one context."""

    context: Context
    documents: OrderedDict[str, Document] = field(default_factory=OrderedDict[str, Document])
    operations: Mapping[str, Operation] = field(default_factory=lambda: {one.mutation: one for one in OPERATIONS})

    def document(self, text: str) -> Document:
        """The document of a text, parsed and validated once. Raises Refused."""
        if text in self.documents:
            return self.documents[text]
        if len(text) > _LONGEST:
            raise Refused([_error(over("a length of", len(text), _LONGEST))])
        try:
            node = parse(text, max_tokens=self.context.limits.tokens)
        except GraphQLError as error:
            raise Refused([_graphql_error(error)]) from error
        if errors := validate(schema(), node, max_errors=10):
            raise Refused([_graphql_error(one) for one in errors])
        fragments = {one.name.value: one for one in node.definitions if isinstance(one, FragmentDefinitionNode)}
        operations = (one for one in node.definitions if isinstance(one, OperationDefinitionNode))
        found = self.documents[text] = Document(node, fragments, tuple(map(Plans, operations)))
        if len(self.documents) > _KEPT:
            self.documents.popitem(last=False)
        return found

    async def run(
        self,
        document: Document,
        plans: Plans,
        variables: dict[str, Any],
        actor: Actor | None,
        key: str | None,
    ) -> bytes:
        """The body that answers the operation. Raises Refused where it cannot run at all, DomainError from within."""
        operation = plans.operation
        values = get_variable_values(schema(), operation.variable_definitions or (), variables)
        if isinstance(values, list):
            raise Refused([_graphql_error(one) for one in values])
        selecting = Selecting(schema(), document.fragments, values, self.context.limits)
        try:
            if operation.operation is OperationType.MUTATION:
                fields = selecting.collect("Mutation", [operation.selection_set])
                return await self._mutate(selecting, fields, actor, key)
            planned = plans.plan(selecting, variables)
            arguments = planned.arguments_with(selecting)
            parts: list[bytes] = []
            for alias, read in planned.reads.items():
                if read is not None:
                    answer = await self._read(selecting, read, arguments, _present(actor))
                elif planned.nodes[alias][0].name.value == "__typename":
                    answer = b'"Query"'
                else:
                    answer = self._introspect(document, operation, planned.nodes[alias], variables)
                parts.append(b'"%s":%s' % (alias.encode(), answer))
        except GraphQLError as error:
            raise Refused([_graphql_error(error)]) from error
        return b'{"data":{' + b",".join(parts) + b"}}"

    async def _read(
        self, selecting: Selecting, read: Read, arguments: Mapping[str, PageArguments], actor: Actor
    ) -> bytes:
        reader = self.context.reader
        match read:
            case ListRead(view, page):
                return await reader.page(view, page, actor, arguments)
            case AnyRead(choices, node):
                found = await reader.any_of(choices, which(selecting, node), actor, arguments)
                return found or b"null"
            case OneRead(view, selection, node):
                identity = actor.organisation if view.singleton else which(selecting, node)
                reading = await reader.one(view, identity, selection, actor, arguments)
                return reading.json if reading else b"null"

    async def _mutate(
        self, selecting: Selecting, fields: dict[str, list[FieldNode]], actor: Actor | None, key: str | None
    ) -> bytes:
        wishes = {
            alias: self._wish(selecting, alias, nodes, _present(actor))
            for alias, nodes in fields.items()
            if nodes[0].name.value != "__typename"
        }
        created = any(wish.operation.kind == "creates" for wish, _ in wishes.values())
        once = key if len(wishes) == 1 else None
        done = await perform(
            self.context.transactions,
            _present(actor),
            [wish for wish, _ in wishes.values()],
            once,
            _CREATED if created else 200,
        )
        answers = dict(zip(wishes, done, strict=True))
        parts: list[bytes] = []
        for alias in fields:
            if alias not in answers:
                parts.append(b'"%s":"Mutation"' % alias.encode())
                continue
            inside = [
                b'"%s":%s' % (name.encode(), answers[alias].reading.json if kind is None else b'"%s"' % kind.encode())
                for name, kind in wishes[alias][1]
            ]
            parts.append(b'"%s":{%s}' % (alias.encode(), b",".join(inside)))
        return b'{"data":{' + b",".join(parts) + b"}}"

    def _wish(
        self, selecting: Selecting, alias: str, nodes: list[FieldNode], actor: Actor
    ) -> tuple[Wish, list[tuple[str, str | None]]]:
        operation = self.operations[nodes[0].name.value]
        view = operation.view
        given = cast("dict[str, Any]", selecting.given("Mutation", nodes[0])["input"])
        body = {name: jsonable(value) for name, value in given.items() if name not in {"id", "expectedVersion"}}
        which: UUID | None = None
        if operation.kind != "creates":
            which = actor.organisation if view.singleton else identity(given["id"])
        payload = f"{operation.mutation[:1].upper()}{operation.mutation[1:]}Payload"
        asked = selecting.collect(payload, (node.selection_set for node in nodes))
        rows = [same for same in asked.values() if same[0].name.value != "__typename"]
        merged = [node for same in rows for node in same]
        wish = Wish(
            operation=operation,
            command=read_mapping(operation.command, body),
            selection=selecting.selection(view, merged, f"{alias}_", 1, 2),
            arguments=selecting.arguments,
            identity=which,
            expected_version=cast("int | None", given.get("expectedVersion")),
        )
        return wish, [(name, payload if same[0].name.value == "__typename" else None) for name, same in asked.items()]

    def _introspect(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        nodes: list[FieldNode],
        variables: dict[str, Any],
    ) -> bytes:
        alone = OperationDefinitionNode(
            operation=OperationType.QUERY,
            name=None,
            variable_definitions=operation.variable_definitions,
            directives=(),
            selection_set=SelectionSetNode(selections=tuple(nodes)),
        )
        result = execute_sync(
            schema(),
            DocumentNode(definitions=(alone, *document.fragments.values())),
            variable_values=variables,
        )
        if result.errors:
            raise Refused([_graphql_error(one) for one in result.errors])
        (value,) = (result.data or {}).values()
        return orjson.dumps(value)


def needs_actor(document: Document, operation: OperationDefinitionNode) -> bool:
    """The operation wants more than the schema itself, which is no secret."""
    pending = [operation.selection_set]
    while pending:
        for node in pending.pop().selections:
            if isinstance(node, FieldNode):
                if not node.name.value.startswith("__"):
                    return True
            elif hasattr(node, "selection_set"):
                pending.append(cast("Any", node).selection_set)
            else:
                pending.append(document.fragments[cast("Any", node).name.value].selection_set)
    return operation.operation is not OperationType.QUERY


def _present(actor: Actor | None) -> Actor:
    if actor is None:
        raise AssertionError
    return actor


def _plain_error(message: str) -> dict[str, Any]:
    return {"message": message, "extensions": {"code": "graphql_invalid"}}


def _graphql_error(error: GraphQLError) -> dict[str, Any]:
    return {**error.formatted, "extensions": {"code": "graphql_invalid"}}


def _error(error: DomainError) -> dict[str, Any]:
    return domain_error(error, "en")


def domain_error(error: DomainError, language: str) -> dict[str, Any]:
    """A domain error as GraphQL says it: the same code, title and pointers as over REST."""
    document = described(error, language)
    return {"message": document["detail"], "extensions": {k: v for k, v in document.items() if k != "detail"}}
