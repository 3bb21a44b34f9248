"""Run inside the copy that followed the worked example: its migration, and what both doors answer."""

import asyncio
import os
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from service.domain.actor import Role
from service.main import rooms
from service.repo.all_tables import METADATA
from service.repo.migrating import _engine, current, migrate  # pyright: ignore[reportPrivateUsage]  # the same engine
from service.repo.revisions import head
from service.settings import Settings
from tests.municipality import Municipality, development_key, municipality

OWNER, SERVICE = os.environ["OWNER_URL"], os.environ["SERVICE_URL"]
PLACE = "Torvet 1"
_ASK = """
query ($place: String) {
  units(filter: {workplace: $place}) { nodes { name workplace hrPartner { givenName } } }
}
"""


async def main() -> None:
    await _migrated_up_and_down_and_up()
    differences = await _differences()
    assert not differences, differences
    settings = Settings(env="development")
    async with rooms(SERVICE, settings, development=development_key()) as joined, municipality(joined) as town:
        await _through_both_doors(town)


async def _migrated_up_and_down_and_up() -> None:
    await migrate(OWNER, service_role="talentspor")
    assert await current(OWNER) == head()
    await migrate(OWNER, service_role="talentspor", to="-1")
    assert await current(OWNER) == f"{int(head()) - 1:04d}"
    await migrate(OWNER, service_role="talentspor")


async def _differences() -> list[Any]:
    """What the tables' declarations say of units, and the database does not."""

    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return [one for one in compare_metadata(context, METADATA) if "unit" in repr(one)]

    engine = _engine(OWNER)
    async with engine.connect() as connection:
        found = await connection.run_sync(compare)
    await engine.dispose()
    return found


async def _through_both_doors(town: Municipality) -> None:
    partner = str(await town.person("Vibeke Pedersen"))
    await town.unit("Et andet sted")
    async with town.client(None, Role.HR) as hr:
        asked = {"name": "Borgerservice", "kind": "department", "workplace": PLACE, "hrPartnerId": partner}
        made = (await hr.post("/v1/units", json=asked)).json()
        assert (made["workplace"], made["hrPartnerId"]) == (PLACE, partner)

        query = {"workplace": PLACE, "expand": "hrPartner"}
        (listed,) = (await hr.get("/v1/units", params=query)).json()["items"]
        assert (listed["id"], listed["hrPartner"]["givenName"]) == (made["id"], "Vibeke")

        answer = await hr.post("/graphql", json={"query": _ASK, "variables": {"place": PLACE}})
        expected = {"name": "Borgerservice", "workplace": PLACE, "hrPartner": {"givenName": "Vibeke"}}
        assert answer.json() == {"data": {"units": {"nodes": [expected]}}}

        changed = await hr.patch(f"/v1/units/{made['id']}", json={"hrPartnerId": None})
        assert (changed.json()["workplace"], changed.json()["hrPartnerId"]) == (PLACE, None)


if __name__ == "__main__":
    asyncio.run(main())
