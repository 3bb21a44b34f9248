"""The deletion at the database: what the service's role may delete of its logs, and several workers at a time."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.domain.agenda import SOON
from service.domain.archives.forgetting import forget_those_not_admitted
from service.domain.candidacies.deciding import Decline, decline
from service.main import Rooms, clock_of
from service.repo import archives
from tests.clock import MovableClock
from tests.municipality import Municipality, municipality
from tests.queueing import until
from tests.selection import Selection, selection


async def _fetch(town: Municipality, sql: str, *values: Any) -> list[Any]:
    async with town.rooms.database.transaction(town.organisation) as connection:
        return await connection.fetch(sql, *values)


async def _declined(chosen: Selection, *names: str) -> list[UUID]:
    listed = [await chosen.assessed(name, "Mads") for name in names]
    for one in listed:
        await chosen.town.run(decline, one, Decline(reason="Ikke denne gang.", feedback="Led et projekt først."), None)
    return listed


async def _forget(town: Municipality) -> None:
    await town.rooms.transactions.run(town.hr, forget_those_not_admitted)


async def test_the_service_deletes_no_trace_of_what_still_exists(town: Municipality) -> None:
    chosen = await selection(town)
    (candidacy,) = await _declined(chosen, "Mette")
    for identity in (candidacy, town.people["Mette"], chosen.cohort):
        with pytest.raises(asyncpg.RaiseError, match="still exists"):
            await _fetch(town, "SELECT forget_traces($1::uuid[])", [identity])
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _fetch(town, "DELETE FROM event")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _fetch(town, "DELETE FROM access_log")


async def test_the_service_deletes_no_trace_of_another_organisation(
    town: Municipality, other_town: Municipality, clock: MovableClock
) -> None:
    (candidacy,) = await _declined(await selection(town), "Mette")
    (theirs,) = await _declined(await selection(other_town), "Mette")
    clock.forward(days=200)
    await _forget(town)
    assert await _fetch(town, "SELECT FROM event WHERE resource_id = $1", candidacy) == []
    await _fetch(town, "SELECT forget_traces($1::uuid[])", [theirs])
    assert await _fetch(other_town, "SELECT FROM event WHERE resource_id = $1", theirs) != []


async def test_who_read_what_was_deleted_in_that_moment_is_forgotten_at_the_next_look(
    town: Municipality, clock: MovableClock
) -> None:
    (candidacy,) = await _declined(await selection(town), "Mette")
    clock.forward(days=200)
    await _forget(town)
    log = (
        "INSERT INTO access_log (organisation_id, id, read_at, reader, concept, resource_id, person_id, fields)"
        " VALUES ($1, gen_random_uuid(), now(), 'hr', 'Candidacy', $2, $3, '{score}')"
    )
    mette = town.people["Mette"]
    await _fetch(town, log, town.organisation, candidacy, mette)
    await _fetch(town, log, town.organisation, mette, mette)
    await _forget(town)
    kept = await _fetch(town, "SELECT resource_id FROM access_log")
    assert [row["resource_id"] for row in kept] == [mette]


async def test_several_workers_at_a_time_leave_one_row_each(town: Municipality, clock: MovableClock) -> None:
    await _declined(await selection(town), "Mette", "Ole")
    clock.forward(days=200)
    await asyncio.gather(*(_forget(town) for _ in range(6)))
    assert len(await _fetch(town, "SELECT FROM former_candidacy")) == 2
    assert await _fetch(town, "SELECT FROM candidacy") == []


async def test_what_somebody_holds_is_left_to_the_next_look(town: Municipality, clock: MovableClock) -> None:
    mettes, oles = await _declined(await selection(town), "Mette", "Ole")
    clock.forward(days=200)
    async with town.rooms.database.transaction(town.organisation) as holding:
        await holding.fetch("SELECT FROM candidacy WHERE id = $1 FOR UPDATE", mettes)
        await _forget(town)
        assert [row["id"] for row in await _fetch(town, "SELECT id FROM candidacy")] == [mettes]
    await _forget(town)
    assert await _fetch(town, "SELECT FROM candidacy WHERE id = ANY ($1::uuid[])", [mettes, oles]) == []


async def test_long_lists_are_deleted_bit_by_bit(
    town: Municipality, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _declined(await selection(town), "Mette", "Ole")
    clock.forward(days=200)
    monkeypatch.setattr(archives, "AT_ONCE", 1)
    for left in (1, 0):
        await _forget(town)
        assert len(await _fetch(town, "SELECT FROM candidacy")) == left


async def test_the_running_service_forgets_by_itself(alone: Rooms, clock: MovableClock) -> None:
    async with municipality(alone) as town:
        await _declined(await selection(town), "Mette")
        clock.forward(days=200)

        async def forgotten() -> bool:
            return await _fetch(town, "SELECT FROM candidacy") == []

        async with clock_of(alone):
            await until(forgotten)
        (event,) = await _fetch(town, "SELECT actor FROM event WHERE type = 'organisation.candidacies_forgotten'")
        assert event["actor"] == "system"


async def test_while_there_is_something_the_next_look_is_soon(town: Municipality, clock: MovableClock) -> None:
    await _declined(await selection(town), "Mette")
    clock.forward(days=200)
    soon, never = [await town.rooms.transactions.run(town.hr, forget_those_not_admitted) for _ in range(2)]
    assert soon is not None
    assert abs(soon - clock.now - SOON) < timedelta(seconds=1)
    assert never is None


async def test_what_is_reopened_leaves_its_archive(town: Municipality, clock: MovableClock) -> None:
    chosen = await selection(town)
    await chosen.hr.patch("/v1/organisation", json={"archiveDays": 30})
    mettes, _ = await _declined(chosen, "Mette", "Ole")
    clock.forward(days=200)
    await _forget(town)
    await _fetch(town, "UPDATE candidacy SET state = 'assessed', updated_at = $2 WHERE id = $1", mettes, clock.now)
    (archive,) = (await chosen.hr.get("/v1/archives")).json()["items"]
    done = await chosen.hr.post(f"/v1/archives/{archive['id']}/confirm")
    assert done.json()["state"] == "deleted"
    assert [row["id"] for row in await _fetch(town, "SELECT id FROM candidacy")] == [mettes]
