"""What a query comes to, remembered with its document: variables of the same shape lead to the same readings.

Walking a document costs more than all else that the door does for it. What is found depends on the variables, but
not on the values of those that are only compared (ids, cursors, texts, dates): these are bound anew, nothing else.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast
from uuid import UUID

import orjson
from graphql import FieldNode, ListTypeNode, NonNullTypeNode, OperationDefinitionNode, VariableNode
from graphql.language import Node

from service.api.graphql.schema import lower
from service.api.graphql.selecting import Selecting, Site, identity
from service.domain.catalogue import VIEWS
from service.domain.reading import View
from service.domain.selection import Page, PageArguments, Selection

_COMPARED = {"ID", "String", "Date", "DateTime"}
_PLANS_KEPT = 50

SINGLES: Mapping[str, View] = {lower(name): view for name, view in VIEWS.items()}
LISTS: Mapping[str, View] = {lower(view.plural): view for view in VIEWS.values()}
_NODES = {kind: view for kind, view in VIEWS.items() if view.kept}


@dataclass(frozen=True)
class ListRead:
    """A root field that is one page of a list."""

    view: View
    page: Page


@dataclass(frozen=True)
class OneRead:
    """A root field that is one resource; `node` says which."""

    view: View
    selection: Selection
    node: FieldNode


@dataclass(frozen=True)
class AnyRead:
    """A root field that is a resource of any kind."""

    choices: Mapping[View, Selection]
    node: FieldNode


Read: TypeAlias = ListRead | OneRead | AnyRead


@dataclass(frozen=True)
class Planned:
    """The readings of a query by response name; None where something else than data is asked for."""

    reads: Mapping[str, Read | None]
    nodes: Mapping[str, list[FieldNode]]
    arguments: Mapping[str, PageArguments]
    bound_anew: tuple[Site, ...]

    def arguments_with(self, selecting: Selecting) -> Mapping[str, PageArguments]:
        """The arguments of all pages with these variables. Raises Malformed."""
        if not self.bound_anew:
            return self.arguments
        return {**self.arguments, **{site.key: selecting.page_arguments(site) for site in self.bound_anew}}


@dataclass(eq=False)
class Plans:
    """The plans of one operation of a document."""

    operation: OperationDefinitionNode
    kept: OrderedDict[Any, Planned] = field(default_factory=OrderedDict[Any, Planned])

    def __post_init__(self) -> None:
        """Tell apart the variables that are only compared."""
        definitions = self.operation.variable_definitions or ()
        types = {one.variable.name.value: _named(one.type) for one in definitions}
        self.names = tuple(types)
        self.compared = frozenset(name for name, kind in types.items() if kind in _COMPARED)

    def plan(self, selecting: Selecting, variables: Mapping[str, Any]) -> Planned:
        """The plan for variables of this shape. Raises GraphQLError, Malformed, Invalid (`graphql_limit`)."""
        shape = tuple(self._shape(name, variables) for name in self.names)
        found = self.kept.get(shape)
        if found is None:
            found = self.kept[shape] = self._made(selecting)
            if len(self.kept) > _PLANS_KEPT:
                self.kept.popitem(last=False)
        return found

    def _shape(self, name: str, variables: Mapping[str, Any]) -> Any:
        if name not in variables:
            return "absent"
        value = variables[name]
        return value is None if name in self.compared else orjson.dumps(value, option=orjson.OPT_SORT_KEYS)

    def _made(self, selecting: Selecting) -> Planned:
        fields = selecting.collect("Query", [self.operation.selection_set])
        reads = {alias: _read(selecting, alias, nodes) for alias, nodes in fields.items()}
        anew = tuple(site for site in selecting.sites if _mentions(site.node, self.compared))
        return Planned(reads, fields, dict(selecting.arguments), anew)


def which(selecting: Selecting, node: FieldNode) -> UUID:
    """The id that a root field names. Raises Malformed."""
    return identity(selecting.given("Query", node)["id"])


def _read(selecting: Selecting, alias: str, nodes: list[FieldNode]) -> Read | None:
    name, node = nodes[0].name.value, nodes[0]
    if name.startswith("__"):
        return None
    if name in LISTS:
        view = LISTS[name]
        return ListRead(view, selecting.page(view, nodes, "Query", f"{alias}_", 1, 1))
    selecting.count(1)
    if name == "node":
        listed = _NODES.items()
        choices = {view: selecting.selection(view, nodes, f"{alias}_{kind}_", 1, 1) for kind, view in listed}
        return AnyRead(choices, node)
    view = SINGLES[name]
    return OneRead(view, selecting.selection(view, nodes, f"{alias}_", 1, 1), node)


def _named(type_: Any) -> str:
    if isinstance(type_, ListTypeNode):
        return ""
    return _named(type_.type) if isinstance(type_, NonNullTypeNode) else cast("str", type_.name.value)


def _mentions(node: Node, names: frozenset[str]) -> bool:
    """A variable of those names stands in the field's arguments."""
    if isinstance(node, VariableNode):
        return node.name.value in names
    inside = node.arguments if isinstance(node, FieldNode) else [getattr(node, key) for key in node.keys]
    for one in inside or ():
        for part in cast("list[Any]", one) if isinstance(one, list | tuple) else [one]:
            if isinstance(part, Node) and _mentions(part, names):
                return True
    return False
