"""The routes: a collection and its resources per view, and one route per operation."""

import hashlib
import re
from collections.abc import Iterable
from uuid import UUID

import orjson
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.api.commands import read
from service.api.context import Context
from service.api.errors import UnsupportedMediaType
from service.api.rest.query import list_query, one_query
from service.api.routing import Answering, Handler
from service.api.selections import expanded
from service.api.writing import Wish, perform
from service.domain.actor import Actor
from service.domain.errors import Invalid, NotFound
from service.domain.operations import Operation
from service.domain.reading import Reading, View

PREFIX = "/v1"
_JSON = "application/json"
_BODIES = {_JSON, "application/merge-patch+json"}
_PAGE_FACTS = b'"page" : {"endCursor" : '
_PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}


def routes(context: Context, views: Iterable[View], operations: Iterable[Operation]) -> list[Route]:
    """Every route of the contract that follows from views and operations."""
    found: list[Route] = []
    for view in views:
        base = f"{PREFIX}/{view.path}"
        if view.singleton:
            found.append(route(base, "GET", _reads_one(context, view)))
        else:
            found.append(route(base, "GET", _reads_page(context, view)))
            found.append(route(f"{base}/{{id}}", "GET", _reads_one(context, view)))
    found += [route(path_of(one), method_of(one), _writes(context, one)) for one in operations]
    return found


def path_of(operation: Operation) -> str:
    """The path of an operation, `{id}` for the resource."""
    base = f"{PREFIX}/{operation.view.path}"
    if operation.kind == "creates":
        return f"{base}/{operation.verb}" if operation.verb else base
    own = base if operation.view.singleton else f"{base}/{{id}}"
    return f"{own}/{operation.verb}" if operation.kind == "acts" else own


def method_of(operation: Operation) -> str:
    """The HTTP method of an operation."""
    return "PATCH" if operation.kind == "changes" else "POST"


def route(path: str, method: str, handler: Handler) -> Route:
    """A route whose refusals are problem documents."""
    return Route(path.replace("{id}", "{id:identity}"), Answering(handler), methods=[method])


class Identity(Convertor[UUID]):
    """An id in a path, in its one written form; what is none of that form is no address."""

    regex = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

    def convert(self, value: str) -> UUID:
        """The id of that text."""
        return UUID(value)

    def to_string(self, value: UUID) -> str:
        """The text of that id."""
        return str(value)


register_url_convertor("identity", Identity())


async def actor_of(context: Context, request: Request) -> Actor:
    """Who asks. Raises Unauthenticated."""
    actor = await context.authenticator.actor(request.headers.get("authorization"))
    request.scope["actor"] = actor
    return actor


def _identity(view: View, request: Request, actor: Actor) -> UUID:
    if view.singleton:
        return actor.organisation
    return request.path_params["id"]


def _reads_one(context: Context, view: View) -> Handler:
    async def handler(request: Request) -> Response:
        actor = await actor_of(context, request)
        selection = one_query(view, request.query_params)
        which = _identity(view, request, actor)
        reading = await context.reader.one(view, which, selection, actor)
        if reading is None:
            raise NotFound(view.name, which)
        return conditional(request, reading.json, etag(reading))

    return handler


def _reads_page(context: Context, view: View) -> Handler:
    async def handler(request: Request) -> Response:
        actor = await actor_of(context, request)
        wanted = list_query(view, request.query_params)
        body = await context.reader.page(view, wanted.page, actor, wanted.arguments)
        answer = conditional(request, body, f'"{_hash(body)}"')
        # The statement wrote the page's facts last; inside a JSON string its quotes would be escaped.
        facts = orjson.loads(body[body.rindex(_PAGE_FACTS) + len(b'"page" : ') : -1])
        if facts["hasNextPage"]:
            url = request.url.include_query_params(after=facts["endCursor"])
            answer.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
        return answer

    return handler


def _writes(context: Context, operation: Operation) -> Handler:
    view, status = operation.view, 201 if operation.kind == "creates" else 200

    async def handler(request: Request) -> Response:
        actor = await actor_of(context, request)
        media_type = request.headers.get("content-type", _JSON).partition(";")[0].strip().lower()
        body = await request.body()
        if body and media_type not in _BODIES:
            raise UnsupportedMediaType("unsupported_media_type", f"{media_type} is not read here; send {_JSON}.")
        wish = Wish(
            operation=operation,
            command=read(operation.command, body),
            selection=expanded(view),
            arguments={},
            identity=None if operation.kind == "creates" else _identity(view, request, actor),
            expected_version=expected_version(request.headers.get("if-match")),
        )
        key = request.headers.get("idempotency-key") if operation.kind != "changes" else None
        (done,) = await perform(context.transactions, actor, [wish], key, status)
        headers = {**_PRIVATE, "ETag": etag(done.reading)}
        if operation.kind == "creates":
            headers["Location"] = f"{PREFIX}/{view.path}/{done.resource}"
        if done.replayed:
            headers["Idempotency-Replayed"] = "true"
        return Response(done.reading.json, status, headers, _JSON)

    return handler


def conditional(request: Request, body: bytes, tag: str) -> Response:
    """The answer, or 304 where the reader has it already."""
    held = request.headers.get("if-none-match", "")
    if held.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in held.split(",")}:
        return Response(None, 304, {**_PRIVATE, "ETag": tag})
    return Response(body, 200, {**_PRIVATE, "ETag": tag}, _JSON)


def etag(reading: Reading) -> str:
    """`"<version>.<hash>"`: the version for `If-Match`, all of it for `If-None-Match`."""
    version = "" if reading.version is None else f"{reading.version}."
    return f'"{version}{_hash(reading.json)}"'


def expected_version(if_match: str | None) -> int | None:
    """The version in an If-Match header. Raises Invalid (`bad_if_match`)."""
    if if_match is None or if_match == "*":
        return None
    found = _VERSIONED.fullmatch(if_match)
    if found is None:
        raise Invalid("bad_if_match", "If-Match takes the ETag that the resource was read with.")
    return int(found[1])


_VERSIONED = re.compile(r'(?:W/)?"([0-9]{1,9})\.[0-9a-f]*"')


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
