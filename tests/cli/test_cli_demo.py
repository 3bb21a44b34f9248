"""The demo is ready, tells a story that anybody in it can read, and survives whatever ends it."""

import json
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.cli.programs import answer, run, started, stopped, wait_until_ready
from tests.repo.embedded_folders import servers, wait_until

pytestmark = pytest.mark.slow

_TOKEN = re.compile(r"^(?P<part>[A-Z][\w ,]*): [^\n]+\n(?P<token>ey[\w.-]+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def own() -> Iterator[dict[str, str]]:
    """The environment of a small demo, in a folder with a space in its path that every account may enter."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as made:
        Path(made).chmod(0o755)
        yield {
            "TALENTSPOR_DATA_DIR": str(Path(made) / "the demo"),
            "TALENTSPOR_DEMO_SCALE": "0.05",
            "TALENTSPOR_PORT": "0",
            "PYTHONUNBUFFERED": "1",
            "COLUMNS": "80",
        }


def welcomed(program: subprocess.Popen[str]) -> tuple[str, str]:
    """What it says once it is prepared, and its address."""
    assert program.stdout
    said = ""
    for line in program.stdout:
        said += line
        if line.startswith("Ctrl-C"):
            break
    found = re.search(r"is at (http://\S+)/", said)
    assert found, (said, program.communicate())
    return said, found[1]


def tokens(said: str) -> dict[str, str]:
    return {one["part"]: one["token"] for one in _TOKEN.finditer(said)}


def read(address: str, token: str) -> list[dict[str, object]]:
    return json.loads(answer(address, token))["items"]


def test_a_first_start_tells_the_story_to_everybody_in_it(own: dict[str, str]) -> None:
    with started("demo", **own) as program:
        said, at = welcomed(program)
        wait_until_ready(program, at)
        people = tokens(said)
        assert set(people) == {
            "HR consultant",
            "Director, in top management",
            "Nearest manager",
            "Employee of that manager",
            "Works council representative",
            "Talent who became a leader",
            "Integration",
        }

        (became,) = read(f"{at}/v1/participations?outcome=leader_appointed", people["HR consultant"])
        (own_way,) = read(f"{at}/v1/participations", people["Talent who became a leader"])
        assert own_way["id"] == became["id"]
        (secondment,) = read(f"{at}/v1/placements?kind=secondment", people["HR consultant"])
        assert secondment["state"] == "completed"
        assert read(f"{at}/v1/participations", people["Employee of that manager"]) == []
        (call,) = read(f"{at}/v1/programmes?state=open", people["Employee of that manager"])
        states = [one["state"] for one in read(f"{at}/v1/candidacies?first=50", people["HR consultant"])]
        assert states.count("accepted") == 12
        # Who was declined and who turned the place down is forgotten by now: the retention period is over.
        assert set(states) == {"accepted", "waitlisted"}

        mine = json.loads(answer(f"{at}/v1/me?expand=nearestManagerOf", people["Nearest manager"]))
        assert "manager" in mine["roles"]
        joined = run("token", "--role", "works_council", **own)
        assert read(f"{at}/v1/programmes?state=open", joined.stdout.strip())[0]["id"] == call["id"]

        events = read(f"{at}/v1/events?first=200", people["HR consultant"])
        assert [one["type"] for one in events[:2]] == ["organisation.founded", "import.queued"]
        times = [str(one["time"]) for one in events]
        assert times == sorted(times)

        status, _, complained = stopped(program, signal.SIGINT)
    assert status == 0
    assert complained.endswith("Stopped\n")
    assert "Traceback" not in complained
    assert servers(Path(own["TALENTSPOR_DATA_DIR"])) == []


@pytest.fixture
def started_before(own: dict[str, str]) -> dict[str, str]:
    """The demo has been started before, whichever test it was that did."""
    if not (Path(own["TALENTSPOR_DATA_DIR"]) / "postgres").exists():
        with started("demo", **own) as program:
            wait_until_ready(program, welcomed(program)[1])
            stopped(program, signal.SIGTERM)
    return own


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_a_later_start_finds_what_was_there_and_ends_when_told(
    started_before: dict[str, str], how: signal.Signals
) -> None:
    own = started_before
    with started("demo", **own) as program:
        said, at = welcomed(program)
        wait_until_ready(program, at)
        assert len(read(f"{at}/v1/programmes", tokens(said)["HR consultant"])) == 2
        status, _, complained = stopped(program, how)

    assert "Drawing up" not in complained
    assert "Traceback" not in complained
    assert status == 128 + signal.SIGTERM
    assert servers(Path(own["TALENTSPOR_DATA_DIR"])) == []


def test_after_a_kill_it_starts_again_with_nothing_lost(own: dict[str, str]) -> None:
    with started("demo", **own) as program:
        said, at = welcomed(program)
        wait_until_ready(program, at)
        before = read(f"{at}/v1/candidacies?first=50", tokens(said)["HR consultant"])
        stopped(program, signal.SIGKILL)

    with started("demo", **own) as program:
        said, at = welcomed(program)
        wait_until_ready(program, at)
        assert read(f"{at}/v1/candidacies?first=50", tokens(said)["HR consultant"]) == before
        stopped(program)
    assert servers(Path(own["TALENTSPOR_DATA_DIR"])) == []


def test_a_first_start_that_is_killed_half_way_is_made_up_for(own: dict[str, str]) -> None:
    own = {**own, "TALENTSPOR_DATA_DIR": str(Path(own["TALENTSPOR_DATA_DIR"]).with_name("interrupted"))}
    with started("demo", **own) as program:
        assert program.stderr
        for line in program.stderr:
            if "Telling" in line:
                break
        os.kill(program.pid, signal.SIGKILL)
        program.wait()

    with started("demo", **own) as program:
        said, at = welcomed(program)
        wait_until_ready(program, at)
        assert len(read(f"{at}/v1/programmes", tokens(said)["HR consultant"])) == 2
        stopped(program)
    wait_until(lambda: not servers(Path(own["TALENTSPOR_DATA_DIR"])))


def test_a_start_on_a_taken_port_is_refused_while_the_first_goes_on(own: dict[str, str]) -> None:
    with started("demo", **own) as program:
        _, at = welcomed(program)
        wait_until_ready(program, at)
        port = at.rpartition(":")[2]
        refused = run("demo", **{**own, "TALENTSPOR_PORT": port})
        assert refused.returncode == 1
        assert refused.stderr.endswith("choose another with --port or TALENTSPOR_PORT.\n")
        assert json.loads(answer(f"{at}/health/live")) == {"status": "live"}
        assert psutil.pid_exists(program.pid)
