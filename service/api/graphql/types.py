"""Python types as GraphQL types."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from inspect import getdoc
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.scalars import JSON
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from service.api.commands import described, without_unset
from service.domain.labels.model import Words, labels_of
from service.domain.names import camel

_SCALARS: dict[Any, Any] = {
    UUID: strawberry.ID,
    str: str,
    int: int,
    bool: bool,
    float: float,
    date: date,
    datetime: datetime,
    Decimal: Decimal,
    dict: JSON,
}


@dataclass(frozen=True)
class Shape:
    """A field or an argument: name on the wire, type, what it means."""

    name: str
    type: Any
    doc: str
    arguments: tuple["Shape", ...] = ()
    required: bool = True


class Types:
    """The GraphQL types made so far, each once."""

    def __init__(self) -> None:
        """Begin with none."""
        self.enums: dict[type[Enum], Any] = {}
        self.objects: dict[tuple[type[Any], bool], Any] = {}

    def of(self, annotation: Any, *, inputs: bool = False) -> Any:
        """The type for an annotation; None where Python says so."""
        origin, inside = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.of(inside[0], inputs=inputs)
        if origin in {Union, UnionType}:
            kept = [self.of(one, inputs=inputs) for one in inside if one is not type(None)]
            return kept[0] | None if len(kept) < len(inside) else kept[0]
        if origin in {list, tuple}:
            return cast("Any", list)[self.of(inside[0], inputs=inputs)]
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return self.enum(annotation)
        if isinstance(annotation, type) and is_dataclass(annotation):
            return self.value(annotation, inputs=inputs)
        return _SCALARS[origin or annotation]

    def enum(self, kind: type[Enum]) -> Any:
        """An enumeration whose GraphQL values are the words used everywhere."""
        if kind not in self.enums:
            # A copy whose members are named as they are written on the wire.
            labels = labels_of(kind.__name__)
            words = {str(one.value): _value(str(one.value), labels) for one in kind}
            named = cast("type[Enum]", cast("Any", Enum)(kind.__name__, words))
            self.enums[kind] = strawberry.enum(named, name=kind.__name__, description=getdoc(kind))
        return self.enums[kind]

    def value(self, kind: type[Any], *, inputs: bool) -> Any:
        """A value object inside a resource, or inside a command."""
        key = (kind, inputs)
        if key not in self.objects:
            name = f"{kind.__name__}Input" if inputs else kind.__name__
            hints = get_type_hints(kind, include_extras=True)
            shapes = [self.member(one, hints[one.name], inputs=inputs) for one in fields(kind)]
            self.objects[key] = self.make(name, getdoc(kind) or "", shapes, inputs=inputs)
        return self.objects[key]

    def member(self, one: Any, hint: Any, *, inputs: bool, known: Mapping[str, str] | None = None) -> Shape:
        """A field of a command or of a value object; in an input it may be left out where it has a default.

        `known` documents fields that do not say themselves what they mean.
        """
        annotation = without_unset(hint)
        required = not inputs or (one.default is MISSING and one.default_factory is MISSING)
        made = self.of(annotation, inputs=inputs)
        name = camel(one.name)
        doc = described(annotation) or (known or {}).get(name, "")
        return Shape(name, made if required else made | None, doc, (), required)

    def make(self, name: str, doc: str, shapes: Iterable[Shape], *, inputs: bool = False) -> Any:
        """A type of that name with those fields."""
        empty = cast("Any", type(name, (), {"__annotations__": {}}))
        made = (strawberry.input if inputs else strawberry.type)(empty, name=name, description=doc)
        self.fill(made, shapes)
        return made

    def fill(self, made: Any, shapes: Iterable[Shape]) -> None:
        """Give a type its fields; apart from making it, because types refer to each other in circles."""
        for shape in shapes:
            field = StrawberryField(
                python_name=shape.name,
                graphql_name=shape.name,
                type_annotation=StrawberryAnnotation(shape.type),
                description=shape.doc,
                origin=made,
                default=strawberry.UNSET if not shape.required else MISSING,
            )
            field.arguments = [argument(one) for one in shape.arguments]
            made.__strawberry_definition__.fields.append(field)


def _value(value: str, labels: Mapping[str, Words]) -> Any:
    return strawberry.enum_value(value, description=str(labels[value])) if value in labels else value


def argument(shape: Shape) -> StrawberryArgument:
    """An argument of a field."""
    return StrawberryArgument(
        python_name=shape.name,
        graphql_name=shape.name,
        type_annotation=StrawberryAnnotation(shape.type),
        description=shape.doc,
        default=strawberry.UNSET,
    )
