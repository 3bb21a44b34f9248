"""The command line as its users have it: run to its end, or started and stopped."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
from typer.testing import CliRunner

from service.cli import app

REPOSITORY = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).with_name("talentspor")


def environment(**own: str) -> dict[str, str]:
    """The environment without any setting of ours, then these."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("TALENTSPOR_")}
    return found | own


def run(*arguments: str, **own: str) -> subprocess.CompletedProcess[str]:
    """The program, run to its end."""
    return subprocess.run(
        [str(PROGRAM), *arguments], env=environment(**own), cwd=REPOSITORY, capture_output=True, text=True, check=False
    )


def refusal(*arguments: str, **own: str | None) -> str:
    """The one sentence with which a command refuses, run in this process for speed."""
    unset = {name: None for name in os.environ if name.startswith("TALENTSPOR_")}
    result = CliRunner().invoke(app, list(arguments), env={**unset, **own})
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    assert not result.stdout
    assert result.stderr.endswith(".\n")
    assert result.stderr.count("\n") == 1
    return result.stderr.strip()


@contextmanager
def started(*arguments: str, **own: str) -> Generator[subprocess.Popen[str]]:
    """The program while it runs; ended with all its children however the test leaves."""
    program = subprocess.Popen(
        [str(PROGRAM), *arguments],
        env=environment(**own),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with program:
        try:
            yield program
        finally:
            stopped(program)


def stopped(program: subprocess.Popen[str], how: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
    """Its status and what it said, once it has ended and none of its children is left."""
    family = psutil.Process(program.pid).children(recursive=True) if program.poll() is None else []
    if program.poll() is None:
        program.send_signal(how)
    said, complained = program.communicate(timeout=60)
    if how != signal.SIGKILL:
        deadline = time.monotonic() + 10  # the last of them end when they see that the first has
        while left := [one.pid for one in family if _lives(one)]:
            assert time.monotonic() < deadline, left
            time.sleep(0.05)
    return program.returncode, said, complained


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def answer(address: str, token: str | None = None) -> str:
    """What an address answers."""
    headers: Mapping[str, str] = {"Authorization": f"Bearer {token}"} if token else {}
    with urllib.request.urlopen(urllib.request.Request(address, headers=dict(headers)), timeout=10) as answered:  # noqa: S310
        return answered.read().decode()


def wait_until_ready(program: subprocess.Popen[str], address: str, *, seconds: float = 120) -> None:
    """Wait until it can serve; a test's patience, not a promise."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            answer(f"{address}/health/ready")
        except (urllib.error.URLError, ConnectionError):
            assert program.poll() is None, program.communicate()
            assert time.monotonic() < deadline, "it does not become ready"
            time.sleep(0.05)
        else:
            return
