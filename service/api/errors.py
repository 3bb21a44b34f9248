"""Domain errors at the doors: kind → status, code → title, in the caller's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from service.api.pages.language import preferred
from service.api.problems import problem
from service.domain.errors import DomainError

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, kw_only=True)
class InputError:
    """One thing that is wrong with an input: where, as a JSON pointer, and what."""

    pointer: str
    detail: str


class Malformed(DomainError):  # noqa: N818  -- in line with the domain's own errors
    """Input that does not follow the contract; `errors` says where."""

    def __init__(self, errors: Sequence[InputError]) -> None:
        """Say it with the first error; the others come with it."""
        first = errors[0]
        super().__init__("malformed", f"{first.pointer or 'The input'}: {first.detail}", pointer=first.pointer)
        self.errors = errors


class TooLarge(DomainError):  # noqa: N818
    """More than the service accepts (413)."""


class UnsupportedMediaType(DomainError):  # noqa: N818
    """A body in a form that the service does not read (415)."""


def language_of(headers: Mapping[str, str]) -> str:
    """The language that a caller reads."""
    return preferred(headers.get("accept-language", ""))


def described(error: DomainError, language: str) -> dict[str, Any]:
    """The error as a problem document (RFC 9457)."""
    known = problem(error.code, language)
    document: dict[str, Any] = {
        "type": f"/problems/{error.code}",
        "title": known.title,
        "status": known.status,
        "detail": error.detail,
        "code": error.code,
    }
    if isinstance(error, Malformed):
        document["errors"] = [{"pointer": one.pointer, "detail": one.detail} for one in error.errors]
    elif error.pointer is not None:
        document["errors"] = [{"pointer": error.pointer, "detail": error.detail}]
    return document


def problem_response(request: Request, error: DomainError) -> Response:
    """The error as an answer."""
    document = described(error, language_of(request.headers))
    document["requestId"] = request.scope.get("request_id")
    headers = {"Content-Language": language_of(request.headers)}
    if document["status"] == UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="talentspor"'
    if document["status"] == UNAVAILABLE:
        headers["Retry-After"] = "5"
    return Response(orjson.dumps(document), document["status"], headers, MEDIA_TYPE)


UNAUTHORIZED = 401
UNAVAILABLE = 503
