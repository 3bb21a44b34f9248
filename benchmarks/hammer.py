"""The load tool where wrk is absent: a lean HTTP client that keeps some connections busy.

`python -m benchmarks.hammer` takes a file of requests, a port, seconds, connections, and `once` or `again`; it prints
what wrk.lua prints.
"""

import asyncio
import json
import statistics
import sys
import time
from itertools import cycle
from pathlib import Path

from benchmarks.requests import HOST

_REFUSED = 400


def read(file: Path) -> list[bytes]:
    """The requests that `benchmarks.requests.write` wrote."""
    found: list[bytes] = []
    content, at = file.read_bytes(), 0
    while at < len(content):
        end = content.index(b"\n", at)
        length = int(content[at:end])
        found.append(content[end + 1 : end + 1 + length])
        at = end + 1 + length
    return found


class Hammer:
    """Sends requests in turn over several connections, one at a time over each, until the time is over."""

    def __init__(self, requests: list[bytes], *, once: bool) -> None:
        self.pending = iter(requests) if once else cycle(requests)
        self.exhausted = False
        self.failed = 0
        self.taken: list[float] = []

    async def run(self, port: int, until: float) -> None:
        """Keep one connection busy."""
        reader, writer = await asyncio.open_connection(HOST, port)
        try:
            while (started := time.perf_counter()) < until:
                request = next(self.pending, None)
                if request is None:
                    self.exhausted = True
                    return
                writer.write(request)
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
                await reader.readexactly(length)
                self.taken.append(time.perf_counter() - started)
                self.failed += int(head.split(b" ", 2)[1]) >= _REFUSED
        finally:
            writer.close()


async def hammer(file: Path, port: int, seconds: float, connections: int, *, once: bool) -> str:
    """Drive, and say in a line of JSON what came of it."""
    one = Hammer(read(file), once=once)
    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(one.run(port, started + seconds))
    took = time.perf_counter() - started
    cuts = statistics.quantiles(one.taken, n=100) if len(one.taken) > 1 else [0.0] * 99
    said = {"requests": len(one.taken), "seconds": took, "p50": cuts[49], "p99": cuts[98]}
    return json.dumps({**said, "failed": one.failed, "exhausted": one.exhausted})


if __name__ == "__main__":
    _, place, port_, seconds_, connections_, how = sys.argv
    print(asyncio.run(hammer(Path(place), int(port_), float(seconds_), int(connections_), once=how == "once")))
