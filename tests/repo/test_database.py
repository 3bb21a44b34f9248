"""Transactions: again where the database asks for it, not for ever, and never twice for good."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.domain.errors import Conflict
from tests.municipality import Municipality


async def test_work_that_could_not_be_serialised_is_done_again(town: Municipality) -> None:
    tries: list[int] = []

    async def work(connection: Any) -> UUID:
        tries.append(1)
        await connection.execute("UPDATE organisation SET name = name || '!'")
        if len(tries) < 3:
            raise asyncpg.SerializationError("could not serialize access")
        return await connection.fetchval("SELECT name FROM organisation")

    name = await town.rooms.database.run(town.organisation, work)
    assert len(tries) == 3
    assert str(name).endswith("!")
    assert not str(name).endswith("!!")


async def test_it_is_not_tried_for_ever(town: Municipality) -> None:
    tries: list[int] = []

    async def work(_: Any) -> None:
        tries.append(1)
        raise asyncpg.DeadlockDetectedError("deadlock detected")

    with pytest.raises(asyncpg.DeadlockDetectedError):
        await town.rooms.database.run(town.organisation, work)
    assert len(tries) == 5


async def test_two_that_wait_for_each_other_both_come_through(town: Municipality) -> None:
    one, other = await town.unit("One"), await town.unit("Other")
    met = asyncio.Barrier(2)
    tries: list[UUID] = []

    async def both(left: UUID, right: UUID) -> None:
        async def work(connection: Any) -> None:
            await connection.execute("UPDATE unit SET version = version + 1 WHERE id = $1", left)
            tries.append(left)
            if len(tries) <= met.parties:
                await asyncio.wait_for(met.wait(), 10)
            await connection.execute("UPDATE unit SET version = version + 1 WHERE id = $1", right)

        await town.rooms.database.run(town.organisation, work)

    await asyncio.gather(both(one, other), both(other, one))
    async with town.rooms.database.transaction(town.organisation) as connection:
        versions = await connection.fetch("SELECT version FROM unit")
    assert [row["version"] for row in versions] == [3, 3]
    assert len(tries) == 3


async def test_a_broken_constraint_is_told_in_the_domains_words(town: Municipality) -> None:
    unit = await town.unit("Skolen")
    await town.position(unit)
    with pytest.raises(Conflict) as refused:
        await town.position(unit)
    assert refused.value.code == "unit_has_head"
