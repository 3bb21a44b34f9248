"""The service behind a socket: one process, or a few that share it."""

import ctypes
import os
import signal
import socket
import sys
from collections.abc import MutableMapping
from types import FrameType
from typing import Any

import structlog
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.supervisors.multiprocess import Multiprocess

from service import logs
from service.databases import Refusal
from service.development import issuer_key
from service.embedded import data_directory
from service.main import application, clock_of, rooms
from service.settings import Settings

log: Any = structlog.get_logger("talentspor")

_GRACE = 10  # seconds for requests under way when told to stop
_PATIENCE = 30  # seconds for a worker to be there; on a busy machine its start alone takes several


class Served:
    """The ASGI application over rooms of its own: opened when its process starts to serve, closed when it stops."""

    def __init__(self, database_url: str, settings: Settings) -> None:
        self.database_url = database_url
        self.settings = settings
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102  -- the class says it
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        elif self.app is not None:
            await self.app(scope, receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        development = issuer_key(data_directory()) if self.settings.env == "development" else None
        farewell: Message | None = None
        if self.settings.env == "production" and self.settings.public_url is None:
            log.warning("TALENTSPOR_PUBLIC_URL is not set", certificates_name=self.settings.address)

        async def hold_back(message: Message) -> None:
            """The process ends at the farewell, so it waits until the rooms are closed."""
            nonlocal farewell
            if message["type"].startswith("lifespan.shutdown."):
                farewell = message
                return
            if message["type"] == "lifespan.startup.complete":
                _give_back()
            await send(message)

        async with rooms(self.database_url, self.settings, development=development) as joined:
            self.app = application(joined, self.settings, background=[clock_of(joined)])
            await self.app(scope, receive, hold_back)
        if farewell is not None:
            await send(farewell)


def _give_back() -> None:
    """Return to the system the memory that only the start needed: 2 MB, where the C library can be asked to."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def served() -> Served:
    """The application of this process, which learns from the environment what to be. Raises Refusal."""
    settings = Settings()
    if settings.database_url is None:
        raise Refusal("TALENTSPOR_DATABASE_URL is not set.")
    form = settings.log_form or ("json" if settings.env == "production" else "lines")
    logs.configure(form=form, level=settings.log_level)
    return Served(settings.database_url.get_secret_value(), settings)


def bound(host: str, port: int) -> socket.socket:
    """A socket of that address, not listening yet. Raises Refusal."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
    except OSError as error:
        raise _unusable(host, port, error) from error
    found = socket.socket(family, kind)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(address)
    except OSError as error:
        found.close()
        raise _unusable(host, port, error) from error
    found.set_inheritable(True)
    return found


def serve(
    listener: socket.socket,
    database_url: str,
    settings: Settings,
    environment: MutableMapping[str, str],
    *,
    workers: int = 1,
) -> None:
    """Answer requests until told to stop; requests under way are finished first.

    Worker processes read the environment anew, so what was decided here goes there. Raises Refusal; leaves by
    KeyboardInterrupt or SystemExit where a signal ended it.
    """
    environment["TALENTSPOR_DATABASE_URL"] = database_url
    environment["TALENTSPOR_ENV"] = settings.env
    config = uvicorn.Config(
        "service.serving:served",
        factory=True,
        workers=workers,
        loop="uvloop" if sys.platform != "win32" else "auto",
        http="httptools",
        ws="none",
        lifespan="on",
        proxy_headers=True,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=_GRACE,
        timeout_worker_healthcheck=_PATIENCE,
    )
    if workers > 1:
        Multiprocess(config, sockets=[listener]).run()
        return
    before = signal.signal(signal.SIGHUP, _terminate)  # the terminal was closed
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except OSError as error:
        host, port, *_ = listener.getsockname()
        raise _unusable(host, port, error) from error
    finally:
        signal.signal(signal.SIGHUP, before)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGTERM)


def _unusable(host: str, port: int, error: OSError) -> Refusal:
    reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
    return Refusal(f"Port {port} of {host} cannot be used: {reason}; choose another with --port or TALENTSPOR_PORT.")


def address_of(listener: socket.socket, host: str) -> str:
    """Where a browser on this machine finds it."""
    shown: Any = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{listener.getsockname()[1]}"
