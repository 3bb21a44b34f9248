"""Drives one contender with one kind of request for some seconds: with wrk, or with what replaces it."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.requests import HOST, Request, write

CONNECTIONS = 16
"""How many requests are under way at any moment."""

_LUA = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True, kw_only=True)
class Load:
    """What came of it. `p50` and `p99` are in seconds; `exhausted`, where there were too few requests to send."""

    requests: int
    seconds: float
    p50: float
    p99: float
    failed: int
    exhausted: bool

    @property
    def per_second(self) -> float:
        """Requests answered per second."""
        return self.requests / self.seconds


def has_wrk() -> bool:
    """Whether wrk is installed here."""
    return shutil.which("wrk") is not None


def drive(
    port: int, requests: Sequence[Request], *, seconds: float, once: bool = False, connections: int = CONNECTIONS
) -> Load:
    """Send the requests in turn for some seconds; with `once` none of them twice. Raises CalledProcessError."""
    how = "once" if once else "again"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requests"
        write(requests, port, file)
        if has_wrk() and seconds >= 1:  # it knows whole seconds only
            options = ["-t1", f"-c{connections}", f"-d{round(seconds)}s", "--timeout", "30s", "-s", str(_LUA)]
            command = ["wrk", *options, f"http://{HOST}:{port}", "--", str(file), how]
        else:
            numbers = [str(port), str(seconds), str(connections)]
            command = [sys.executable, "-m", "benchmarks.hammer", str(file), *numbers, how]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  -- our own
    return Load(**json.loads(said.strip().splitlines()[-1]))
