"""Row-level security, as the service's own role and by raw SQL: nothing of another organisation is within reach."""

from typing import Any, cast
from uuid import UUID

import asyncpg
import pytest

from service.domain.ids import new_id
from service.main import Rooms
from service.repo.all_tables import METADATA
from tests.municipality import Municipality

TABLES = sorted(METADATA.tables)


async def bound(rooms: Rooms, organisation: UUID, sql: str, *values: Any) -> Any:
    async with rooms.database.transaction(organisation) as connection:
        return await connection.fetch(sql, *values)


@pytest.mark.parametrize("name", TABLES)
async def test_every_table_is_bound_to_the_organisation_and_says_so_first(joined: Rooms, name: str) -> None:
    table = METADATA.tables[name]
    assert next(column.name for column in table.primary_key.columns) == "organisation_id"
    row = await joined.database.pool.fetchrow(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = $1", name
    )
    assert tuple(row) == (True, True)
    # A sub-select is run once; the bare expression at each look into an index (docs/decisions/0026).
    policy = await joined.database.pool.fetchrow(
        "SELECT qual, with_check FROM pg_policies WHERE tablename = $1 AND policyname = 'tenant'", name
    )
    assert all("organisation_id = ( SELECT" in one for one in policy)
    indexes = await joined.database.pool.fetch(
        "SELECT indexdef FROM pg_indexes WHERE tablename = $1 AND indexdef LIKE 'CREATE UNIQUE%'", name
    )
    assert indexes
    assert all("(organisation_id" in one["indexdef"] for one in indexes)


@pytest.mark.parametrize("name", TABLES)
async def test_an_unbound_connection_sees_no_row_of_any_table(joined: Rooms, database: str, name: str) -> None:
    del joined
    connection = cast("Any", await asyncpg.connect(database))
    try:
        assert await connection.fetchval(f"SELECT count(*) FROM {name}") == 0  # noqa: S608
    finally:
        await connection.close()


async def test_another_organisations_rows_are_not_read_written_or_guessed(
    joined: Rooms, town: Municipality, other_town: Municipality
) -> None:
    unit = await town.unit("Skolen")
    await bound(joined, town.organisation, "UPDATE unit SET source = 'hr', external_id = '1' WHERE id = $1", unit)
    assert await bound(joined, other_town.organisation, "SELECT * FROM unit WHERE id = $1", unit) == []
    await bound(joined, other_town.organisation, "UPDATE unit SET name = 'taken' WHERE id = $1", unit)
    await bound(joined, other_town.organisation, "DELETE FROM unit WHERE id = $1", unit)
    (row,) = await bound(joined, town.organisation, "SELECT name FROM unit WHERE id = $1", unit)
    assert row["name"] == "Skolen"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await bound(
            joined,
            other_town.organisation,
            "INSERT INTO unit_closure (organisation_id, ancestor_id, descendant_id, depth) VALUES ($1, $2, $2, 9)",
            town.organisation,
            unit,
        )
    # The same identity and the same external id are free in the other organisation: no violation tells of them.
    await bound(
        joined,
        other_town.organisation,
        "INSERT INTO unit (organisation_id, id, version, created_at, updated_at, name, kind, source, external_id,"
        " name_key, name_folded) VALUES ($1, $2, 1, now(), now(), 'Ours', 'team', 'hr', '1', '', '')",
        other_town.organisation,
        unit,
    )
    (row,) = await bound(joined, town.organisation, "SELECT name FROM unit WHERE id = $1", unit)
    assert row["name"] == "Skolen"


async def test_a_reference_cannot_leave_the_organisation(
    joined: Rooms, town: Municipality, other_town: Municipality
) -> None:
    unit = await town.unit("Skolen")
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await bound(
            joined,
            other_town.organisation,
            "INSERT INTO unit (organisation_id, id, version, created_at, updated_at, name, kind, parent_id,"
            " name_key, name_folded) VALUES ($1, $2, 1, now(), now(), 'Ours', 'team', $3, '', '')",
            other_town.organisation,
            new_id(),
            unit,
        )


async def test_the_binding_holds_after_a_rollback_and_after_serving_another_organisation(
    joined: Rooms, database: str, town: Municipality, other_town: Municipality
) -> None:
    del database
    mine, theirs = await town.unit("Mine"), await other_town.unit("Theirs")

    async def units(organisation: UUID) -> set[UUID]:
        return {row["id"] for row in await bound(joined, organisation, "SELECT id FROM unit")}

    async def fails(organisation: UUID) -> None:
        async with joined.database.transaction(organisation) as connection:
            await connection.execute("UPDATE unit SET name = 'gone'")
            await connection.execute("SELECT 1 / 0")

    for _ in range(20):
        assert await units(town.organisation) == {mine}
        with pytest.raises(asyncpg.DivisionByZeroError):
            await fails(other_town.organisation)
        assert await units(town.organisation) == {mine}
        assert await units(other_town.organisation) == {theirs}


async def test_events_and_the_access_log_can_only_be_added_to(joined: Rooms, town: Municipality) -> None:
    await town.unit("Skolen")
    for table in ("event", "access_log"):
        for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):  # noqa: S608
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await bound(joined, town.organisation, sql)
