"""Both load tools send what they are given, in turn, and tell what was refused."""

import asyncio
import threading
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field

import pytest

from benchmarks.load import drive, has_wrk, visit
from benchmarks.requests import HOST, Request


@dataclass(eq=False)
class Counting:
    """A server that counts what it is asked for; `/no` it refuses."""

    port: int = 0
    asked: Counter[str] = field(default_factory=Counter[str])

    async def serve(self, ready: threading.Event, over: asyncio.Event) -> None:
        server = await asyncio.start_server(self.answer, HOST, 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        server.close()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                method, path, _ = head.split(b" ", 2)
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
                body = await reader.readexactly(length)
                self.asked[f"{method.decode()} {path.decode()} {body.decode()}"] += 1
                status = b"409 Conflict" if path == b"/no" else b"200 OK"
                writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\nok")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


@pytest.fixture
def server() -> Generator[Counting]:
    counting, ready = Counting(), threading.Event()
    loop, over = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(counting.serve(ready, over)))
    thread.start()
    assert ready.wait(10)
    yield counting
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.run_until_complete(loop.shutdown_asyncgens())
    for task in asyncio.all_tasks(loop):
        task.cancel()
        loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    loop.close()


TWO = [Request(path="/a"), Request(method="POST", path="/b", body=b"{}")]
SECONDS = [0.2, pytest.param(1.0, marks=pytest.mark.skipif(not has_wrk(), reason="wrk is not installed"))]
"""Less than a second is for the tool that replaces wrk."""


@pytest.mark.parametrize("seconds", SECONDS)
def test_requests_are_sent_in_turn_and_counted(server: Counting, seconds: float) -> None:
    load = drive(server.port, TWO, seconds=seconds, connections=3)
    assert set(server.asked) == {"GET /a ", "POST /b {}"}
    assert abs(server.asked["GET /a "] - server.asked["POST /b {}"]) <= 1
    assert 0 < load.requests <= server.asked.total()
    assert (load.failed, load.exhausted) == (0, False)
    assert 0 < load.p50 <= load.p99


@pytest.mark.parametrize("seconds", SECONDS)
def test_refusals_are_told(server: Counting, seconds: float) -> None:
    load = drive(server.port, [Request(path="/no")], seconds=seconds, connections=2)
    assert load.failed == load.requests > 0


@pytest.mark.parametrize("seconds", SECONDS)
def test_what_can_be_done_once_tells_when_it_ran_out(server: Counting, seconds: float) -> None:
    assert drive(server.port, TWO, seconds=seconds, once=True, connections=2).exhausted


def test_a_visit_sends_each_request_once(server: Counting) -> None:
    visit(server.port, TWO)
    assert server.asked == Counter({"GET /a ": 1, "POST /b {}": 1})
