"""The queue in Postgres: what is due is done once, in its own organisation, whoever is there and whoever dies."""

import asyncio
import sys
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import asyncpg
import pytest

from service.clockwork import clockwork
from service.domain.actor import Role
from service.domain.agenda import Duty, named
from service.domain.catalogue import DUTIES
from service.domain.days import begin
from service.domain.unit_of_work import UnitOfWork
from service.main import Rooms, clock_of
from service.repo import queue
from tests.clock import MovableClock
from tests.municipality import Municipality, municipality
from tests.placing import neighbours
from tests.queueing import until
from tests.repo.queue_worker import rename

WORKER = Path(__file__).parent / "queue_worker.py"


class Noted:
    """A duty that remembers for whom it was done."""

    def __init__(self) -> None:
        self.done: list[UUID] = []
        self.again: list[datetime] = []

    async def note(self, uow: UnitOfWork) -> datetime | None:
        self.done.append(uow.actor.organisation)
        return self.again.pop() if self.again else None

    @property
    def duty(self) -> Duty:
        return self.note


def named_note(noted: Noted) -> str:
    return named(noted.note)


async def rows(joined: Rooms, sql: str, *values: Any) -> list[Any]:
    async with joined.database.pool.acquire() as connection:
        return await connection.fetch(sql, *values)


async def wake(town: Municipality, duty: Duty, at: datetime, *, fails: bool = False) -> None:
    async def work(uow: UnitOfWork) -> None:
        uow.agenda.wake(duty, at)
        if fails:
            raise RuntimeError

    await town.rooms.transactions.run(town.hr, work)


async def queued(joined: Rooms, duty: str) -> int:
    found = await rows(joined, "SELECT count(*) FROM queue.pgqueuer WHERE entrypoint = $1", duty)
    return found[0][0]


async def test_what_two_workers_are_woken_for_is_done_once_in_each_organisation(alone: Rooms) -> None:
    noted, everywhere = Noted(), list[UUID]()
    async with AsyncExitStack() as stack:
        for _ in range(5):
            town = await stack.enter_async_context(municipality(alone))
            everywhere.append(town.organisation)
            await wake(town, noted.duty, alone.database.clock())
        for _ in range(2):
            await stack.enter_async_context(clockwork(alone.transactions, alone.queue.worked, [noted.duty]))
        await until(lambda: none(alone, named_note(noted)))
    assert sorted(noted.done) == sorted(everywhere)


async def none(joined: Rooms, duty: str) -> bool:
    return await queued(joined, duty) == 0


async def test_a_wish_to_be_woken_is_undone_with_its_transaction_and_the_same_one_twice_is_one(alone: Rooms) -> None:
    noted = Noted()
    async with municipality(alone) as town:
        at = alone.database.clock() + timedelta(days=3)
        with pytest.raises(RuntimeError):
            await wake(town, noted.duty, at, fails=True)
        assert await queued(alone, named_note(noted)) == 0
        for _ in range(2):
            await wake(town, noted.duty, at)
    assert await queued(alone, named_note(noted)) == 1


async def test_what_is_due_later_waits_and_a_duty_is_woken_again_when_it_wishes(alone: Rooms) -> None:
    noted = Noted()
    async with municipality(alone) as town:
        await wake(town, noted.duty, alone.database.clock() + timedelta(days=1))
        noted.again = [alone.database.clock()]
        await wake(town, noted.duty, alone.database.clock())
        async with clockwork(alone.transactions, alone.queue.worked, [noted.duty]):

            async def twice() -> bool:
                return len(noted.done) == 2

            await until(twice)
            await until(lambda: one(alone, named_note(noted)))
    assert noted.done == [town.organisation] * 2


async def one(joined: Rooms, duty: str) -> bool:
    return await queued(joined, duty) == 1


async def test_a_duty_that_fails_is_put_back_and_keeps_no_other_from_being_done(alone: Rooms) -> None:
    noted, tries = Noted(), list[UUID]()

    async def failing(uow: UnitOfWork) -> None:
        tries.append(uow.actor.organisation)
        if len(tries) < 3:
            raise ConnectionError

    async with municipality(alone) as town:
        await wake(town, failing, alone.database.clock())
        await wake(town, noted.duty, alone.database.clock())
        async with clockwork(alone.transactions, alone.queue.worked, [failing, noted.duty]):
            await until(lambda: none(alone, named(failing)))
    assert tries == [town.organisation] * 3
    assert noted.done == [town.organisation]
    (put_back,) = {
        row[0]
        for row in await rows(
            alone, "SELECT traceback->>'exception_message' FROM queue.pgqueuer_log WHERE traceback IS NOT NULL"
        )
    }
    assert put_back == "put back"


