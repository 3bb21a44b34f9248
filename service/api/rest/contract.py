"""The OpenAPI document, made from the same views and operations as the routes."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from inspect import getdoc

from service.api.problems import catalogue
from service.api.rest.query import DEFAULT_PAGE, LARGEST_PAGE
from service.api.rest.routes import PREFIX, method_of, path_of
from service.api.rest.schemas import Components, Schema, reference, schema_of
from service.domain.catalogue import OPERATIONS, VIEWS
from service.domain.operations import Operation
from service.domain.reading import View

_ID = "01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e"
_PROBLEMS: Mapping[int, str] = {
    401: "No token, or one that does not hold.",
    403: "Visible, but not yours to do or to ask.",
    404: "It does not exist, or you may not know that it does.",
    409: "A rule of the domain, given what is stored, says no.",
    412: "Somebody else changed it first.",
    413: "The body is larger than the service accepts.",
    415: "The body has another media type.",
    422: "The input does not follow the contract.",
}


@cache
def contract(version: str) -> Schema:
    """The OpenAPI 3.1 document."""
    components = Components()
    for view in VIEWS.values():
        components.view(view)
    components.commands(OPERATIONS)
    components.schemas |= _SHARED
    paths: dict[str, Schema] = {}
    for view in VIEWS.values():
        base = f"{PREFIX}/{view.path}"
        if view.singleton:
            paths[base] = {"get": _reads_one(view)}
        else:
            paths[base] = {"get": _reads_page(view)}
            paths[f"{base}/{{id}}"] = {"get": _reads_one(view), "parameters": [_id(view)]}
    for operation in OPERATIONS:
        path = paths.setdefault(path_of(operation), {})
        path[method_of(operation).lower()] = _writes(operation)
        if "{id}" in path_of(operation):
            path["parameters"] = [_id(operation.view)]
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
            "responses": {f"Problem{status}": _problem(status) for status in _PROBLEMS},
            "parameters": _PARAMETERS,
            "headers": _HEADERS,
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


def _id(view: View) -> Schema:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": f"Identity of the {view.name}.",
        "schema": {"type": "string", "format": "uuid"},
        "example": _ID,
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
        "parameters": [*_expand(view), _parameter("IfNoneMatch"), _parameter("AcceptLanguage")],
        "responses": {
            "200": {
                "description": f"The {view.name}.",
                "headers": {"ETag": _header("ETag"), "X-Request-Id": _header("RequestId")},
                "content": {"application/json": {"schema": reference(view.name)}},
            },
            "304": {"description": "The reader has it already."},
            **_problems(401, 404, 422),
        },
    }


def _one(view: View) -> str:
    return "one's own" if view.name == "Me" else f"the {view.name}" if view.singleton else f"one {view.name}"


def _reads_page(view: View) -> Schema:
    filters: list[Schema] = []
    for name, one in view.all_filters.items():
        schema = schema_of(one.type)
        if one.type is str:
            schema |= {"minLength": 1, "maxLength": 2000, "pattern": "^[^\\u0000]*$"}
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
            _parameter("First"),
            _parameter("After"),
            sort,
            _parameter("Count"),
            *_expand(view),
            *filters,
            _parameter("IfNoneMatch"),
            _parameter("AcceptLanguage"),
        ],
        "responses": {
            "200": {
                "description": f"A page of {view.plural}.",
                "headers": {"ETag": _header("ETag"), "Link": _header("Link"), "X-Request-Id": _header("RequestId")},
                "content": {"application/json": {"schema": reference(f"{view.name}Page")}},
            },
            "304": {"description": "The reader has it already."},
            **_problems(401, 403, 422),
        },
    }


def _writes(operation: Operation) -> Schema:
    doc = getdoc(operation.use_case) or operation.mutation
    view, creates = operation.view, operation.kind == "creates"
    media_types = ["application/json"]
    if operation.kind == "changes":
        media_types.append("application/merge-patch+json")
    body = reference(operation.command.__name__)
    headers = {"ETag": _header("ETag"), "X-Request-Id": _header("RequestId")}
    if creates:
        headers["Location"] = _header("Location")
    conditions = [] if creates else [_parameter("IfMatch")]
    repeatable = [] if operation.kind == "changes" else [_parameter("IdempotencyKey")]
    return {
        "operationId": operation.mutation,
        "tags": [view.name],
        "summary": doc.splitlines()[0].rstrip("."),
        "description": doc,
        "parameters": [*conditions, *repeatable, _parameter("AcceptLanguage")],
        "requestBody": {
            "required": True,
            "content": {media_type: {"schema": body} for media_type in media_types},
        },
        "responses": {
            "201" if creates else "200": {
                "description": f"The {view.name} as it is now.",
                "headers": headers,
                "content": {"application/json": {"schema": reference(view.name)}},
            },
            **_problems(401, 403, 404, 409, 412, 413, 415, 422),
        },
    }


def _problems(*statuses: int) -> dict[str, Schema]:
    return {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}


def _problem(status: int) -> Schema:
    codes = [one for one in catalogue("en") if one.status == status]
    listed = " ".join(f"`{one.code}`" for one in codes)
    example = codes[0]
    return {
        "description": f"{_PROBLEMS[status]} Codes: {listed}.",
        "content": {
            "application/problem+json": {
                "schema": reference("Problem"),
                "example": {
                    "type": f"/problems/{example.code}",
                    "title": example.title,
                    "status": status,
                    "detail": example.meaning,
                    "code": example.code,
                    "requestId": _ID,
                },
            }
        },
    }


def _parameter(name: str) -> Schema:
    return {"$ref": f"#/components/parameters/{name}"}


def _header(name: str) -> Schema:
    return {"$ref": f"#/components/headers/{name}"}


_INTRODUCTION = """
One vocabulary at every door: the names here are those of the GraphQL schema.

