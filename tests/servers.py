"""Servers beside the embedded one: a Postgres that the machine has installed, and a PgBouncer in front of any."""

import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import asyncpg
import pytest

from service.embedded import OWNER_ROLE, SERVICE_ROLE, EmbeddedPostgres
from service.embedded import create_database as create_embedded_database
from service.embedded.cluster import PORT, SUPERUSER, EmbeddedCluster
from service.embedded.programs import Programs

_FOUND = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
PGBOUNCER = Path(_FOUND) if _FOUND else None
_BUILTIN_LOCALES = 170_000
"""From this version on Postgres knows Nordic letters by itself; before, it asks the machine's library."""

_MAKE_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
END $$
"""


class Installed(Programs):
    """Programs in a folder of the machine, run as whom the embedded Postgres runs."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def _folder(self) -> Path:
        return self.folder


class InstalledCluster(EmbeddedCluster):
    """A data folder that an installed Postgres works in."""

    def __init__(self, data_dir: Path, programs: Path) -> None:
        super().__init__(data_dir)
        self._programs = Installed(programs)

    def _initialise(self) -> None:
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=self._data_dir))
        self._programs.own(unfinished)
        told = (f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self._programs.run("initdb", *told, f"--pgdata={unfinished}")
        unfinished.rename(self._cluster)


@contextmanager
def installed_postgres(programs: Path) -> Generator[EmbeddedPostgres]:
    """The server of an installation, shared as the embedded one is, with both roles."""
    digest = hashlib.sha256(os.fsencode(programs)).hexdigest()[:8]
    cluster = InstalledCluster(Path(tempfile.gettempdir()) / f"talentspor-tests-{os.getuid()}-{digest}", programs)
    with cluster.joined(durable=False):
        found = EmbeddedPostgres(socket_dir=cluster.socket_dir, database=SUPERUSER)
        with cluster.exclusive():
            for role in (OWNER_ROLE, SERVICE_ROLE):
                address = ("--host", str(cluster.socket_dir), "--port", str(PORT), "--username", SUPERUSER)
                Installed(programs).run("psql", *address, "--command", _MAKE_ROLE.format(role=role))
        yield found


async def create_database(postgres: EmbeddedPostgres, name: str, *, template: str = "template0") -> None:
    """A database of the owner's, in a locale that the server has."""
    admin = cast("Any", await asyncpg.connect(postgres.admin_url))
    try:
        if admin.get_server_version().major * 10_000 >= _BUILTIN_LOCALES:
            await create_embedded_database(postgres, name, template=template)
            return
        made = f"CREATE DATABASE {name} OWNER {OWNER_ROLE} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE {template}"
        await admin.execute(made)
        await admin.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        await admin.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {SERVICE_ROLE}")
    finally:
        await admin.close()


_POOLED = """\
[databases]
{database} = host={host} port={port} dbname={database}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 100
logfile = {folder}/pgbouncer.log
"""


@contextmanager
def pgbouncer(postgres: EmbeddedPostgres, database: str, *, connections: int) -> Generator[str]:
    """A PgBouncer in transaction mode with so many connections; the address of the database through it.

    It runs as who runs Postgres, for nobody else reaches Postgres' socket, and as root it refuses to run.
    """
    if PGBOUNCER is None:
        pytest.skip("PgBouncer is not installed")
    programs = Installed(PGBOUNCER.parent)
    folder = Path(tempfile.mkdtemp(prefix="talentspor-pgbouncer-"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = free.getsockname()[1]
    (folder / "users.txt").write_text(f'"{SERVICE_ROLE}" ""\n', "ascii")
    configuration = _POOLED.format(
        database=database,
        host=postgres.socket_dir,
        port=PORT,
        listen=listen,
        folder=folder,
        connections=connections,
    )
    (folder / "pgbouncer.ini").write_text(configuration, "ascii")
    for file in folder.iterdir():
        file.chmod(0o644)
    programs.own(folder)
    with (folder / "said.txt").open("w", encoding="utf-8") as said:
        running = programs.start(PGBOUNCER.name, str(folder / "pgbouncer.ini"), cwd=folder, output=said)
    try:
        _wait(running, listen, folder)
        yield f"postgresql://{SERVICE_ROLE}@127.0.0.1:{listen}/{database}"
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(folder)


def _wait(running: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    deadline = time.monotonic() + 30
    while running.poll() is None and time.monotonic() < deadline:
        with closing(socket.socket()) as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError((folder / "said.txt").read_text("utf-8"))