async def test_a_worker_told_to_stop_puts_back_what_it_cannot_finish(
    alone: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.clockwork._GRACE", 0.2)
    begun, noted = asyncio.Event(), list[UUID]()

    async def long(uow: UnitOfWork) -> None:
        if not begun.is_set():
            begun.set()
            await asyncio.Event().wait()
        noted.append(uow.actor.organisation)

    async with municipality(alone) as town:
        await wake(town, long, alone.database.clock())
        async with clockwork(alone.transactions, alone.queue.worked, [long]):
            await begun.wait()
        assert noted == []
        async with clockwork(alone.transactions, alone.queue.worked, [long]):
            await until(lambda: none(alone, named(long)))
    assert noted == [town.organisation]


async def test_what_a_killed_process_was_about_is_done_by_the_next_once(alone: Rooms, lonely: str) -> None:
    """The process dies in the middle of it, without a word: nothing of its transaction stays, and another does it."""
    async with municipality(alone) as town:
        name = await organisation(town)
        await wake(town, rename, alone.database.clock())
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(WORKER), lonely, stdout=asyncio.subprocess.PIPE, cwd=WORKER.parents[2]
        )
        assert process.stdout
        assert await process.stdout.readline() == b"in the middle of it\n"
        process.kill()
        await process.wait()
        (row,) = await rows(alone, "SELECT status::text FROM queue.pgqueuer WHERE entrypoint = $1", named(rename))
        assert (row["status"], await organisation(town)) == ("picked", name)
        async with AsyncExitStack() as stack:
            for _ in range(2):
                lost = timedelta(seconds=1)
                await stack.enter_async_context(clockwork(alone.transactions, alone.queue.worked, [rename], lost=lost))
            await until(lambda: none(alone, named(rename)))
        assert await organisation(town) == f"{name}!"


async def organisation(town: Municipality) -> str:
    return (await town.client(None, Role.HR).get("/v1/organisation")).json()["name"]


async def test_a_database_that_is_away_for_a_while_is_waited_for(
    alone: Rooms, postgres: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.clockwork._PAUSE", 0.1)
    noted = Noted()
    async with municipality(alone) as town, clockwork(alone.transactions, alone.queue.worked, [noted.duty]):
        admin = cast("Any", await asyncpg.connect(postgres.admin_url))
        workers = " FROM pg_stat_activity WHERE application_name = 'talentspor queue'"

        async def connected() -> bool:
            return bool(await admin.fetch("SELECT pid" + workers))

        await until(connected)
        await admin.execute("SELECT pg_terminate_backend(pid)" + workers)
        await admin.close()
        await wake(town, noted.duty, alone.database.clock())
        await until(lambda: none(alone, named_note(noted)))
    assert noted.done == [town.organisation]


async def test_the_running_service_starts_a_placement_by_itself_and_looks_forward_to_the_next_day(
    alone: Rooms, clock: MovableClock
) -> None:
    async with municipality(alone) as town:
        between = await neighbours(town, clock)
        url = await between.agreed(startOn=between.day(3))
        clock.forward(days=3)

        async def active() -> bool:
            return (await between.hr.get(url)).json()["state"] == "active"

        async with clock_of(alone):
            await until(active)
            await until(lambda: one(alone, named(begin)))
        (row,) = await rows(
            alone, "SELECT execute_after - now() AS ahead FROM queue.pgqueuer WHERE entrypoint = 'days.begin'"
        )
        # The movable clock says ten in the morning in Copenhagen: fourteen hours are left of the day.
        assert timedelta(hours=13) < row["ahead"] < timedelta(hours=14)


async def test_an_organisation_whose_days_are_lost_gets_them_back_when_a_worker_starts(alone: Rooms) -> None:
    async with municipality(alone) as town:
        await rows(alone, "DELETE FROM queue.pgqueuer")
        async with alone.queue.worked(), alone.queue.worked():
            pass
    (row,) = await rows(alone, "SELECT entrypoint, payload FROM queue.pgqueuer")
    assert (row["entrypoint"], row["payload"].decode()) == ("days.begin", str(town.organisation))


async def test_what_was_done_long_ago_is_forgotten(alone: Rooms) -> None:
    for days in (31, 1):
        await rows(
            alone,
            "INSERT INTO queue.pgqueuer_log (created, job_id, status, priority, entrypoint)"
            " VALUES (now() - make_interval(days => $1), 1, 'successful', 0, $1::int::text)",
            days,
        )
    async with alone.queue.worked() as worker:
        await queue.tidying(worker.connection.execute)(cast("Any", None))
        assert [one.entrypoint for one in worker.sm.registry] == ["queue.tidy"]
    assert [row["entrypoint"] for row in await rows(alone, "SELECT entrypoint FROM queue.pgqueuer_log")] == ["1"]


async def test_the_schema_of_the_queue_is_the_one_that_the_library_wants(lonely: str) -> None:
    """A newer release of the library that wants another one needs a migration first."""
    connection = cast("Any", await asyncpg.connect(lonely))
    try:
        plan = await queue.queries(connection).plan_upgrade()
    finally:
        await connection.close()
    assert plan.statements == ()


def test_every_duty_has_a_name_of_its_own() -> None:
    names = [named(one) for one in (begin, *DUTIES)]
    assert len(set(names)) == len(names)
    assert {"placements.advance", "days.begin"} <= set(names)
