"""The files and processes of an embedded Postgres.

The users of a data folder are known by a file lock, which the kernel releases however a process ends.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING, NoReturn

from service.embedded.programs import EmbeddedPostgresError, Programs, failure, make_folders

if TYPE_CHECKING:
    import psutil

CLUSTER = "postgres"  # the folder of the cluster in the data folder
PORT = 5432  # names the socket; nothing listens on the network
SUPERUSER = "postgres"
_SOCKET_FOLDER = Path("/tmp")  # noqa: S108  -- the folder inside belongs to Postgres' account alone
_PATIENCE = 30  # seconds for Postgres to stop one way, before it is told another way
_PATIENCE_WITH_RECOVERY = 120  # seconds for Postgres to start, after a crash too

# The servers this process is the parent of, by cluster; others may go on using one when we are done with it.
_children: dict[Path, subprocess.Popen[bytes]] = {}

BUFFERS = 256
"""MB: little enough for a laptop."""

_SETTINGS = """\
# Written at every start: changes made here are lost.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket_dir}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = {buffers}MB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
# Statements, and the values that broke a constraint, are personal data: they stay out of the log.
log_min_error_statement = panic
log_error_verbosity = terse
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
"""


class EmbeddedCluster:
    """One data folder with its server, and where that listens. Raises EmbeddedPostgresError, OSError."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir.resolve()
        self._cluster = self._data_dir / CLUSTER
        # A socket's path has at most 107 bytes (103 on macOS), which a data folder alone can exceed; a comma
        # in it would separate hosts; and not every file system holds sockets. A short name in /tmp always does.
        digest = hashlib.sha256(os.fsencode(self._data_dir)).hexdigest()[:16]
        self.socket_dir = _SOCKET_FOLDER / f"talentspor-{digest}"
        self._socket = self.socket_dir / f".s.PGSQL.{PORT}"
        self._programs = Programs()
        make_folders(self._data_dir, mode=0o711 if self._programs.account else 0o700)
        if not self._programs.enters(self._data_dir):
            raise EmbeddedPostgresError(
                f"The account that runs Postgres cannot enter {self._data_dir}: "
                "set TALENTSPOR_DATA_DIR to a folder it can enter.",
            )

    @contextmanager
    def joined(self, *, durable: bool, buffers: int = BUFFERS) -> Generator[None]:
        """Be one of the users of the server, which runs meanwhile."""
        with self._lock("users") as users:
            try:
                with self.exclusive():
                    if _locked(users):
                        self._stop()  # nobody uses what runs: it outlived a killed process
                        self._start(durable=durable, buffers=buffers)
                    elif not self._processes():
                        raise EmbeddedPostgresError(
                            f"The Postgres of {self._data_dir} died while others use it: end those first.",
                        )
                    fcntl.flock(users, fcntl.LOCK_SH)
                yield
            finally:
                with _undisturbed(), self.exclusive():
                    fcntl.flock(users, fcntl.LOCK_UN)
                    if _locked(users):
                        self._stop()

    @contextmanager
    def exclusive(self) -> Generator[None]:
        """Nobody else makes, starts, furnishes or stops this cluster meanwhile."""
        with self._lock("starting") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _lock(self, name: str) -> IO[str]:
        file = self._data_dir / f"{name}.lock"
        file.touch(mode=0o600)
        return file.open("a", encoding="ascii")

    def _start(self, *, durable: bool, buffers: int) -> None:
        if not self._cluster.exists():
            self._initialise()
        with suppress(FileExistsError):
            self.socket_dir.mkdir(mode=0o700)
        self._programs.own(self.socket_dir)
        (self._cluster / "postgresql.conf").write_text(
            _SETTINGS.format(
                port=PORT, socket_dir=self.socket_dir, durable="on" if durable else "off", buffers=buffers
            ),
            encoding="ascii",
        )
        log = self._cluster / "server.log"
        with log.open("w", encoding="utf-8") as output:
            # Our own child, for nobody reaps an orphan in a container whose first process is not an init.
            server = self._programs.start("postgres", f"-D{self._cluster}", cwd=self._cluster, output=output)
        _children[self._cluster] = server
        deadline = time.monotonic() + _PATIENCE_WITH_RECOVERY
        while not self._ready(server.pid):
            if server.poll() is not None or time.monotonic() > deadline:
                raise failure("postgres", log.read_text(encoding="utf-8", errors="replace"))
            time.sleep(0.02)

    def _ready(self, server: int) -> bool:
        """Postgres writes its state into the last line of this file, and its process id into the first."""
        with suppress(FileNotFoundError):
            lines = (self._cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").split()
            return bool(lines) and lines[0] == str(server) and lines[-1] == "ready"
        return False

    def _initialise(self) -> None:
        """Make the cluster all or nothing: it gets its name when it is complete."""
        prefix = "unfinished-"
        for abandoned in self._data_dir.glob(f"{prefix}*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        unfinished = Path(tempfile.mkdtemp(prefix=prefix, dir=self._data_dir))
        self._programs.own(unfinished)
        self._programs.run(
            "initdb",
            f"--username={SUPERUSER}",
            "--auth-local=trust",  # nobody else reaches the socket
            "--auth-host=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            f"--pgdata={unfinished}",
        )
        unfinished.rename(self._cluster)

    def _stop(self) -> None:
        """End what runs, if anything does, in the best order it still obeys."""
        import psutil  # noqa: PLC0415  -- comes with the wheel, which may be absent

        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate; then whatever is left
            processes = self._processes()
            ids = {process.pid for process in processes}
            for process in processes:
                with suppress(psutil.NoSuchProcess):
                    if process.ppid() not in ids:  # the others are told by their postmaster
                        process.send_signal(how)
            if self._gone():
                break
        else:
            raise EmbeddedPostgresError(f"The Postgres of {self._data_dir} does not stop.")
        # Whoever died leaves these behind; if their process id is somebody else's by now, Postgres does not start.
        (self._cluster / "postmaster.pid").unlink(missing_ok=True)
        if os.path.lexists(self.socket_dir):
            self._programs.own(self.socket_dir)
            self._socket.unlink(missing_ok=True)
            Path(f"{self._socket}.lock").unlink(missing_ok=True)
            self.socket_dir.rmdir()

    def _gone(self) -> bool:
        deadline = time.monotonic() + _PATIENCE
        while self._processes():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        if self._cluster in _children:
            _children.pop(self._cluster).wait()
        return True

    def _processes(self) -> "list[psutil.Process]":
        """Each Postgres that works in this cluster or, its folder deleted under it, listens at its socket."""
        import psutil  # noqa: PLC0415  -- comes with the wheel, which may be absent

        found: list[psutil.Process] = []
        for process in psutil.process_iter(["name", "status"]):
            if process.info["name"] != "postgres" or process.info["status"] == psutil.STATUS_ZOMBIE:
                continue
            with suppress(psutil.Error, OSError):
                listens = any(each.laddr == str(self._socket) for each in process.net_connections("unix"))
                if listens or Path(process.cwd()) == self._cluster:
                    found.append(process)
        return found


@contextmanager
def terminating_cleanly() -> Generator[None]:
    """Let SIGTERM and SIGHUP unwind the program as Ctrl-C does, where they would end it on the spot."""

    def leave(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    numbers = (signal.SIGTERM, signal.SIGHUP) if _in_main_thread() else ()
    deadly = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    for number in deadly:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in deadly:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def _undisturbed() -> Generator[None]:
    """Finish what is being done, however often Ctrl-C is pressed."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if _in_main_thread() else ()
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _in_main_thread() -> bool:
    """Only there may Python change what a signal does."""
    return threading.current_thread() is threading.main_thread()


def _locked(file: IO[str]) -> bool:
    """Lock it if nobody else uses it."""
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
