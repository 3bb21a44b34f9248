"""JSON Schemas of the contract: what a view answers, what a command takes."""

import types
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from inspect import getdoc
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from service.api.commands import described, model_of
from service.api.selections import value_object
from service.domain.labels.model import labels_of
from service.domain.names import camel
from service.domain.operations import Operation
from service.domain.reading import One, View

Schema = dict[str, Any]

_PLAIN: Mapping[Any, Schema] = {
    UUID: {"type": "string", "format": "uuid"},
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    dict: {"type": "object", "additionalProperties": True},
}


def reference(name: str) -> Schema:
    """A pointer to a schema of the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Schema) -> Schema:
    """The same, or null."""
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def schema_of(annotation: Any) -> Schema:
    """The JSON Schema of a view's field or of a parameter."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return schema_of(inside[0])
    if origin in {Union, types.UnionType}:
        kept = [schema_of(one) for one in inside if one is not type(None)]
        return nullable(kept[0]) if len(kept) < len(inside) else {"anyOf": kept}
    if origin in {list, tuple}:
        return {"type": "array", "items": schema_of(inside[0])}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return reference(annotation.__name__)
    if kind := value_object(annotation):
        return reference(kind.__name__)
    return dict(_PLAIN[origin or annotation])


class Components:
    """The schemas that the contract names, gathered from views and operations."""

    def __init__(self) -> None:
        """Begin with none."""
        self.schemas: dict[str, Schema] = {}

    def view(self, view: View) -> None:
        """A view as a resource, and a page of it."""
        properties: dict[str, Schema] = {}
        for name, field in view.all_fields.items():
            self.named(field.type)
            schema = schema_of(field.type)
            hidden = field.readable_by is not None and type(None) not in get_args(field.type)
            doc = (
                f"{field.doc} Sensitive: each reading is logged; left out of `expand`."
                if field.sensitive
                else field.doc
            )
            properties[name] = _with((nullable(schema) if hidden else schema), doc, field.example)
        required = [name for name in properties if not view.all_fields[name].sensitive]
        for name, relation in view.all_relations.items():
            target = reference(relation.view)
            doc = f"{relation.doc} Only with `expand={name}`."
            one = nullable(target) if isinstance(relation, One) else {"type": "array", "items": target}
            properties[name] = _with(one, doc, None)
        self.schemas[view.name] = {
            "type": "object",
            "description": view.doc,
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }
        if not view.singleton:
            self.schemas[f"{view.name}Page"] = {
                "type": "object",
                "description": f"A page of {view.plural}.",
                "properties": {
                    "items": {"type": "array", "items": reference(view.name), "description": "Its rows, in order."},
                    "totalCount": {"type": "integer", "description": "With `count=true`: rows on all pages."},
                    "page": _with(reference("PageFacts"), "Where the page stands."),
                },
                "required": ["items", "page"],
                "additionalProperties": False,
            }

    def named(self, annotation: Any) -> None:
        """Enumerations and value objects inside a type."""
        for one in (annotation, *get_args(annotation)):
            for inner in (one, *get_args(one)):
                if isinstance(inner, type) and issubclass(inner, Enum):
                    words = [str(member.value) for member in inner]
                    self.schemas[inner.__name__] = _enumerated(inner.__name__, getdoc(inner) or "", words)
        kind = value_object(annotation)
        if kind is None or kind.__name__ in self.schemas:
            return
        hints = get_type_hints(kind, include_extras=True)
        for hint in hints.values():
            self.named(hint)
        self.schemas[kind.__name__] = {
            "type": "object",
            "description": getdoc(kind) or "",
            "properties": {
                camel(one.name): _with(schema_of(hints[one.name]), described(hints[one.name]) or "")
                for one in fields(kind)
            },
            "required": [camel(one.name) for one in fields(kind)],
            "additionalProperties": False,
        }

    def commands(self, operations: tuple[Operation, ...]) -> None:
        """The bodies that operations take."""
        models: list[tuple[type[BaseModel], Any]] = [(model_of(one.command), "validation") for one in operations]
        _, found = models_json_schema(models, ref_template="#/components/schemas/{model}")
        definitions = cast("dict[str, Schema]", found.get("$defs", {}))
        for name, schema in definitions.items():
            # A value object that is also sent has the limits of what may be sent.
            if name not in self.schemas and "enum" in schema:
                self.schemas[name] = _enumerated(name, schema["description"], schema["enum"])
            elif name not in self.schemas or "properties" in schema:
                self.schemas[name] = _tidy(schema)
        for one in operations:
            schema = self.schemas[one.command.__name__]
            for name, part in cast("dict[str, Schema]", schema.get("properties", {})).items():
                field = one.view.all_fields.get(name)
                part.setdefault("description", field.doc if field else "")
                if field and field.example is not None:
                    part.setdefault("examples", [field.example])


def _enumerated(name: str, doc: str, values: list[str]) -> Schema:
    labels = labels_of(name)
    listed = "\n".join(f"- `{value}`: {labels[value]}" for value in values if value in labels)
    return {"type": "string", "description": f"{doc}\n\n{listed}".rstrip(), "enum": values}


def _with(schema: Schema, doc: str, example: Any = None) -> Schema:
    found = {**schema, "description": doc}
    if example is not None:
        found["examples"] = [example]
    return found


def _tidy(schema: Any) -> Any:
    """Pydantic's schema without titles that repeat the names, and without defaults that only mean "left out"."""
    if isinstance(schema, dict):
        given = cast("Schema", schema)
        drop_default = "default" in given and given["default"] is None
        return {
            key: {name: _tidy(part) for name, part in cast("Schema", value).items()}
            if key == "properties"
            else _tidy(_numbers(value) if key == "anyOf" else value)
            for key, value in given.items()
            if not (key == "title" and isinstance(value, str)) and not (key == "default" and drop_default)
        }
    if isinstance(schema, list):
        return [_tidy(one) for one in cast("list[Any]", schema)]
    return schema


def _numbers(options: list[Schema]) -> list[Schema]:
    """Pydantic would read a decimal from a text as well; here a number is a number."""
    number = any(one.get("type") == "number" for one in options)
    return [one for one in options if not (number and one.get("type") == "string")]
