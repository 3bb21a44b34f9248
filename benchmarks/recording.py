"""The statements that the service runs for a request, as it runs them: what the limit runs, too."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx
from asyncpg.prepared_stmt import PreparedStatement
from joserfc.jwk import ECKey

from benchmarks.recorded import Call, Recorded
from benchmarks.requests import Request
from service.logs import configure
from service.main import application, rooms
from service.settings import Settings

_METHODS = ("execute", "executemany", "fetch", "fetchrow", "fetchval")


_SESSION = """
SELECT name, setting FROM pg_settings WHERE source IN ('client', 'session') AND name <> 'application_name'
"""


@dataclass(frozen=True)
class Recorder:
    """The service in this process: how it sets its sessions, and a way to hear what a request makes it run."""

    session: Mapping[str, str]
    record: Callable[[Request], Awaitable[Recorded]]


@asynccontextmanager
async def recorder(url: str, key: ECKey) -> AsyncGenerator[Recorder]:
    """The service over that database, for as long as the block lasts."""
    heard: list[tuple[Call, Any]] = []
    undo = [
        _overhear(kind, name, heard)
        for kind in (asyncpg.Connection, PreparedStatement)
        for name in _METHODS
        if hasattr(kind, name)
    ]
    settings = Settings(env="development", pool_size=1)
    configure(form="json", level="warning")
    try:
        async with rooms(url, settings, development=key) as joined:
            transport = httpx.ASGITransport(application(joined, settings))
            async with httpx.AsyncClient(transport=transport, base_url="http://recorder") as client:

                async def record(request: Request) -> Recorded:
                    heard.clear()
                    answer = await client.request(
                        request.method, request.path, headers=list(request.headers), content=request.body or None
                    )
                    if answer.status_code >= httpx.codes.BAD_REQUEST:
                        raise AssertionError(answer.text)
                    return _recorded(heard, answer.content, answer.status_code)

                async with joined.database.pool.acquire() as connection:
                    session = {row["name"]: row["setting"] for row in await connection.fetch(_SESSION)}
                yield Recorder(session, record)
    finally:
        for one in undo:
            one()


def _overhear(kind: Any, name: str, heard: list[tuple[Call, Any]]) -> Callable[[], None]:
    plain = getattr(kind, name)

    async def overheard(self: Any, *arguments: Any, **named: Any) -> Any:
        prepared = kind is PreparedStatement
        sql, values = (self.get_query(), arguments) if prepared else (arguments[0], arguments[1:])
        found = await plain(self, *arguments, **named)
        heard.append((Call(name, sql, tuple(values)), found))
        return found

    setattr(kind, name, overheard)
    return lambda: setattr(kind, name, plain)


def _recorded(heard: Sequence[tuple[Call, Any]], body: bytes, status: int) -> Recorded:
    for place, (call, found) in enumerate(heard):
        if call.method != "fetchrow" or found is None:
            continue
        json = found[0]
        if isinstance(json, bytes) and json and (at := body.find(json)) >= 0:
            calls = tuple(one for one, _ in heard)
            return Recorded(calls, place, body[:at], body[at + len(json) :], status)
    raise AssertionError("No statement's JSON is in the answer.")
