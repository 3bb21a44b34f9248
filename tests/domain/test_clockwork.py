"""The clock by itself: every organisation, again and again, whatever fails, until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast
from uuid import UUID

from service.clockwork import clockwork, do_due
from service.domain.actor import Actor
from service.domain.ids import new_id
from service.domain.unit_of_work import UnitOfWork


class Unbound:
    """Transactions without a database: the work is told whose it is."""

    async def run(self, actor: Actor, work: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        assert actor.subject == "system"
        return await work(cast("UnitOfWork", actor.organisation))


def noting(done: list[UUID], enough: asyncio.Event, wanted: int) -> Callable[[UnitOfWork], Awaitable[None]]:
    async def duty(uow: UnitOfWork) -> None:
        done.append(cast("UUID", uow))
        if len(done) == wanted:
            enough.set()

    return duty


async def failing(uow: UnitOfWork) -> None:
    raise ConnectionError(uow)


async def test_what_is_due_is_done_for_every_organisation_time_and_again() -> None:
    everywhere = [new_id(), new_id()]
    done: list[UUID] = []
    enough = asyncio.Event()

    async def organisations() -> list[UUID]:
        return everywhere

    async with clockwork(Unbound(), organisations, [noting(done, enough, 5)], interval=0):
        await enough.wait()
    assert done[:4] == everywhere * 2


async def test_a_duty_that_fails_keeps_no_other_from_being_done() -> None:
    done: list[UUID] = []
    here = new_id()
    await do_due(Unbound(), here, [failing, noting(done, asyncio.Event(), 1)])
    assert done == [here]


async def test_a_database_that_is_away_for_a_while_is_waited_for() -> None:
    done: list[UUID] = []
    enough = asyncio.Event()
    tries = 0

    async def organisations() -> list[UUID]:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise ConnectionError
        return [new_id()]

    async with clockwork(Unbound(), organisations, [noting(done, enough, 1)], interval=0):
        await enough.wait()
    assert tries >= 3


async def test_leaving_stops_the_clock_in_the_middle_of_its_work() -> None:
    started, undone = asyncio.Event(), asyncio.Event()

    async def organisations() -> list[UUID]:
        return [new_id()]

    async def endless(_: UnitOfWork) -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            undone.set()

    async with clockwork(Unbound(), organisations, [endless], interval=60):
        await started.wait()
    assert undone.is_set()
