"""The application on a port, for tests that need more than a transport in memory."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn

from service.main import Rooms, application
from service.settings import Settings


@asynccontextmanager
async def listening(rooms: Rooms) -> AsyncGenerator[str]:
    """The application on a free port of the loopback interface."""
    app = application(rooms, Settings(env="development"))
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on", timeout_graceful_shutdown=5))
        serving = asyncio.create_task(server.serve([door]))
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving
