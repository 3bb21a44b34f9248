"""The readings that all contenders are compared in: the same content, then who is how fast."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import httpx
from joserfc.jwk import ECKey

from benchmarks.asks import Asks, readings
from benchmarks.cast import Cast
from benchmarks.contenders import start
from benchmarks.database import Filled
from benchmarks.figures import LIMIT, OURS
from benchmarks.measuring import Lane, Workload
from benchmarks.processes import Running
from benchmarks.recording import Recorded, keep, recorder
from benchmarks.requests import HOST, Request


async def recorded(database: Filled, key: ECKey, asks: Asks) -> Mapping[str, list[Recorded]]:
    """What the service runs for each request once its connection is bound."""
    found: dict[str, list[Recorded]] = {}
    async with recorder(database.service_url, key) as record:
        for name, requests in asks.items():
            await record(requests[0])
            found[name] = [await record(one) for one in requests]
    return found


def for_the_limit(found: Mapping[str, list[Recorded]], file: Path) -> Asks:
    """Keep what was recorded for a process of the limit; the requests with which it is asked for the same."""
    flat: list[Recorded] = []
    asks: dict[str, list[Request]] = {}
    for name, several in found.items():
        asks[name] = [Request(path=f"/{len(flat) + i}") for i in range(len(several))]
        flat += several
    keep(flat, file)
    return asks


def answer(running: Running, request: Request) -> bytes:
    """What a contender answers. Raises HTTPStatusError."""
    answered = httpx.request(
        request.method,
        f"http://{HOST}:{running.port}{request.path}",
        headers=dict(request.headers),
        content=request.body or None,
        timeout=60,
    )
    return answered.raise_for_status().content


class UnequalError(Exception):
    """Two contenders say different things; to compare their speed would mean nothing."""


def workloads(
    stack: ExitStack, database: Filled, folder: Path, key: ECKey, cast: Cast, found: Mapping[str, list[Recorded]]
) -> list[Workload]:
    """Start the contenders and compare what they say; what is to be measured. Raises UnequalError."""
    asks = readings(cast, key)
    limited = for_the_limit(found, folder / "recordings")
    ours = stack.enter_context(start.ours(database, folder))
    limit = stack.enter_context(start.limit(database, folder, folder / "recordings"))
    listed: list[Workload] = []
    for name, requests in asks.items():
        for mine, theirs in zip(requests, limited[name], strict=True):
            if answer(ours, mine) != answer(limit, theirs):
                raise UnequalError(f"{name}: the limit answers other bytes.")
        lanes = [
            Lane(who=LIMIT, running=limit, requests=limited[name]),
            Lane(who=OURS, running=ours, requests=requests),
        ]
        listed.append(Workload(name=name, lanes=lanes))
    return listed
