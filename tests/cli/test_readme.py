"""What the README shows works as it stands there."""

import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from tests.cli.programs import REPOSITORY, environment, started, wait_until_ready
from tests.docs.fences import fences

README = REPOSITORY / "README.md"
MAKEFILE = (REPOSITORY / "Makefile").read_text("utf-8")
TWO_SCREENS = 2 * 50


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that the account of Postgres may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as made:
        Path(made).chmod(0o755)
        yield Path(made) / "data"


def test_the_readme_fits_on_two_screens() -> None:
    lines = README.read_text("utf-8").splitlines()

    assert len(lines) <= TWO_SCREENS
    assert max(map(len, lines)) <= 125


def test_what_make_run_starts_is_the_demo() -> None:
    assert [one.text for one in fences(README, "sh") if one.info == "sh serving"] == ["make run\n"]
    assert re.search(r"^run:.*\n\t@\.venv/bin/talentspor demo \$\(ARGS\)$", MAKEFILE, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="the README's commands use curl")
def test_every_command_of_the_readme_answers(folder: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    own = {"TALENTSPOR_DATA_DIR": str(folder), "TALENTSPOR_DEMO_SCALE": "0.05", "TALENTSPOR_PORT": str(port)}
    blocks = [one.text for one in fences(README, "sh") if one.info == "sh"]
    script = "\necho; echo ---\n".join(['set -eu; curl() { command curl -sS --fail-with-body "$@"; }', *blocks])
    with started("demo", **own) as program:
        wait_until_ready(program, f"http://127.0.0.1:{port}")
        ended = subprocess.run(
            ["bash", "-c", script.replace("127.0.0.1:8000", f"127.0.0.1:{port}")],
            cwd=REPOSITORY,
            env=environment(**own),
            capture_output=True,
            text=True,
            check=False,
        )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    rest, graphql, events = (orjson.loads(answer) for answer in ended.stdout.split("---\n")[1:])
    (participation,) = rest["items"]
    (node,) = graphql["data"]["participations"]["nodes"]
    assert node["person"]["name"] == participation["person"]["name"]
    assert node["placements"]["nodes"][0]["kind"] == "secondment"
    assert [one["type"] for one in events["items"]] == ["participation.outcome_recorded"] * 3
