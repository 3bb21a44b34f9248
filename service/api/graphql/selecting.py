"""A GraphQL document's fields as a selection, with what it costs known before anything runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, cast
from uuid import UUID

import orjson
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
)
from graphql.execution.values import VariableValues, get_argument_values, get_directive_values

from service.api.context import Limits
from service.api.errors import InputError, Malformed
from service.api.graphql.schema import FIRST, LARGEST_FIRST
from service.api.selections import LONGEST_VALUE, is_list, parts_of, value_object
from service.domain.catalogue import VIEWS
from service.domain.errors import Invalid
from service.domain.reading import One, View
from service.domain.selection import (
    Cursor,
    Edges,
    Item,
    Leaf,
    Node,
    Nodes,
    Page,
    PageArguments,
    PageFact,
    PageInfo,
    Related,
    RelatedPage,
    Selection,
    TotalCount,
    TypeName,
)

LONGEST_NAME = 63
"""Postgres cuts names off behind that many bytes."""

Fields = dict[str, list[FieldNode]]


def over(what: str, wanted: int, allowed: int) -> Invalid:
    """The refusal of a document that asks for too much."""
    return Invalid("graphql_limit", f"The document has {what} {wanted}; at most {allowed} is allowed.")


@dataclass(frozen=True)
class Site:
    """Where a page stands in a document: the field `node` of the type `parent`."""

    key: str
    view: View
    parent: str
    node: FieldNode


@dataclass(eq=False)
class Selecting:
    """Walks one operation with its variables; gathers the arguments of its pages."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues
    limits: Limits
    arguments: dict[str, PageArguments] = field(default_factory=dict[str, PageArguments])
    sites: list[Site] = field(default_factory=list[Site])
    rows: int = 0
    aliases: int = 0

    def collect(self, type_name: str, sets: Iterable[SelectionSetNode | None]) -> Fields:
        """The fields wanted of a type, by response name, fragments and conditions resolved."""
        found: Fields = {}
        for one in sets:
            if one is not None:
                self._collect(type_name, one, found)
        return found

    def _collect(self, type_name: str, selections: SelectionSetNode, found: Fields) -> None:
        for node in selections.selections:
            if not self._wanted(node):
                continue
            if isinstance(node, FieldNode):
                name = node.alias.value if node.alias else node.name.value
                self.aliases += node.alias is not None
                if self.aliases > self.limits.aliases:
                    raise over("aliases:", self.aliases, self.limits.aliases)
                if len(name) > LONGEST_NAME:
                    raise over("a name of length", len(name), LONGEST_NAME)
                found.setdefault(name, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or node.type_condition.name.value in {type_name, "Node"}:
                    self._collect(type_name, node.selection_set, found)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                if fragment.type_condition.name.value in {type_name, "Node"}:
                    self._collect(type_name, fragment.selection_set, found)

    def _wanted(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def given(self, type_name: str, node: FieldNode) -> dict[str, Any]:
        """A field's arguments, coerced. Raises GraphQLError."""
        parent = cast("GraphQLObjectType", self.schema.type_map[type_name])
        definition: GraphQLField = parent.fields[node.name.value]
        return get_argument_values(definition, node, self.variables)

    def selection(self, view: View, nodes: list[FieldNode], key: str, times: int, depth: int) -> Selection:
        """What is wanted of a row. `times` is how many rows there may be of it, `key` where it stands."""
        if depth > self.limits.depth:
            raise over("a depth of", depth, self.limits.depth)
        fields = self.collect(view.name, (node.selection_set for node in nodes))
        return Selection(tuple(self.item(view, name, same, key, times, depth) for name, same in fields.items()))

    def item(self, view: View, alias: str, nodes: list[FieldNode], key: str, times: int, depth: int) -> Item:
        """One field or relation of a row."""
        name = nodes[0].name.value
        if name == "__typename":
            return TypeName(alias, view.name)
        if name in view.all_fields:
            return self.leaf(alias, name, view.all_fields[name].type, nodes)
        relation = view.all_relations[name]
        target = VIEWS[relation.view]
        if isinstance(relation, One):
            self.count(times)
            return Related(alias, name, self.selection(target, nodes, f"{key}{alias}_", times, depth + 1))
        page = self.page(target, nodes, view.name, f"{key}{alias}_", times, depth)
        return RelatedPage(alias, name, page)

    def leaf(self, alias: str, name: str, annotation: Any, nodes: list[FieldNode]) -> Leaf:
        """A field, with what is wanted inside it where it is a value object."""
        kind = value_object(annotation)
        if kind is None:
            return Leaf(alias, name)
        types = parts_of(kind)
        inside = self.collect(kind.__name__, (node.selection_set for node in nodes))
        parts = tuple(
            TypeName(part, kind.__name__)
            if same[0].name.value == "__typename"
            else self.leaf(part, same[0].name.value, types[same[0].name.value], same)
            for part, same in inside.items()
        )
        return Leaf(alias, name, parts, many=is_list(annotation))

    def count(self, rows: int) -> None:
        """Add to the document's worst case. Raises Invalid (`graphql_limit`)."""
        self.rows += rows
        if self.rows > self.limits.rows:
            raise over("a worst case in rows of", self.rows, self.limits.rows)

    def page(self, view: View, nodes: list[FieldNode], parent: str, key: str, times: int, depth: int) -> Page:
        """A connection. Raises Malformed, Invalid (`graphql_limit`)."""
        site = Site(key, view, parent, nodes[0])
        arguments = self.arguments[key] = self.page_arguments(site)
        self.sites.append(site)
        order, descending = _order(view, self.given(parent, nodes[0]).get("orderBy"))
        self.count(times * arguments.first)
        fields = self.collect(f"{view.name}Connection", (node.selection_set for node in nodes))
        inner = (view, key, times * arguments.first, depth)
        items = tuple(self.page_item(name, same, *inner) for name, same in fields.items())
        filters = tuple(sorted(arguments.filters))
        return Page(items, order, descending, filters, arguments.after is not None, key)

    def page_arguments(self, site: Site) -> PageArguments:
        """What a connection was given. Raises Malformed."""
        given = self.given(site.parent, site.node)
        first = given.get("first")
        first = FIRST if first is None else cast("int", first)
        if not 1 <= first <= LARGEST_FIRST:
            raise Malformed([InputError(pointer="/first", detail=f"A number from 1 to {LARGEST_FIRST}.")])
        filters = {
            name: plain(site.view.all_filters[name].type, value)
            for name, value in cast("dict[str, Any]", given.get("filter") or {}).items()
            if value is not None
        }
        return PageArguments(first=first, after=cast("str | None", given.get("after")), filters=filters)

    def page_item(self, alias: str, nodes: list[FieldNode], view: View, key: str, times: int, depth: int) -> Any:
        """One of the things that a connection answers with."""
        match nodes[0].name.value:
            case "nodes":
                return Nodes(alias, self.selection(view, nodes, f"{key}{alias}_", times, depth + 1))
            case "edges":
                fields = self.collect(f"{view.name}Edge", (node.selection_set for node in nodes))
                where = f"{key}{alias}_"
                return Edges(
                    alias, tuple(self.edge_item(name, same, view, where, times, depth) for name, same in fields.items())
                )
            case "pageInfo":
                fields = self.collect("PageInfo", (node.selection_set for node in nodes))
                facts: tuple[tuple[str, PageFact] | TypeName, ...] = tuple(
                    TypeName(name, "PageInfo")
                    if same[0].name.value == "__typename"
                    else (name, cast("PageFact", same[0].name.value))
                    for name, same in fields.items()
                )
                return PageInfo(alias, facts)
            case "totalCount":
                return TotalCount(alias)
            case _:
                return TypeName(alias, f"{view.name}Connection")

    def edge_item(
        self, alias: str, nodes: list[FieldNode], view: View, key: str, times: int, depth: int
    ) -> Cursor | Node | TypeName:
        """One of the things that an edge answers with."""
        match nodes[0].name.value:
            case "cursor":
                return Cursor(alias)
            case "node":
                return Node(alias, self.selection(view, nodes, f"{key}{alias}_", times, depth + 1))
            case _:
                return TypeName(alias, f"{view.name}Edge")


def _order(view: View, chosen: Any) -> tuple[str, bool]:
    if chosen is None:
        return next(iter(view.all_orders)), False
    name, _, way = str(chosen.value if isinstance(chosen, Enum) else chosen).rpartition("_")
    return name, way == "DESC"


def plain(kind: Any, value: Any) -> Any:
    """A filter's value as the read engine wants it. Raises Malformed."""
    if isinstance(value, list):
        return [plain(kind, one) for one in cast("list[Any]", value)]
    if isinstance(value, Enum):
        return value.value
    if kind is UUID:
        return identity(value)
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, str) and (len(value) > LONGEST_VALUE or "\x00" in value):
        raise Malformed([InputError(pointer="/filter", detail="This is not a value that can be looked for.")])
    return value


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise Malformed([InputError(pointer="/filter", detail="A time has its offset, such as 2026-01-31T08:00:00Z.")])
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise Malformed([InputError(pointer="/filter", detail="A time in the calendar's years.")]) from error


def identity(value: Any) -> UUID:
    """An id. Raises Malformed."""
    try:
        return UUID(str(value))
    except ValueError as error:
        raise Malformed([InputError(pointer="/id", detail="An id is a UUID.")]) from error


def jsonable(value: Any) -> Any:
    """A coerced input as the JSON that was sent, for the same reader that REST bodies go through."""
    if isinstance(value, dict):
        return {name: jsonable(one) for name, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [jsonable(one) for one in cast("list[Any]", value)]
    if isinstance(value, Decimal) and value.is_finite():
        return orjson.Fragment(str(value))
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Decimal | UUID) else value
