"""The limit of readings: a bare ASGI application that runs the service's own SQL, without token and tenancy.

`python -m benchmarks.contenders.limit URL PORT RECORDINGS`. `GET /7` answers the eighth of what was recorded.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import asyncpg
import orjson
import uvicorn

from benchmarks.load import CONNECTIONS
from benchmarks.recorded import Recorded, kept
from benchmarks.requests import HOST


def _encoded(value: Any) -> bytes:
    return b"\x01" + orjson.dumps(value)


def _decoded(value: bytes) -> Any:
    return orjson.loads(value[1:])


async def open_pool(url: str, session: Mapping[str, str]) -> Any:
    """A pool of as many connections as requests are under way; JSON stays the bytes that Postgres made."""

    async def prepare(connection: Any) -> None:
        await connection.set_type_codec("json", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary")
        await connection.set_type_codec(
            "jsonb",
            schema="pg_catalog",
            encoder=_encoded,
            decoder=_decoded,
            format="binary",
        )

    async def nothing(connection: Any) -> None:
        del connection

    return await asyncpg.create_pool(
        url,
        min_size=CONNECTIONS,
        max_size=CONNECTIONS,
        init=prepare,
        reset=nothing,
        statement_cache_size=1024,
        max_cacheable_statement_size=0,
        server_settings=dict(session),
    )


class Bare:
    """An ASGI application that is nothing but a pool and an answer. Its sessions are set as the service's are."""

    def __init__(self, url: str, session: Mapping[str, str]) -> None:
        self.url = url
        self.session = session
        self.pool: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: D102  -- the class says it
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        status, body = await self.answer(scope)
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def answer(self, scope: Any) -> tuple[int, bytes]:
        """The status and the body."""
        raise NotImplementedError

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        self.pool = await open_pool(self.url, self.session)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.pool.close()
        await send({"type": "lifespan.shutdown.complete"})


class Limit(Bare):
    """The application."""

    def __init__(self, url: str, session: Mapping[str, str], recorded: list[Recorded]) -> None:
        super().__init__(url, session)
        self.readings = {f"/{i}": (one, one.calls[one.place]) for i, one in enumerate(recorded)}

    async def answer(self, scope: Any) -> tuple[int, bytes]:
        """What one statement says."""
        recorded, call = self.readings[scope["path"]]
        async with self.pool.acquire() as connection:
            row = await connection.fetchrow(call.sql, *call.values)
        return recorded.status, recorded.before + cast("bytes", row[0]) + recorded.after


def serve(app: Any, port: int) -> None:
    """Serve as the service is served."""
    uvicorn.run(
        app, host=HOST, port=port, loop="uvloop", http="httptools", ws="none", lifespan="on", access_log=False,
        log_level="warning", server_header=False,
    )  # fmt: skip


if __name__ == "__main__":
    _, url_, port_, recordings = sys.argv
    serve(Limit(url_, *kept(Recorded, Path(recordings))), int(port_))
