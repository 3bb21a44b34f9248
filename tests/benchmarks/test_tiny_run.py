"""The benchmark runs to its end and measures what it says; how fast anything is, nobody asserts."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.figures import GOALS
from tests.cli.programs import REPOSITORY, environment

SOME = ("one", "page.talents", "manager.graphql", "sign", "change.same", "sizes.one.rest", "import")
NOT_ASKED = {"rest_list", "graphql_list", "graphql_list_conventional", "graphql_list_postgraphile"} | {
    "region_list",
    "tenants_list",
}


@pytest.fixture
def data_folder(tmp_path: Path) -> Generator[Path]:
    """A folder that the account which runs Postgres can enter."""
    if os.geteuid() != 0:
        yield tmp_path / "data"
        return
    folder = Path("/var/tmp") / f"talentspor-bench-{os.getpid()}"  # noqa: S108  -- as conftest does
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
def test_a_tiny_run_compares_the_contenders_and_measures_a_value_for_every_figure_asked_for(
    tmp_path: Path, data_folder: Path
) -> None:
    out = tmp_path / "latest.json"
    small = ["--rounds", "1", "--seconds", "0.1", "--scale", "0.05", "--tenants", "2", "--import-rows", "1000"]
    asked = [word for name in SOME for word in ("--only", name)]
    places = ["--data", str(data_folder), "--out", str(out), "--without", "postgraphile"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *small, *asked, *places],
        env=environment(),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    assert set(found["figures"]) == set(GOALS)
    unmeasured = {name for name, figure in found["figures"].items() if figure["value"] is None}
    assert unmeasured == NOT_ASKED
    for name, figure in found["figures"].items():
        assert figure["bound"] == GOALS[name].bound
        assert figure["met"] in ({None} if name in unmeasured else {True, False})
    assert set(found["samples"]["one.rest"]) == {"limit", "ours", "conventional"}
    assert set(found["samples"]["sign.rest"]) == {"limit", "ours"}
    assert all(
        sample["failed"] == 0 and sample["requests"] > 0
        for lanes in found["samples"].values()
        for samples in lanes.values()
        for sample in samples
    )
    assert "REST, one talent nested, of the limit" in done.stdout
