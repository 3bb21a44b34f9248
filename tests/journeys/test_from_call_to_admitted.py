"""The documented script, on the employees of a real county: 67 applicants for 15 places, 5/5/5 reserved."""

import importlib.util
import os
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.api.security import development_token
from service.domain.actor import Role
from tests.docs.fences import ROOT
from tests.municipality import Municipality, development_key

SHARED = Path(os.environ.get("TALENTSPOR_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
SCRIPT = ROOT / "docs/examples/from_call_to_admitted.py"
EXPORT = SHARED / "montgomery" / "employees.csv"


def script() -> Any:
    spec = importlib.util.spec_from_file_location("from_call_to_admitted", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.skipif(not EXPORT.exists(), reason="the real export is not here")
async def test_67_apply_for_15_places_and_five_of_each_department_are_admitted(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = script()
    database = town.rooms.database
    # The script counts days from the machine's clock, the service here from a clock of its own.
    monkeypatch.setattr(module.time, "time", lambda: database.clock().timestamp())
    people: dict[str, Any] = {}

    def token(role: str | None, person: str | None) -> str:
        identity = people[person] if person else None
        return development_token(development_key(), town.actor(identity, *([Role(role)] if role else [])))

    async with (
        town.rooms.imports.running(),
        httpx.AsyncClient(transport=town.transport, base_url="http://test") as client,
    ):
        sought = module.people_of

        async def people_of(*arguments: Any) -> Any:
            found = await sought(*arguments)
            for one in found:
                people[one["externalId"]] = UUID(one["id"])
                people[one["nearestManager"]["externalId"]] = UUID(one["nearestManager"]["id"])
            return found

        monkeypatch.setattr(module, "people_of", people_of)
        told = await module.run(client, EXPORT, token)
    assert told["applied"] == 67
    assert list(told["admitted"].values()) == [5, 5, 5]
    total = {one["stage"]: one["count"] for one in told["report"]["total"]}
    assert total == {"applied": 67, "assessed": 67, "offered": 16, "accepted": 15}
