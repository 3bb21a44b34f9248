"""The composition root: settings → pool → rooms → application. The only module that knows them all."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import asyncpg
from fastapi import FastAPI
from joserfc.jwk import ECKey
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route

from service.api.context import Context, Limits
from service.api.edge import Edge
from service.api.errors import problem_response
from service.api.graphql.http import graphql_routes
from service.api.pages.routes import add_pages
from service.api.problems import catalogue
from service.api.rest.contract import contract
from service.api.rest.imports import PATH as IMPORTS
from service.api.rest.imports import import_routes
from service.api.rest.routes import routes
from service.api.security import Authenticator
from service.clockwork import clockwork
from service.domain.catalogue import DUTIES, OPERATIONS, VIEWS
from service.domain.clock import Clock, utc_now
from service.domain.days import begin
from service.domain.errors import DomainError, NotFound
from service.importing import BackgroundImports
from service.repo.database import Database, open_pool
from service.repo.issuers import PostgresIssuers
from service.repo.migrating import head
from service.repo.queue import Queue
from service.repo.reading.reader import PostgresReader
from service.repo.sources import SOURCES
from service.repo.unit_of_work import PostgresTransactions
from service.settings import Settings

VERSION = version("talentspor")


@dataclass(frozen=True, kw_only=True)
class Rooms:
    """The rooms, joined: the adapters over one pool, and what the doors need of them."""

    database: Database
    transactions: PostgresTransactions
    context: Context
    imports: BackgroundImports
    queue: Queue


@asynccontextmanager
async def rooms(
    database_url: str, settings: Settings, *, development: ECKey | None = None, clock: Clock = utc_now
) -> AsyncGenerator[Rooms]:
    """Open the pool and join the rooms over it. Raises what asyncpg raises where the database is out of reach."""
    pool = await open_pool(database_url, size=settings.pool_size, binding=settings.database_binding)
    try:
        database = Database(pool, clock, settings.database_binding)
        reader = PostgresReader(SOURCES, database, clock)
        transactions = PostgresTransactions(database, reader)
        context = Context(
            reader=reader,
            transactions=transactions,
            authenticator=Authenticator(PostgresIssuers(database), development),
            clock=clock,
            limits=Limits(
                depth=settings.graphql_depth,
                rows=settings.graphql_rows,
                aliases=settings.graphql_aliases,
                tokens=settings.graphql_tokens,
            ),
            ready=lambda: _ready(pool),
        )
        imports = BackgroundImports(database, transactions)
        direct = settings.queue_database_url
        queue = Queue(direct.get_secret_value() if direct else database_url)
        yield Rooms(database=database, transactions=transactions, context=context, imports=imports, queue=queue)
    finally:
        await pool.close()


async def _ready(pool: Any) -> str | None:
    try:
        async with pool.acquire(timeout=2) as connection:
            at = await connection.fetchval("SELECT version_num FROM alembic_version")
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return "The database cannot be reached."
    wanted = head()
    return None if at == wanted else f"The schema is at {at}, this release needs {wanted}: run `talentspor migrate`."


def clock_of(joined: Rooms) -> AbstractAsyncContextManager[None]:
    """While it is entered, what is due in any organisation is done when its time comes."""
    return clockwork(joined.transactions, joined.queue.worked, (begin, *DUTIES))


def application(joined: Rooms, settings: Settings, *, background: Sequence[Any] = ()) -> FastAPI:
    """The ASGI application over rooms that somebody else opens and closes."""
    context = joined.context

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(joined.imports.running())
            for one in background:
                await stack.enter_async_context(one)
            yield

    app = FastAPI(
        title="Talentspor", version=VERSION, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )

    async def openapi(_: Request) -> Response:
        return JSONResponse(contract(VERSION))

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(request: Request) -> Response:
        reason = await context.ready()
        if reason is None:
            return JSONResponse({"status": "ready"})
        return problem_response(request, DomainError("unavailable", reason))

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    add_pages(app, version=VERSION, problems=catalogue)
    app.router.routes += [
        Route("/openapi.json", openapi),
        Route("/health/live", live),
        Route("/health/ready", ready),
        Route("/metrics", metrics),
        *routes(context, VIEWS.values(), OPERATIONS),
        *import_routes(context, joined.imports, upload_limit=settings.upload_limit),
        *graphql_routes(context),
    ]
    app.add_exception_handler(HTTPException, _http_error)
    app.add_middleware(Edge, body_limit=settings.body_limit, upload_paths=frozenset({IMPORTS}))
    return app


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == METHOD_NOT_ALLOWED:
        answer = problem_response(
            request, DomainError("method_not_allowed", f"{request.method} is not possible at this address.")
        )
        answer.headers["Allow"] = ", ".join(sorted(_methods(request)))
        return answer
    return problem_response(request, NotFound("resource", request.url.path))


def _methods(request: Request) -> set[str]:
    """What is possible at an address: each method there has a route of its own."""
    routes = [one for one in request.app.routes if isinstance(one, Route)]
    return {method for one in routes if one.matches(request.scope)[0] is not Match.NONE for method in one.methods or ()}


METHOD_NOT_ALLOWED = 405
