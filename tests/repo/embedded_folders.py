"""What the tests of the embedded Postgres share: folders, programs that hold a server, and what is left of one."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import asyncpg
import psutil

REPOSITORY = Path(__file__).parents[2]


def ask(url: str, sql: str) -> Any:
    """The single value that `sql` answers."""

    async def answer() -> Any:
        connection = cast("Any", await asyncpg.connect(url))
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return asyncio.run(answer())


def servers(data_dir: Path) -> list[int]:
    """The processes that Postgres runs in this folder."""
    found: list[int] = []
    for process in psutil.process_iter(["name", "status"]):
        if process.info["name"] == "postgres" and process.info["status"] != psutil.STATUS_ZOMBIE:
            try:
                if Path(process.cwd()).is_relative_to(data_dir):
                    found.append(process.pid)
            except psutil.Error:
                continue
    return found


def runs(process: int) -> bool:
    """The process is there and has not ended; one that ended may wait for its parent to ask how."""
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to pass"
        time.sleep(0.05)


@contextmanager
def holder(
    data_dir: Path,
    *,
    user: int | None = None,
    python: str = sys.executable,
) -> Generator[tuple[subprocess.Popen[str], str]]:
    """Another program that uses the server of the folder, and the superuser's URL it was given."""
    paths = [str(REPOSITORY), *(path for path in sys.path if path.endswith("site-packages"))]
    program = subprocess.Popen(
        [python, str(Path(__file__).with_name("embedded_holder.py")), str(data_dir)],
        env=dict(os.environ) | {"PYTHONPATH": os.pathsep.join(paths)},
        cwd="/",
        user=user,
        extra_groups=None if user is None else [],
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stdout
        try:
            url = program.stdout.readline().strip()
            assert url, "the program did not get its server"
            yield program, url
        finally:
            program.terminate()
