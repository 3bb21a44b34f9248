"""The service behind a socket: ready, shared by processes, and gone when told to stop."""

import json
import signal
import subprocess

import pytest

from tests.cli.programs import answer, started, stopped, wait_until_ready


def address(program: subprocess.Popen[str]) -> str:
    """Where it says that it answers."""
    assert program.stderr
    return program.stderr.readline().split()[-1].rstrip("/")


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_told_to_stop_and_leaves_nobody(database: str, workers: int, how: signal.Signals) -> None:
    with started("serve", "--port", "0", "--workers", str(workers), TALENTSPOR_DATABASE_URL=database) as program:
        at = address(program)
        wait_until_ready(program, at)
        assert json.loads(answer(f"{at}/health/live")) == {"status": "live"}
        status, _, complained = stopped(program, how)

    assert status in {0, 130, -signal.SIGTERM}
    assert "Traceback" not in complained


@pytest.mark.slow
def test_in_production_it_logs_json_and_knows_no_development_issuer(database: str) -> None:
    with started("serve", "--port", "0", TALENTSPOR_DATABASE_URL=database) as program:
        at = address(program)
        wait_until_ready(program, at)
        _, _, complained = stopped(program)

    lines = [json.loads(line) for line in complained.splitlines()]
    requests = [line for line in lines if line["event"] == "request" and line["path"] == "/health/ready"]
    assert requests
    assert all(line["request_id"] and line["level"] == "info" and line["timestamp"] for line in requests)