- **Lists** page by cursor: give `page.endCursor` as `after`, or follow `Link: rel="next"`.
- **Versions**: an `ETag` is `"<version>.<hash>"`. Send it back as `If-Match` to change only what you have seen.
- **Repeating**: an `Idempotency-Key` makes any POST repeatable.
- **Errors** are `application/problem+json` with a stable `code`; each has a page at `/problems/{code}`.
- **Fields that you may not read** are null; what you may do with a resource is in `allowedActions`.
""".strip()

_SHARED: dict[str, Schema] = {
    "PageFacts": {
        "type": "object",
        "description": "Where a page stands.",
        "properties": {
            "endCursor": {"type": ["string", "null"], "description": "Give it as `after` to go on."},
            "hasNextPage": {"type": "boolean", "description": "There are rows behind this page."},
        },
        "required": ["endCursor", "hasNextPage"],
        "additionalProperties": False,
    },
    "Problem": {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "description": "Its page."},
            "title": {"type": "string", "description": "Its name, in the reader's language."},
            "status": {"type": "integer", "description": "The HTTP status."},
            "detail": {"type": "string", "description": "What happened this time."},
            "code": {"type": "string", "description": "The stable code to act on."},
            "requestId": {"type": ["string", "null"], "description": "Quote it when you report a defect."},
            "errors": {
                "type": "array",
                "description": "Where the input is to blame.",
                "items": {
                    "type": "object",
                    "properties": {
                        "pointer": {"type": "string", "description": "JSON pointer into the input."},
                        "detail": {"type": "string", "description": "What is wrong there."},
                    },
                    "required": ["pointer", "detail"],
                },
            },
        },
        "required": ["type", "title", "status", "detail", "code"],
    },
}

_PARAMETERS: dict[str, Schema] = {
    "First": {
        "name": "first",
        "in": "query",
        "description": "How many rows.",
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": DEFAULT_PAGE},
    },
    "After": {
        "name": "after",
        "in": "query",
        "description": "The cursor to go on from; it belongs to this list in this order with these filters.",
        "schema": {"type": "string"},
    },
    "Count": {
        "name": "count",
        "in": "query",
        "description": "Count the rows of all pages, too.",
        "schema": {"type": "boolean", "default": False},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag of what the reader has.",
        "schema": {"type": "string"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that the resource was read with: refuse when it has changed since.",
        "schema": {"type": "string", "pattern": '^(\\*|(W/)?"[0-9]{1,9}\\.[0-9a-f]*")$'},
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A key of the caller's: the same request with it is done once.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    },
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "description": "The language of titles: da, sv, nb or en.",
        "schema": {"type": "string"},
        "example": "da",
    },
}

_HEADERS: dict[str, Schema] = {
    "ETag": {"description": "Version and hash of the answer.", "schema": {"type": "string"}},
    "Link": {"description": "The next page, where there is one.", "schema": {"type": "string"}},
    "Location": {"description": "Where the new resource is.", "schema": {"type": "string", "format": "uri-reference"}},
    "RequestId": {"description": "The request's id, in the log too.", "schema": {"type": "string"}},
}
