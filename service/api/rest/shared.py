"""What the operations of the contract have in common: parameters, headers, problems, the facts of a page."""

from collections.abc import Mapping

from service.api.problems import catalogue
from service.api.rest.query import DEFAULT_PAGE, LARGEST_PAGE
from service.api.rest.schemas import Schema, reference
from service.domain.reading import View

SAMPLE_ID = "01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e"

_PROBLEMS: Mapping[int, str] = {
    401: "No token, or one that does not hold.",
    403: "Visible, but not yours to do or to ask.",
    404: "It does not exist, or you may not know that it does.",
    409: "A rule of the domain, given what is stored, says no.",
    412: "Somebody else changed it first.",
    413: "The body is larger than the service accepts.",
    415: "The body has another media type.",
    422: "The input does not follow the contract.",
    503: "It cannot be answered just now.",
}


def parameter(name: str) -> Schema:
    """A pointer to a shared parameter."""
    return {"$ref": f"#/components/parameters/{name}"}


def identity_of(view: View) -> Schema:
    """The parameter that names one resource."""
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": f"Identity of the {view.name}.",
        "schema": {"type": "string", "format": "uuid"},
        "example": SAMPLE_ID,
    }


def header(name: str) -> Schema:
    """A pointer to a shared header."""
    return {"$ref": f"#/components/headers/{name}"}


def shown(name: str) -> Schema:
    """A body or an answer: its schema and the example of it."""
    return {"schema": reference(name), "examples": {name: {"$ref": f"#/components/examples/{name}"}}}


def problems(*statuses: int) -> dict[str, Schema]:
    """The refusals that an operation may answer with."""
    return {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}


def problem_responses() -> dict[str, Schema]:
    """Each refusal once, with the codes that stand behind its status."""
    return {f"Problem{status}": _problem(status) for status in _PROBLEMS}


def _problem(status: int) -> Schema:
    codes = [one for one in catalogue("en") if one.status == status]
    listed = " ".join(f"`{one.code}`" for one in codes)
    example = codes[0]
    return {
        "description": f"{_PROBLEMS[status]} Codes: {listed}.",
        "headers": {"X-Request-Id": header("RequestId")},
        "content": {
            "application/problem+json": {
                "schema": reference("Problem"),
                "example": {
                    "type": f"/problems/{example.code}",
                    "title": example.title,
                    "status": status,
                    "detail": example.meaning,
                    "code": example.code,
                    "requestId": SAMPLE_ID,
                },
            }
        },
    }


SCHEMAS: dict[str, Schema] = {
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

PARAMETERS: dict[str, Schema] = {
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
        "example": '"3.0d2c4b6a8f1e7935"',
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that the resource was read with: refuse when it has changed since.",
        "schema": {"type": "string", "pattern": '^(\\*|(W/)?"[0-9]{1,9}\\.[0-9a-f]*")$'},
        "example": '"3.0d2c4b6a8f1e7935"',
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A key of the caller's: the same request with it is done once.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
        "example": "8f14e45f-ceea-467f-a0e6-d8b0b1f8a6c5",
    },
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "description": "The language of titles: da, sv, nb or en.",
        "schema": {"type": "string"},
        "example": "da",
    },
}

HEADERS: dict[str, Schema] = {
    "ETag": {"description": "Version and hash of the answer.", "schema": {"type": "string"}},
    "Link": {"description": "The next page, where there is one.", "schema": {"type": "string"}},
    "Location": {"description": "Where the new resource is.", "schema": {"type": "string", "format": "uri-reference"}},
    "RequestId": {"description": "The request's id, in the log too.", "schema": {"type": "string"}},
}
