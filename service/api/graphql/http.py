"""GraphQL over HTTP: one address, GET and POST, both media types."""

from typing import Any, cast

import orjson
from graphql import FieldNode, OperationDefinitionNode, OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.api.context import Context
from service.api.errors import language_of
from service.api.graphql.compiled import Compiled, Refused, domain_error, needs_actor
from service.api.graphql.schema import sdl
from service.api.routing import Answering
from service.api.security import Unauthenticated
from service.domain.errors import DomainError

GRAPHQL_JSON = "application/graphql-response+json"
_JSON = "application/json"
_REFUSED, _UNAUTHENTICATED, _METHOD, _ACCEPT, _MEDIA = 400, 401, 405, 406, 415


class BadRequest(Exception):  # noqa: N818  -- in line with the other refusals
    """Not a GraphQL request at all."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        """Say what is wrong."""
        super().__init__(message)
        self.status = status
        self.headers = headers


def graphql_routes(context: Context) -> list[Route]:
    """`/graphql`, and the schema beside it."""
    compiled = Compiled(context)

    async def graphql(request: Request) -> Response:
        return await answer(compiled, request)

    async def schema(_: Request) -> Response:
        return Response(sdl(), media_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-cache"})

    return [Route("/graphql", Answering(graphql), methods=["GET", "POST"]), Route("/graphql/schema.graphql", schema)]


async def answer(compiled: Compiled, request: Request) -> Response:
    """Answer one request."""
    media_type = _JSON
    language = language_of(request.headers)
    try:
        media_type = _media_type(request)
        parameters = await _parameters(request)
        document = compiled.document(parameters["query"])
        plans = document.operation(parameters["operationName"])
        operation = plans.operation
        request.scope["operation"] = _named(operation)
        if request.method == "GET" and operation.operation is not OperationType.QUERY:
            raise BadRequest(_METHOD, "A mutation goes over POST.", Allow="POST")
        actor = None
        if needs_actor(document, operation):
            actor = await compiled.context.authenticator.actor(request.headers.get("authorization"))
            request.scope["actor"] = actor
        key = request.headers.get("idempotency-key")
        body = await compiled.run(document, plans, parameters["variables"], actor, key)
    except BadRequest as error:
        return _errors(
            [{"message": str(error), "extensions": {"code": "graphql_invalid"}}],
            error.status,
            media_type,
            error.headers,
        )
    except Refused as error:
        # Over plain JSON a well-formed request is answered with 200 whatever the document, as the spec says.
        return _errors(error.errors, _REFUSED if media_type == GRAPHQL_JSON else 200, media_type)
    except Unauthenticated as error:
        headers = {"WWW-Authenticate": 'Bearer realm="talentspor"'}
        return _errors([domain_error(error, language)], _UNAUTHENTICATED, media_type, headers)
    except DomainError as error:
        failed = {"errors": [domain_error(error, language)], "data": None}
        return Response(orjson.dumps(failed), 200, {"Cache-Control": "private, no-store"}, media_type)
    return Response(body, 200, {"Cache-Control": "private, no-store"}, media_type)


def _named(operation: OperationDefinitionNode) -> str:
    """What the operation is counted as: its kind and the first field of the schema that it asks for."""
    fields = (one.name.value for one in operation.selection_set.selections if isinstance(one, FieldNode))
    return f"{operation.operation.value} {next(fields, '…')}"


def _errors(
    errors: list[dict[str, Any]], status: int, media_type: str, headers: dict[str, str] | None = None
) -> Response:
    return Response(orjson.dumps({"errors": errors}), status, headers, media_type)


def _media_type(request: Request) -> str:
    accepted = request.headers.get("accept", "*/*").lower()
    types = [one.partition(";")[0].strip() for one in accepted.split(",")]
    for one in types:
        if one == GRAPHQL_JSON:
            return GRAPHQL_JSON
        if one in {_JSON, "application/*", "*/*", ""}:
            return f"{_JSON}; charset=utf-8" if one == _JSON else _JSON
    raise BadRequest(_ACCEPT, f"This answers {GRAPHQL_JSON} or {_JSON}.")


async def _parameters(request: Request) -> dict[str, Any]:
    if request.method == "GET":
        given: dict[str, Any] = dict(request.query_params)
        for name in ("variables", "extensions"):
            if given.get(name):
                given[name] = _loaded(given[name].encode(), name)
    else:
        content_type = request.headers.get("content-type", "").lower()
        if content_type.partition(";")[0].strip() != _JSON:
            raise BadRequest(_MEDIA, f"Send {_JSON}.")
        body = _loaded(await request.body(), "The body")
        if not isinstance(body, dict):
            raise BadRequest(_REFUSED, "A request is one JSON object with a query in it.")
        given = cast("dict[str, Any]", body)
    _check(given.get("query"), str, "query", required=True)
    _check(given.get("operationName"), str, "operationName")
    _check(given.get("variables"), dict, "variables")
    _check(given.get("extensions"), dict, "extensions")
    return {
        "query": given["query"],
        "operationName": given.get("operationName") or None,
        "variables": given.get("variables") or {},
    }


def _check(value: Any, kind: type, name: str, *, required: bool = False) -> None:
    if value is None and not required:
        return
    if not isinstance(value, kind) or (required and not value):
        words = {str: "a string", dict: "an object"}[kind]
        raise BadRequest(_REFUSED, f"`{name}` is {words}{'' if required else ' or null'}.")


def _loaded(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(_REFUSED, f"{what} is not JSON: {error}.") from error
