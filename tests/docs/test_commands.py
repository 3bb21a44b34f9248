"""Every command of the documents, run as a reader would: one shell per document, from its first block to its last.

The fence says what a block is: `sh` is run, `sh serving` stays in the background until the document is through, `sql`
is what the administrator of a database does, `sh notrun` cannot be run here, and its document says so.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import asyncpg
import pytest

from service.embedded import EmbeddedPostgres
from service.embedded.cluster import PORT, SUPERUSER, EmbeddedCluster
from tests.docs.fences import ROOT, fences
from tests.servers import PGBOUNCER, pgbouncer

DOCS = ROOT / "docs"
DEMO = (
    "tutorial/your-first-hour.md",
    "how-to/read-the-event-feed.md",
    "how-to/find-out-who-read-a-rating.md",
    "how-to/select-candidates.md",
    "how-to/make-the-openness-report.md",
    "how-to/delete-after-the-selection.md",
    "how-to/start-from-a-template.md",
    "how-to/run-a-cohort.md",
    "how-to/subscribe-to-a-calendar.md",
    "how-to/verify-a-certificate.md",
)
"""These follow `make run`, which the first of them starts."""
INSTALLATION = (
    "how-to/run-on-your-own-postgres.md",
    "how-to/connect-your-issuer.md",
    "how-to/import-from-an-hr-export.md",
    "how-to/run-behind-pgbouncer.md",
    "how-to/upgrade.md",
)
"""These follow one another on a Postgres that knows nothing of Talentspor."""

_SERVING = """
( exec {text} ) >"$LOG" 2>&1 &
SERVING=$!
trap 'kill -TERM $SERVING; wait $SERVING || true' EXIT
for _ in $(seq 1 {patience}); do
  if curl "{address}/health/ready" >/dev/null 2>&1; then break; fi
  if ! kill -0 $SERVING 2>/dev/null; then cat "$LOG" >&2; exit 1; fi
  sleep 0.2
done
curl "{address}/health/ready"
"""
_PATIENCE = 600

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="the documents' commands use curl")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Reader:
    """Somebody who types what a document says, in a folder of their own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.instead = {"http://127.0.0.1:8000": self.address, ".venv/bin/": "", "make run": "talentspor demo"}
        folder.mkdir(parents=True, exist_ok=True)
        # A reader sees that an answer is a problem; a script has to be told.
        (folder / ".curlrc").write_text("fail-with-body\nsilent\nshow-error\n", "ascii")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TALENTSPOR_")}
        self.environment = {
            **inherited,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "CURL_HOME": str(folder),
            "LOG": str(folder / "serving.log"),
            "TALENTSPOR_PORT": str(self.port),
            **environment,
        }

    def follow(self, *documents: str) -> str:
        """Run the documents' blocks, beside what the first of them serves; answer what was printed."""
        script = ["set -eu"]
        for i, document in enumerate(documents):
            blocks = [one for one in fences(DOCS / document, "sh") if one.info != "sh notrun"]
            lines = [self._serving(one.text) if one.info == "sh serving" else self._here(one.text) for one in blocks]
            script += lines if i == 0 else ["(", "unset TOKEN", *lines, ")"]
        done = subprocess.run(
            ["sh"],
            input="\n".join(script),
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{documents} fail:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return done.stdout

    def _serving(self, text: str) -> str:
        return _SERVING.format(text=self._here(text).strip(), address=self.address, patience=_PATIENCE)

    def _here(self, text: str) -> str:
        for said, meant in self.instead.items():
            text = text.replace(said, meant)
        return text


@pytest.fixture
def data_folder(tmp_path: Path) -> Generator[Path]:
    """A folder that the account which runs Postgres can enter."""
    if os.geteuid() != 0:
        yield tmp_path / "data"
        return
    folder = Path("/var/tmp") / f"talentspor-docs-{os.getpid()}"  # noqa: S108  -- as conftest does
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_every_document_with_commands_is_followed_or_says_that_it_was_not_run() -> None:
    for path in sorted(DOCS.rglob("*.md")):
        name = str(path.relative_to(DOCS))
        kinds = {fence.info for fence in fences(path, "sh", "bash", "shell", "console")}
        assert kinds <= {"sh", "sh serving", "sh notrun"}, name
        assert bool(kinds & {"sh", "sh serving"}) == (name in {*DEMO, *INSTALLATION}), name
        if "sh notrun" in kinds:
            assert "not run here" in path.read_text("utf-8").lower(), name


@pytest.mark.slow
@needs_curl
def test_the_tutorial_and_what_follows_on_it_run_as_they_are_written(tmp_path: Path, data_folder: Path) -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\nrun:")[2]
    assert recipe.splitlines()[1].strip().startswith("@.venv/bin/talentspor demo")
    reader = Reader(tmp_path / "reader", TALENTSPOR_DATA_DIR=str(data_folder), TALENTSPOR_DEMO_SCALE="0.05")
    told = reader.follow(*DEMO)
    assert '"type":"unit.changed"' in told


@pytest.mark.slow
@needs_curl
async def test_an_installation_of_ones_own_follows_the_documents_to_the_letter(
    tmp_path: Path, data_folder: Path
) -> None:
    cluster = EmbeddedCluster(data_folder)
    with cluster.joined(durable=False):
        await _administer(cluster, DOCS / INSTALLATION[0])
        place = f"/talentspor?host={quote(str(cluster.socket_dir), safe='')}&port={PORT}"
        reader = Reader(tmp_path / "reader", TALENTSPOR_DATA_DIR=str(tmp_path / "unused"))
        reader.instead["@127.0.0.1:5432/talentspor"] = f"@{place}"
        assert '{"status":"ready"}' in reader.follow(INSTALLATION[0])
        reader.environment["TALENTSPOR_DATABASE_URL"] = f"postgresql://talentspor@{place}"
        for document in INSTALLATION[1:]:
            with _pooled(cluster, document, reader):
                reader.follow(document)


@contextmanager
def _pooled(cluster: EmbeddedCluster, document: str, reader: Reader) -> Generator[None]:
    """Where a PgBouncer is installed, its document is followed through one."""
    direct = reader.environment["TALENTSPOR_DATABASE_URL"]
    if "pgbouncer" not in document or PGBOUNCER is None:
        yield
        return
    server = EmbeddedPostgres(socket_dir=cluster.socket_dir, database="talentspor")
    with pgbouncer(server, server.database, connections=4) as address:
        reader.environment["TALENTSPOR_DATABASE_URL"] = address
        yield
    reader.environment["TALENTSPOR_DATABASE_URL"] = direct


async def _administer(cluster: EmbeddedCluster, document: Path) -> None:
    """Do what the document has the database's administrator do."""
    statements = [one for fence in fences(document, "sql") for one in fence.text.split(";") if one.strip()]
    assert statements
    address = f"postgresql://{SUPERUSER}@/{SUPERUSER}?host={quote(str(cluster.socket_dir), safe='')}&port={PORT}"
    connection = cast("Any", await asyncpg.connect(address))
    try:
        for one in statements:
            await connection.execute(one)
    finally:
        await connection.close()
