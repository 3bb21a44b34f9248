"""The outermost layer: request ids, the body's limit, metrics, the log, and the last word on a defect."""

import time
from contextvars import ContextVar
from functools import cache
from typing import Any, cast
from uuid import uuid4

import asyncpg
import structlog
from prometheus_client import Counter, Histogram
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.errors import TooLarge, problem_response
from service.api.routing import routes_of
from service.domain.actor import Actor
from service.domain.errors import DomainError, NotFound

REQUESTS = Counter("talentspor_requests", "Requests answered.", ["operation", "status"])
DURATION = Histogram(
    "talentspor_request_seconds",
    "Time to answer a request.",
    ["operation"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)

request_id: ContextVar[str] = ContextVar("request_id", default="")
log: Any = structlog.get_logger("talentspor")

_LONGEST_ID = 100
_DEFECT = 500
_METHOD_NOT_ALLOWED = 405


class Edge:
    """ASGI middleware around the whole application. `body_limit` is in bytes; uploads have their own.

    What follows on one of the `secret_prefixes` in a path is as good as a password, and written into no log.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        body_limit: int,
        upload_paths: frozenset[str] = frozenset(),
        secret_prefixes: tuple[str, ...] = (),
    ) -> None:
        self.app = app
        self.body_limit = body_limit
        self.upload_paths = upload_paths
        self.secret_prefixes = secret_prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102  -- the class says it
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        scope["request_id"] = _request_id(scope)
        token = request_id.set(scope["request_id"])
        status = _DEFECT
        begun = False

        async def answer(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                begun = True
                status = cast("int", message["status"])
                headers = cast("list[tuple[bytes, bytes]]", message.setdefault("headers", []))
                headers.append((b"x-request-id", scope["request_id"].encode()))
                if not any(name == b"x-content-type-options" for name, _ in headers):
                    headers.append((b"x-content-type-options", b"nosniff"))
            await send(message)

        received = self._limited(scope, receive)
        try:
            await self.app(scope, received, answer)
        except DomainError as error:
            await problem_response(Request(scope), error)(scope, receive, answer)
        except HTTPException as error:
            await _not_there(Request(scope), error)(scope, receive, answer)
        except Exception as error:
            if begun:
                raise
            known = _known(error)
            if known.code == "internal":
                log.exception("defect", path=self._told(scope))
            await problem_response(Request(scope), known)(scope, receive, answer)
        finally:
            self._count(scope, status, time.perf_counter() - started)
            request_id.reset(token)

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        limit = self.body_limit
        if scope["path"] in self.upload_paths:
            return receive
        seen = 0

        async def limited() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise TooLarge("too_large", f"A request body has at most {limit} bytes.")
            return message

        return limited

    def _told(self, scope: Scope) -> str:
        path = cast("str", scope["path"])
        return next((f"{prefix}…" for prefix in self.secret_prefixes if path.startswith(prefix)), path)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        counter, histogram = _measures(_operation(scope), status)
        counter.inc()
        histogram.observe(seconds)
        actor = cast("Actor | None", scope.get("actor"))
        log.info(
            "request",
            method=scope["method"],
            path=self._told(scope),
            status=status,
            milliseconds=round(seconds * 1000, 2),
            request_id=scope["request_id"],
            organisation=str(actor.organisation) if actor else None,
            actor=actor.subject if actor else None,
        )


@cache
def _measures(operation: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(operation, str(status)), DURATION.labels(operation)


def _operation(scope: Scope) -> str:
    """What was asked for, among what can be: `GET /v1/placements/{id}`, `query placements`."""
    if named := scope.get("operation"):
        return named
    route = cast("Route | None", scope.get("route"))
    return f"{scope['method']} {route.path_format}" if route else "unmatched"


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and 0 < len(value) <= _LONGEST_ID:
            text = value.decode("latin-1")
            if text.isascii() and text.replace("-", "").replace("_", "").isalnum():
                return text
    return str(uuid4())


def _not_there(request: Request, error: HTTPException) -> Response:
    if error.status_code != _METHOD_NOT_ALLOWED:
        return problem_response(request, NotFound("resource", request.url.path))
    answer = problem_response(
        request, DomainError("method_not_allowed", f"{request.method} is not possible at this address.")
    )
    answer.headers["Allow"] = ", ".join(sorted(routes_of(request.app).methods_at(request.scope)))
    return answer


def _known(error: Exception) -> DomainError:
    if isinstance(error, asyncpg.PostgresConnectionError | asyncpg.InterfaceError | ConnectionError | TimeoutError):
        return DomainError("unavailable", "The database cannot be reached right now.")
    return DomainError("internal", "Something went wrong on our side.")
