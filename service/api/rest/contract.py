"""The OpenAPI document, made from the same views and operations as the routes."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from functools import cache
from inspect import getdoc
from typing import Any

from service.api.commands import NO_NUL
from service.api.rest.archive_paths import archive_paths
from service.api.rest.certificate_paths import certificate_paths
from service.api.rest.examples import page_of, sample
from service.api.rest.import_paths import import_paths
from service.api.rest.query import LARGEST_NUMBER
from service.api.rest.report_paths import report_paths
from service.api.rest.routes import PREFIX, method_of, path_of
from service.api.rest.schemas import Components, Schema, schema_of
from service.api.rest.shared import (
    HEADERS,
    PARAMETERS,
    SCHEMAS,
    header,
    identity_of,
    parameter,
    problem_responses,
    problems,
    shown,
)
from service.api.selections import LONGEST_VALUE
from service.domain.catalogue import OPERATIONS, VIEWS
from service.domain.operations import Operation
from service.domain.reading import View


@cache
def contract(version: str) -> Schema:
    """The OpenAPI 3.1 document."""
    components = Components()
    for view in VIEWS.values():
        components.view(view)
    components.commands(OPERATIONS)
    components.schemas |= SCHEMAS
    paths: dict[str, Schema] = {}
    for view in VIEWS.values():
        base = f"{PREFIX}/{view.path}"
        if view.singleton:
            paths[base] = {"get": _reads_one(view)}
        else:
            paths[base] = {"get": _reads_page(view)}
            paths[f"{base}/{{id}}"] = {"get": _reads_one(view), "parameters": [identity_of(view)]}
    for operation in OPERATIONS:
        path = paths.setdefault(path_of(operation), {})
        path[method_of(operation).lower()] = _writes(operation)
        if "{id}" in path_of(operation):
            path["parameters"] = [identity_of(operation.view)]
    names = sorted({*VIEWS, *(one.command.__name__ for one in OPERATIONS)})
    examples = {name: sample(name, components.schemas) for name in names}
    examples |= {f"{name}Page": page_of(examples[name]) for name, view in VIEWS.items() if not view.singleton}
    special = {
        **import_paths(examples["Import"]),
        **archive_paths(examples["Archive"], examples["Candidacy"]),
        **report_paths(),
        **certificate_paths(),
    }
    for path, item in special.items():
        paths.setdefault(path, {}).update(item)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Talentspor",
            "version": version,
            "summary": "Growing the next leaders of municipalities, regions and companies.",
            "description": _INTRODUCTION,
            "license": {"name": "MPL-2.0", "identifier": "MPL-2.0"},
        },
        "servers": [{"url": "/", "description": "The service that this document comes from."}],
        "security": [{"bearer": []}],
        "tags": [{"name": view.name, "description": view.doc} for view in VIEWS.values()],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.schemas.items())),
            "responses": problem_responses(),
            "parameters": PARAMETERS,
            "headers": HEADERS,
            "examples": {name: {"summary": f"Such a {name}.", "value": value} for name, value in examples.items()},
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "An access token of an issuer that the organisation trusts.",
                }
            },
        },
    }


def _expand(view: View) -> list[Schema]:
    if not view.relations:
        return []
    paths = [
        path
        for name, relation in view.all_relations.items()
        for path in (name, *(f"{name}.{below}" for below in VIEWS[relation.view].all_relations))
    ]
    return [
        {
            "name": "expand",
            "in": "query",
            "description": "Relations to bring along, separated by commas; dots nest, deeper than listed here too.",
            "schema": {"type": "array", "items": {"type": "string", "enum": paths}},
            "style": "form",
            "explode": False,
        }
    ]


def _reads_one(view: View) -> Schema:
    return {
        "operationId": f"get{view.name}",
        "tags": [view.name],
        "summary": f"Read {_one(view)}",
        "description": view.doc,
        "parameters": [*_expand(view), parameter("IfNoneMatch"), parameter("AcceptLanguage")],
        "responses": {
            "200": {
                "description": f"The {view.name}.",
                "headers": {"ETag": header("ETag"), "X-Request-Id": header("RequestId")},
                "content": {"application/json": shown(view.name)},
            },
            "304": {"description": "The reader has it already."},
            **problems(401, 404, 422),
        },
    }


def _one(view: View) -> str:
    return "one's own" if view.name == "Me" else f"the {view.name}" if view.singleton else f"one {view.name}"


def _reads_page(view: View) -> Schema:
    filters: list[Schema] = []
    for name, one in view.all_filters.items():
        schema = schema_of(one.type) | _LIMITS.get(one.type, {})
        several = one.match == "any"
        given = {"type": "array", "items": schema, "minItems": 1} if several else schema
        filters.append({"name": name, "in": "query", "description": one.doc, "schema": given})
        if several:
            filters[-1] |= {"style": "form", "explode": True}
        if one.type is datetime:
            filters[-1]["example"] = "2026-01-31T08:00:00Z"
    orders = [way + name for name in view.all_orders for way in ("", "-")]
    described = " ".join(f"`{name}`: {order.doc}" for name, order in view.all_orders.items())
    sort: Schema = {"name": "sort", "in": "query", "description": f"{described} A `-` turns it round."}
    sort["schema"] = {"type": "string", "enum": orders, "default": orders[0]}
    return {
        "operationId": f"list{view.plural}",
        "tags": [view.name],
        "summary": f"List {view.plural}",
        "description": view.doc,
        "parameters": [
            parameter("First"),
            parameter("After"),
            sort,
            parameter("Count"),
            *_expand(view),
            *filters,
            parameter("IfNoneMatch"),
            parameter("AcceptLanguage"),
        ],
        "responses": {
            "200": {
                "description": f"A page of {view.plural}.",
                "headers": {"ETag": header("ETag"), "Link": header("Link"), "X-Request-Id": header("RequestId")},
                "content": {"application/json": shown(f"{view.name}Page")},
            },
            "304": {"description": "The reader has it already."},
            **problems(401, 403, 422),
        },
    }


def _writes(operation: Operation) -> Schema:
    doc = getdoc(operation.use_case) or operation.mutation
    view, creates = operation.view, operation.kind == "creates"
    media_types = ["application/json"]
    if operation.kind == "changes":
        media_types.append("application/merge-patch+json")
    body = shown(operation.command.__name__)
    headers = {"ETag": header("ETag"), "X-Request-Id": header("RequestId")}
    if creates:
        headers["Location"] = header("Location")
    conditions = [] if creates else [parameter("IfMatch")]
    repeatable = [] if operation.kind == "changes" else [parameter("IdempotencyKey")]
    return {
        "operationId": operation.mutation,
        "tags": [view.name],
        "summary": doc.splitlines()[0].rstrip("."),
        "description": doc,
        "parameters": [*conditions, *repeatable, parameter("AcceptLanguage")],
        "requestBody": {
            "required": any(one.default is MISSING for one in fields(operation.command)),
            "content": dict.fromkeys(media_types, body),
        },
        "responses": {
            "201" if creates else "200": {
                "description": f"The {view.name} as it is now.",
                "headers": headers,
                "content": {"application/json": shown(view.name)},
            },
            **problems(401, 403, 404, 409, 412, 413, 415, 422),
        },
    }


_LIMITS: Mapping[Any, Schema] = {
    str: {"minLength": 1, "maxLength": LONGEST_VALUE, "pattern": NO_NUL},
    int: {"minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER},
}

_INTRODUCTION = """
One vocabulary at every door: the names here are those of the GraphQL schema.

- **Lists** page by cursor: give `page.endCursor` as `after`, or follow `Link: rel="next"`.
- **Versions**: an `ETag` is `"<version>.<hash>"`. Send it back as `If-Match` to change only what you have seen.
- **Repeating**: an `Idempotency-Key` makes any POST repeatable.
- **Errors** are `application/problem+json` with a stable `code`; each has a page at `/problems/{code}`.
- **Fields that you may not read** are null; what you may do with a resource is in `allowedActions`.
""".strip()
