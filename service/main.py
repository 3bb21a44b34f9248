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
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from service.api.context import Context, Limits
from service.api.edge import Edge
from service.api.errors import problem_response
from service.api.graphql.http import graphql_routes
from service.api.pages.routes import pages
from service.api.problems import catalogue
from service.api.rest.archives import archive_routes
from service.api.rest.calendars import PREFIX as CALENDARS
from service.api.rest.calendars import calendar_routes
from service.api.rest.certificates import certificate_routes
from service.api.rest.contract import contract
from service.api.rest.imports import PATH as IMPORTS
from service.api.rest.imports import import_routes
from service.api.rest.reports import report_routes
from service.api.rest.routes import routes
from service.api.routing import Routes
from service.api.security import Authenticator
from service.clockwork import clockwork
from service.domain.catalogue import DUTIES, OPERATIONS, VIEWS
from service.domain.clock import Clock, utc_now
from service.domain.days import begin
from service.domain.errors import DomainError
from service.importing import BackgroundImports
from service.repo.calendars import PostgresFeeds
from service.repo.certificates import PostgresPublications
from service.repo.database import Database, open_pool
from service.repo.issuers import PostgresIssuers
from service.repo.queue import Queue
from service.repo.reading.reader import PostgresReader
from service.repo.revisions import head
from service.repo.sources import SOURCES
from service.repo.unit_of_work import PostgresTransactions
from service.settings import Settings

VERSION = version("talentspor")


class Application(FastAPI):
    """FastAPI with one layer around its routes: `Edge` answers for whatever goes wrong, and nothing else is there."""

    body_limit: int

    def build_middleware_stack(self) -> ASGIApp:
        """The routes, inside the edge."""
        uploads, secret = frozenset({IMPORTS}), (CALENDARS,)
        return Edge(self.router, body_limit=self.body_limit, upload_paths=uploads, secret_prefixes=secret)


@dataclass(frozen=True, kw_only=True, repr=False)
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
        transactions = PostgresTransactions(database, reader, settings.address)
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

    app = Application(
        title="Talentspor", version=VERSION, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    app.body_limit = settings.body_limit

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

    app.router.routes.append(
        Routes(
            [
                *pages(version=VERSION, problems=catalogue),
                Route("/openapi.json", openapi),
                Route("/health/live", live),
                Route("/health/ready", ready),
                Route("/metrics", metrics),
                *routes(context, VIEWS.values(), OPERATIONS),
                *archive_routes(context),
                *report_routes(context),
                *import_routes(context, joined.imports, upload_limit=settings.upload_limit),
                *certificate_routes(context, PostgresPublications(joined.database, settings.address)),
                *calendar_routes(PostgresFeeds(joined.database)),
                *graphql_routes(context),
            ]
        )
    )
    return app
