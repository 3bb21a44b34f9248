"""Many writers of one thing: in order or with a clear conflict, and never with a change that is lost."""

import asyncio
from collections import Counter

from service.domain.actor import Role
from tests.municipality import Municipality

WRITERS = 32


async def test_writers_who_saw_the_same_version_conflict_and_one_wins(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    async with town.client(None, Role.HR) as hr:
        seen = (await hr.get(f"/v1/units/{unit}")).headers["etag"]

        async def rename(number: int) -> int:
            answer = await hr.patch(f"/v1/units/{unit}", json={"name": f"Skole {number}"}, headers={"If-Match": seen})
            return answer.status_code

        statuses = Counter(await asyncio.gather(*map(rename, range(WRITERS))))
        after = (await hr.get(f"/v1/units/{unit}")).json()
    assert statuses == {200: 1, 412: WRITERS - 1}
    assert after["version"] == 2


async def test_writers_who_do_not_care_what_was_there_come_one_after_the_other(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    async with town.client(None, Role.HR) as hr:

        async def rename(number: int) -> tuple[int, str]:
            answer = await hr.patch(f"/v1/units/{unit}", json={"name": f"Skole {number}"})
            assert answer.status_code == 200, answer.text
            return answer.json()["version"], answer.json()["name"]

        answers = await asyncio.gather(*map(rename, range(WRITERS)))
        after = (await hr.get(f"/v1/units/{unit}")).json()
    assert sorted(version for version, _ in answers) == list(range(2, WRITERS + 2))
    assert (after["version"], after["name"]) == max(answers)
    async with town.rooms.database.transaction(town.organisation) as connection:
        told = await connection.fetch("SELECT version FROM event WHERE resource_id = $1 ORDER BY version", unit)
    assert [one["version"] for one in told] == list(range(1, WRITERS + 2))


async def test_one_request_sent_many_times_at_once_is_done_once(town: Municipality) -> None:
    async with town.client(None, Role.HR) as hr:

        async def define(_: int) -> str:
            body = {"name": "Skolen", "kind": "department"}
            answer = await hr.post("/v1/units", json=body, headers={"Idempotency-Key": "the-same"})
            assert answer.status_code == 201, answer.text
            return answer.json()["id"]

        made = set(await asyncio.gather(*map(define, range(WRITERS))))
        units = (await hr.get("/v1/units")).json()["items"]
    assert len(made) == 1
    assert [one["id"] for one in units] == list(made)
