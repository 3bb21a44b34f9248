"""The REST door against its contract: schemathesis reads the document and tries to prove it wrong.

Its settings are in `tests/schemathesis.toml`, each exclusion with its reason. A test run takes some requests of every
operation, and every edge that can be thought of for one operation of each shape. `SCHEMATHESIS=100` takes every edge
of every operation and 100 random requests more; it runs for a while.
"""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from service.api.security import development_token
from service.domain.actor import Role
from tests.municipality import Municipality, development_key
from tests.selection import selection
from tests.serving import listening

ROOT = Path(__file__).parents[2]
ASKED = os.environ.get("SCHEMATHESIS", "")
SHAPES = (
    "getOrganisation",
    "changeOrganisation",
    "listPersons",
    "registerPerson",
    "changeEngagement",
    "protectPerson",
    "nominate",
    "queueImport",
    "getImportReport",
)
RUNS: dict[str, tuple[str, ...]] = (
    {"everything": ("--max-examples", ASKED)}
    if ASKED
    else {
        "every operation": ("--max-examples", "5", "--phases", "examples,fuzzing,stateful"),
        "every edge": ("--phases", "coverage", *(word for one in SHAPES for word in ("--include-operation-id", one))),
    }
)


async def populated(town: Municipality) -> None:
    """Something of each concept that a selection has, so that requests find what they name."""
    it = await selection(town)
    await it.assessed("Mette", "Mads")
    await it.offered("Ole", "Mads")
    await it.applied("Per")
    await town.framework()


@pytest.mark.slow
@pytest.mark.parametrize("run", [pytest.param(run, id=name) for name, run in RUNS.items()])
async def test_no_request_proves_the_contract_wrong(town: Municipality, run: tuple[str, ...]) -> None:
    await populated(town)
    token = development_token(development_key(), town.actor(None, Role.HR))
    async with listening(town.rooms) as address:
        checking = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "schemathesis.cli", "--config-file", str(ROOT / "tests" / "schemathesis.toml"), "--no-color"),
            *("run", f"{address}/openapi.json", *run),
            env={**os.environ, "TALENTSPOR_TOKEN": token},
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await checking.communicate()
    assert checking.returncode == 0, said.decode(errors="replace")
