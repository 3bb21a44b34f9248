"""The routes of the service, found by where their address begins: a look-up instead of a try at each."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from service.api.errors import problem_response
from service.domain.errors import DomainError

Handler = Callable[[Request], Awaitable[Response]]

_VERSIONED = "v1"


class Routes(BaseRoute):
    """Many routes as one. The one that matched is left in the scope as `route`, for the log and the metrics.

    Those whose address begins alike (`/v1/placements`, `/docs`) are tried in the order in which they are given.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = tuple(routes)
        self._beginning: defaultdict[str, list[Route]] = defaultdict(list)
        for one in self.routes:
            self._beginning[_beginning(one.path)].append(one)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:  # noqa: D102  -- Starlette's own contract
        if scope["type"] != "http":
            return Match.NONE, {}
        best: tuple[Match, Scope] = (Match.NONE, {})
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        for route in self._beginning.get(_beginning(path), ()):
            match, child = route.matches(scope)
            if match is Match.FULL:
                return match, {**child, "route": route}
            if match is Match.PARTIAL and best[0] is Match.NONE:
                best = match, {**child, "route": route}
        return best

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102  -- as above
        await scope["route"].handle(scope, receive, send)

    def methods_at(self, scope: Scope) -> set[str]:
        """What is possible at an address."""
        return {
            method for one in self.routes if one.matches(scope)[0] is not Match.NONE for method in one.methods or ()
        }


class Answering:
    """A handler as an ASGI application: Starlette wraps a function in layers that nothing here needs."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102  -- the class says it
        request = Request(scope, receive)
        try:
            answer = await self.handler(request)
        except DomainError as error:
            answer = problem_response(request, error)
        await answer(scope, receive, send)


def _beginning(path: str) -> str:
    first, _, rest = path[1:].partition("/")
    return rest.partition("/")[0] if first == _VERSIONED else "/" + first


def routes_of(app: Any) -> Routes:
    """The routes that an application was made with."""
    (found,) = (one for one in app.routes if isinstance(one, Routes))
    return found
