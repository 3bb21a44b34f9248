"""Imports beside each other, beside other writers, and through a pooler that keeps no sessions."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from service.domain.actor import Role
from service.domain.imports.model import INTERRUPTED_AFTER
from service.importing import Run
from service.main import rooms
from service.repo.importing.merging import Merge
from service.settings import Settings
from tests.clock import MovableClock
from tests.importing import FOUR_FILES, everything, imported, queued, stored, written
from tests.municipality import Municipality, municipality


@pytest.fixture
async def pooled(database: str, clock: MovableClock) -> AsyncGenerator[Municipality]:
    """A municipality behind connections that are bound by transaction."""
    settings = Settings(env="development", pool_size=4, database_binding="transaction")
    async with rooms(database, settings, clock=clock) as joined, municipality(joined) as found:
        yield found


async def test_bound_by_transaction_an_import_is_one_transaction(pooled: Municipality, tmp_path: Path) -> None:
    dry = await imported(pooled, written(tmp_path), dry_run=True)
    assert await stored(pooled, "unit") == {}
    assert await imported(pooled, tmp_path) == dry
    assert (await imported(pooled, tmp_path, snapshot=True)).changes_nothing
    before = await everything(pooled)
    changed = written(tmp_path, persons=("n;Nina;Nord;1991-01-01",))
    with patch.object(Merge, "engagements", side_effect=RuntimeError("power cut")), pytest.raises(RuntimeError):
        await imported(pooled, changed)
    assert await everything(pooled) == before


async def test_two_imports_at_once_come_one_after_the_other(town: Municipality, tmp_path: Path) -> None:
    reports = await asyncio.gather(*(imported(town, written(tmp_path)) for _ in range(3)))
    assert sorted(report.changes_nothing for report in reports) == [False, True, True]
    assert len(await stored(town, "person")) == 3


async def test_two_organisations_import_at_the_same_time(
    town: Municipality, other_town: Municipality, tmp_path: Path
) -> None:
    export = written(tmp_path)
    reports = await asyncio.gather(imported(town, export), imported(other_town, export))
    assert [one.added for report in reports for one in report.counts] == [3] * 8


async def test_an_import_that_is_stopped_says_so_and_leaves_nothing(town: Municipality, tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def endless(_: Merge) -> None:
        begun.set()
        await asyncio.Event().wait()

    identity = await queued(town, FOUR_FILES)
    run = Run(town.rooms.database, town.rooms.transactions, town.hr, identity, FOUR_FILES)
    with patch.object(Merge, "units", endless):
        task = asyncio.create_task(run.over(written(tmp_path)))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await stored(town, "unit") == {}
    read = (await town.client(None, Role.HR).get(f"/v1/imports/{identity}")).json()
    assert (read["state"], read["failure"]["code"]) == ("failed", "interrupted")
    assert (await imported(town, tmp_path)).problems == ()


async def test_an_import_whose_process_has_died_is_given_up_by_the_clock(
    town: Municipality, clock: MovableClock
) -> None:
    from service.clockwork import perform  # noqa: PLC0415
    from service.domain.imports.commands import DUTIES  # noqa: PLC0415

    identity = await queued(town, FOUR_FILES)
    hr = town.client(None, Role.HR)

    async def state() -> str:
        for duty in DUTIES:
            await perform(town.rooms.transactions, town.organisation, duty)
        return (await hr.get(f"/v1/imports/{identity}")).json()["state"]

    assert await state() == "queued"
    clock.forward(seconds=(INTERRUPTED_AFTER + timedelta(seconds=1)).total_seconds())
    assert await state() == "failed"


async def test_problems_of_rows_are_forgotten_after_a_while_and_counts_are_not(
    town: Municipality, clock: MovableClock, tmp_path: Path
) -> None:
    from service.clockwork import perform  # noqa: PLC0415
    from service.domain.imports.commands import DUTIES  # noqa: PLC0415
    from tests.importing import asked_for  # noqa: PLC0415

    identity, _ = await asked_for(town, written(tmp_path, persons=("m;Mette;Igen;",)))
    hr = town.client(None, Role.HR)

    async def report() -> tuple[int, int]:
        for duty in DUTIES:
            await perform(town.rooms.transactions, town.organisation, duty)
        read = await hr.get(f"/v1/imports/{identity}/report", headers={"Accept": "application/json"})
        return len(read.json()["problems"]), read.json()["import"]["problemCount"]

    assert await report() == (1, 1)
    clock.forward(days=91)
    hr = town.client(None, Role.HR)
    assert await report() == (0, 1)
