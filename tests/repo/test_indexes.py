"""What the contract lets one filter, order and follow is served by an index, under row-level security."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, cast
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, Table, UniqueConstraint

from service.api.rest.query import page_of
from service.api.selections import expanded
from service.domain.actor import Role
from service.domain.catalogue import VIEWS
from service.domain.ids import new_id
from service.domain.names import snake
from service.domain.reading import View
from service.domain.selection import Leaf, PageArguments, Selection
from service.repo.all_tables import METADATA
from service.repo.database import Database
from service.repo.reading.reader import PostgresReader
from service.repo.sources import SOURCES
from tests.municipality import Municipality

SAMPLES: dict[Any, Any] = {
    UUID: new_id(), str: "å", bool: True, int: 1, date: date(2026, 1, 1), datetime: datetime(2026, 1, 1, tzinfo=UTC),
    Decimal: Decimal(1),
}  # fmt: skip
LISTED = [view for view in VIEWS.values() if not view.singleton and view.name != "Me"]
STORED = [view for view in LISTED if isinstance(SOURCES[view.name].table, Table)]  # some of the others ship as files
EACH_VIEW = pytest.mark.parametrize("view", LISTED, ids=lambda view: view.name)
EACH_STORED = pytest.mark.parametrize("view", STORED, ids=lambda view: view.name)
_KEYS = (UniqueConstraint, PrimaryKeyConstraint)
ID = Selection((Leaf("id", "id"),))


def indexes(table: Table) -> list[tuple[str, ...]]:
    """The columns of each index without the organisation, which is first in every one."""
    kept = [one for one in table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)]
    found: list[Sequence[Any]] = [
        *(list(one.expressions) for one in table.indexes),
        *(list(one.columns) for one in kept),
    ]
    names = [tuple(column_of(one) for one in it) for it in found]
    assert all(it[0] == "organisation_id" for it in names), table.name
    return [it[1:] for it in names]


def column_of(expression: Any) -> str:
    return re.sub(r"^lower\((\w+)\)$", r"\1", getattr(expression, "name", None) or str(expression))


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_every_foreign_key_has_an_index_of_its_own(table: Table) -> None:
    for key in table.constraints:
        if isinstance(key, ForeignKeyConstraint) and "organisation_id" in table.c:
            (column,) = [one.name for one in key.columns if one.name != "organisation_id"] or ["organisation_id"]
            if column != "organisation_id":
                assert any(it[:1] == (column,) for it in indexes(table)), f"{table.name}.{column}"


@EACH_STORED
def test_every_order_is_that_of_an_index(view: View) -> None:
    source, table = SOURCES[view.name], cast("Table", SOURCES[view.name].table)
    for order in view.all_orders.values():
        if any(name in source.columns for name in order.fields):
            continue
        wanted = (*map(snake, order.fields), "id")
        unique = [tuple(one.columns.keys())[1:] for one in table.constraints if isinstance(one, _KEYS)]
        found = any(it[: len(wanted)] == wanted for it in indexes(table)) or wanted[:-1] in unique
        assert found, f"{view.name} by {order.name}"


@EACH_STORED
def test_every_filter_that_compares_a_column_has_an_index_that_begins_with_it(view: View) -> None:
    source, table = SOURCES[view.name], cast("Table", SOURCES[view.name].table)
    for name, one in view.all_filters.items():
        if name not in source.filters and one.subject not in source.columns:
            column = snake(one.subject)
            assert any(it[:1] == (column,) for it in indexes(table)), f"{view.name} filtered by {name}"


class Overheard:
    """A runner that keeps the statement instead of running it."""

    sql = ""

    async def fetch_row(self, organisation: UUID, sql: str, values: list[Any]) -> Any:
        del organisation, values
        self.sql = sql
        return (b"", 1)


def sample(kind: Any) -> Any:
    return next(iter(kind)).value if isinstance(kind, type) and issubclass(kind, Enum) else SAMPLES[kind]


def shapes(view: View) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Every way in which a list can be asked for that is a statement of its own."""
    default = next(iter(view.all_orders))
    for order in view.all_orders:
        for descending in (False, True):
            page = page_of(ID, order, descending=descending, filters=(), after=False, counted=False)
            yield f"sort={order}", page, {}
    for name, one in view.all_filters.items():
        value = [sample(one.type)] if one.match == "any" else sample(one.type)
        page = page_of(ID, default, descending=False, filters=(name,), after=False, counted=False)
        yield f"filter={name}", page, {name: value}
    for name in view.all_relations:
        page = page_of(expanded(view, (name,)), default, descending=False, filters=(), after=False, counted=False)
        yield f"expand={name}", page, {}


@EACH_VIEW
@pytest.mark.parametrize("who", ["hr", "person"])
async def test_no_list_reads_a_table_of_tenants_from_end_to_end(town: Municipality, view: View, who: str) -> None:
    actor = town.actor(None, Role.HR) if who == "hr" else town.actor(await town.person("Mette"))
    database: Database = town.rooms.database
    overheard = Overheard()
    reader = PostgresReader(SOURCES, overheard, database.clock)
    async with database.transaction(town.organisation) as connection:
        # Tables of a test are small, and small tables are read whole: what is asked is whether there is another way.
        await connection.execute("SET LOCAL enable_seqscan = off")
        for asked, page, filters in shapes(view):
            try:
                await reader.page(view, page, actor, {"": PageArguments(first=50, filters=filters)})
                await connection.execute(f"PREPARE asked AS {overheard.sql}")
                nothing = ", ".join(["NULL"] * len(set(re.findall(r"\$\d+", overheard.sql))))
                plan = await connection.fetch(f"EXPLAIN EXECUTE asked({nothing})")
                await connection.execute("DEALLOCATE asked")
            except asyncpg.PostgresError as error:
                raise AssertionError(f"{view.path}?{asked}: {error}") from error
            except Exception as error:
                if getattr(error, "code", "") == "filter_not_allowed":
                    continue
                raise
            whole = [row[0] for row in plan if "Seq Scan" in row[0] and " on organisation" not in row[0]]
            assert not whole, f"{view.path}?{asked}: {whole}"
