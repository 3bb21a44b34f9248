"""The GraphQL schema: every view a type and its lists connections, every operation a mutation."""

from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from inspect import getdoc
from typing import Any, cast, get_type_hints

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from service.api.graphql.types import Shape, Types
from service.domain.catalogue import OPERATIONS, VIEWS
from service.domain.operations import Operation
from service.domain.reading import Filter, One, View

FIRST = 50
LARGEST_FIRST = 200


def lower(name: str) -> str:
    """`AccessLogEntries` → `accessLogEntries`."""
    return name[:1].lower() + name[1:]


def input_name(operation: Operation) -> str:
    """The name of a mutation's input type."""
    return f"{operation.mutation[:1].upper()}{operation.mutation[1:]}Input"


def payload_name(operation: Operation) -> str:
    """The name of a mutation's payload type."""
    return f"{operation.mutation[:1].upper()}{operation.mutation[1:]}Payload"


@dataclass(frozen=True)
class ListTypes:
    """What goes with the lists of a view."""

    connection: Any
    arguments: tuple[Shape, ...]


class SchemaMaker:
    """Makes the types of all views, then what reads and changes them."""

    def __init__(self) -> None:
        """Make an empty type per view first: they refer to each other in circles."""
        self.types = Types()
        node: Any = type("Node", (), {"__annotations__": {}})
        self.node = strawberry.interface(node, name="Node", description="Anything with an identity of its own.")
        self.types.fill(self.node, [Shape("id", strawberry.ID, "Its identity, a UUIDv7.")])
        self.views: dict[str, Any] = {name: self.empty(view) for name, view in VIEWS.items()}
        self.page_info = self.types.make(
            "PageInfo",
            "Where a page of a list stands.",
            [
                Shape("hasNextPage", bool, "There are rows behind this page."),
                Shape("hasPreviousPage", bool, "The page was asked for after a cursor."),
                Shape("startCursor", str | None, "The first row's place."),
                Shape("endCursor", str | None, "The last row's place: give it as `after` to go on."),
            ],
        )
        self.lists = {name: self.listed(view) for name, view in VIEWS.items() if not view.singleton}
        for name, view in VIEWS.items():
            self.types.fill(self.views[name], self.shapes(view))

    def empty(self, view: View) -> Any:
        """A type without fields yet."""
        bases = (self.node,) if view.kept else ()
        made: Any = type(view.name, bases, {"__annotations__": {}})
        found = strawberry.type(made, name=view.name, description=view.doc)
        found.__strawberry_definition__.fields.clear()
        return found

    def shapes(self, view: View) -> list[Shape]:
        """The fields and relations of a view. A related row that the reader may not see is null."""
        found: list[Shape] = []
        for name, field in view.all_fields.items():
            made = self.types.of(field.type)
            hidden = field.readable_by is not None and not _is_optional(field.type)
            found.append(Shape(name, made | None if hidden else made, field.doc))
        for name, relation in view.all_relations.items():
            if isinstance(relation, One):
                found.append(Shape(name, self.views[relation.view] | None, relation.doc))
            else:
                listed = self.lists[relation.view]
                found.append(Shape(name, listed.connection, relation.doc, listed.arguments))
        return found

    def listed(self, view: View) -> ListTypes:
        """The connection of a view with its filter and orders."""
        edge = self.types.make(
            f"{view.name}Edge",
            f"One {view.name} in a list.",
            [
                Shape("cursor", str, "Its place in the list."),
                Shape("node", self.views[view.name], f"The {view.name}."),
            ],
        )
        connection = self.types.make(
            f"{view.name}Connection",
            f"A page of {view.plural}.",
            [
                Shape("edges", cast("Any", list)[edge], "The rows with their places."),
                Shape("nodes", cast("Any", list)[self.views[view.name]], "The rows alone."),
                Shape("pageInfo", self.page_info, "Where the page stands."),
                Shape("totalCount", int, "How many rows there are on all pages together."),
            ],
        )
        filters = [
            Shape(name, self.filter_type(one), one.doc, (), required=False) for name, one in view.all_filters.items()
        ]
        filter_input = self.types.make(f"{view.name}Filter", f"Narrows a list of {view.plural}.", filters, inputs=True)
        words = {f"{name}_{way}": f"{name}_{way}" for name in view.all_orders for way in ("ASC", "DESC")}
        order = strawberry.enum(
            cast("type[Enum]", cast("Any", Enum)(f"{view.name}Order", words)),
            description=f"Orders of a list of {view.plural}: "
            + " ".join(f"`{name}`: {one.doc}" for name, one in view.all_orders.items()),
        )
        return ListTypes(
            connection,
            (
                Shape("first", int | None, f"How many rows, {FIRST} unless told, at most {LARGEST_FIRST}."),
                Shape("after", str | None, "The cursor to go on from."),
                Shape("filter", filter_input | None, "Which rows."),
                Shape("orderBy", order | None, "In which order."),
            ),
        )

    def filter_type(self, one: Filter) -> Any:
        """A filter's type: several values where it matches any of them."""
        made = self.types.of(one.type)
        return cast("Any", list)[made] | None if one.match == "any" else made | None

    def query(self) -> Any:
        """The root of all reading."""
        identity = Shape("id", strawberry.ID, "Its identity.")
        shapes = [Shape("node", self.node | None, "Whatever has that id.", (identity,))]
        for name, view in VIEWS.items():
            made = self.views[name] | None
            if view.singleton:
                shapes.append(Shape(lower(name), self.views[name], view.doc))
                continue
            listed = self.lists[name]
            shapes.append(
                Shape(lower(name), made, f"One {name}; null where there is none that you may see.", (identity,))
            )
            shapes.append(Shape(lower(view.plural), listed.connection, view.doc, listed.arguments))
        return self.types.make("Query", "Everything that may be read.", shapes)

    def mutation(self) -> Any:
        """The root of all commands. Several in one document are one transaction."""
        return self.types.make("Mutation", "Everything that may be done.", [self.mutates(one) for one in OPERATIONS])

    def mutates(self, operation: Operation) -> Shape:
        """One operation as a mutation."""
        hints = get_type_hints(operation.command, include_extras=True)
        known = {name: field.doc for name, field in operation.view.all_fields.items()}
        shapes = [
            self.types.member(one, hints[one.name], inputs=True, known=known) for one in fields(operation.command)
        ]
        if operation.kind != "creates" and not operation.view.singleton:
            shapes.insert(0, Shape("id", strawberry.ID, f"Which {operation.view.name}."))
        if operation.kind != "creates":
            about = "Refuse where it is at another version by now."
            shapes.append(Shape("expectedVersion", int | None, about, (), required=False))
        about = getdoc(operation.command) or operation.mutation
        given = self.types.make(input_name(operation), about, shapes, inputs=True)
        answered = [Shape(lower(operation.view.name), self.views[operation.view.name], "As it is now.")]
        payload = self.types.make(payload_name(operation), f"What `{operation.mutation}` answers.", answered)
        doc = getdoc(operation.use_case) or operation.mutation
        return Shape(operation.mutation, payload, doc, (Shape("input", given, about),))


def _is_optional(annotation: Any) -> bool:
    return type(None) in getattr(annotation, "__args__", ())


@cache
def strawberry_schema() -> strawberry.Schema:
    """The schema, made once."""
    maker = SchemaMaker()
    return strawberry.Schema(
        query=maker.query(),
        mutation=maker.mutation(),
        types=list(maker.views.values()),
        config=StrawberryConfig(auto_camel_case=False),
    )


def schema() -> GraphQLSchema:
    """The same as graphql-core knows it."""
    return cast("Any", strawberry_schema())._schema  # noqa: SLF001  -- Strawberry offers no public way to it


def sdl() -> str:
    """The schema in its own language."""
    return strawberry_schema().as_str()
