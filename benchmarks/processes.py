"""Contenders as processes: started on a port of their own, watched while they are driven, ended."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.requests import HOST

_PATIENCE = 120.0
_EVERY = 0.05
_LOOK = 1.0
_IDLE = 0.04
ROOT = Path(__file__).parents[1]


class ContenderError(Exception):
    """A contender does not start, or does not answer as it should."""


@dataclass(eq=False)
class Running:
    """A contender's process; it is one, without children. Memory is in bytes, CPU time in seconds."""

    name: str
    port: int
    process: psutil.Process
    log: Path
    peak: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def memory(self) -> int:
        """Resident memory now."""
        with suppress(psutil.Error):
            return self.process.memory_info().rss
        return 0

    def cpu(self) -> float:
        """CPU time used so far, by all its threads."""
        with suppress(psutil.Error):
            used = self.process.cpu_times()
            return used.user + used.system
        return 0.0

    def settle(self) -> None:
        """Wait until it has nothing to do: what it does at its start is not what is measured."""
        deadline = time.monotonic() + _PATIENCE
        before = self.cpu()
        while time.monotonic() < deadline:
            time.sleep(_LOOK)
            used = self.cpu()
            if used - before < _LOOK * _IDLE:
                return
            before = used

    def watch(self) -> None:
        """Remember the highest memory until the process ends."""
        while not self.over.wait(_EVERY):
            self.peak = max(self.peak, self.memory())


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return one.getsockname()[1]


@contextmanager
def running(
    name: str,
    command: Sequence[str],
    *,
    port: int,
    logs: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
) -> Generator[Running]:
    """The contender, from the moment it listens until the block is left. Raises ContenderError."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("TALENTSPOR_")}
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / f"{name}.log"
    with log.open("wb") as out:
        started = subprocess.Popen(  # noqa: S603  -- the benchmark's own contenders
            command,
            env={**inherited, **(environment or {})},
            cwd=folder,
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
        )
    contender = Running(name, port, psutil.Process(started.pid), log)
    watching = threading.Thread(target=contender.watch, daemon=True)
    try:
        _wait(contender, started)
        watching.start()
        yield contender
    finally:
        contender.over.set()
        started.terminate()
        try:
            started.wait(20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _wait(contender: Running, started: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        with suppress(OSError), socket.create_connection((HOST, contender.port), timeout=1):
            return
        if started.poll() is not None or time.monotonic() > deadline:
            said = contender.log.read_text("utf-8", errors="replace")[-2000:]
            raise ContenderError(f"{contender.name} does not start:\n{said}")
        time.sleep(_EVERY)
