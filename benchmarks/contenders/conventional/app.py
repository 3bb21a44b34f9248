"""The application of the conventional stack: `python -m benchmarks.contenders.conventional.app URL PORT`."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from benchmarks.contenders.conventional import graphql, rest
from benchmarks.contenders.conventional.tables import opened
from benchmarks.contenders.limit import serve


def application(url: str) -> FastAPI:
    """Both doors over one engine."""
    engine, sessions = opened(url)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        yield
        await engine.dispose()

    app = FastAPI(lifespan=lifespan)
    app.state.sessions = sessions
    app.include_router(rest.router)
    app.include_router(graphql.router(sessions), prefix="/graphql")
    return app


if __name__ == "__main__":
    serve(application(sys.argv[1]), int(sys.argv[2]))
