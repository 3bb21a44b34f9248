"""Where the pages are, and how they are added to the application.

`FastAPI(docs_url=None, redoc_url=None)`, or its own pages, which load from other origins, come first.
"""

from collections.abc import Mapping

from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from service.api.pages.assets import answer_asset
from service.api.pages.catalogue import Catalogue, problem_page, problems_page
from service.api.pages.frame import language_of, page, words


class BrowserRoute(Route):
    """A route for people: it is not there for a program that asks the same path for something else.

    GraphQL is served at the same address as its page, to GET as well.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match a GET that wants HTML by name and carries no query."""
        asks = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if not asks or "query" in QueryParams(scope["query_string"]) or not _wants_html(Headers(scope=scope)):
            return Match.NONE, {}
        return super().matches(scope)


def pages(*, version: str, problems: Catalogue) -> list[Route]:
    """Make the routes of all pages and of the files they load; none of them is part of the contract.

    The page of GraphQL shares its path with GraphQL itself, so that these routes come before that one.
    `version` is the release shown on the front page, `problems` the catalogue in a given language.
    """

    async def home(request: Request) -> Response:
        language = language_of(request)
        return page(request, "home", _home(language, version), title=words(language)["home_title"], language=language)

    async def every_problem(request: Request) -> Response:
        return problems_page(request, problems)

    async def one_problem(request: Request) -> Response:
        return problem_page(request, problems)

    return [
        Route("/", home),
        Route("/docs", _rest),
        BrowserRoute("/graphql", _graphql),
        Route("/problems", every_problem),
        Route("/problems/{code}", one_problem),
        Route("/assets/{edition}/{name}", _asset),
    ]


def _home(language: str, version: str) -> Mapping[str, str]:
    return {"release": words(language)["release"].replace("{version}", version)}


# The tools speak English, like the contract that they show.
async def _rest(request: Request) -> Response:
    return page(request, "docs", {}, title="REST", language="en", tab="rest", translated=False)


async def _graphql(request: Request) -> Response:
    return page(request, "graphql", {}, title="GraphQL", language="en", tab="graphql", translated=False)


async def _asset(request: Request) -> Response:
    return answer_asset(request)


def _wants_html(headers: Headers) -> bool:
    # `*/*` is what programs send that do not care; they get GraphQL's own answer.
    return "text/html" in headers.get("accept", "").lower()
