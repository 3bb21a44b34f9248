"""The export in temporary tables: copied in chunks, so that memory does not grow with it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any, TypeAlias
from uuid import UUID

from service.domain.ids import new_id
from service.domain.imports.problems import RowProblem
from service.domain.imports.records import (
    EngagementRecord,
    FileRead,
    LeaderRecord,
    PersonRecord,
    Record,
    UnitRecord,
    UnreadRow,
)
from service.domain.imports.report import MOST_PROBLEMS
from service.domain.text import fold, sort_key
from service.repo.database import Connection, Database
from service.repo.persons import name_keys

Entry: TypeAlias = Record | RowProblem | UnreadRow | FileRead
"""What a reader of exports hands out."""

RowsRead: TypeAlias = Callable[[int], None]
"""Told, after every chunk, how many entries have been read so far."""

CHUNK = 4_000

_PLACE = "seq bigint NOT NULL, id uuid NOT NULL, file text NOT NULL, line int NOT NULL, key text NOT NULL"
_FOUND = "known boolean NOT NULL DEFAULT false, refused boolean NOT NULL DEFAULT false"
_TABLES = {
    "staged_unit": f"{_PLACE}, parent_key text, name text, kind text, cost_centre text, repeats boolean,"
    f' name_key text COLLATE "C", name_folded text COLLATE "C", {_FOUND}, parent_id uuid',
    "staged_person": f"{_PLACE}, given_name text, family_name text, email text, birth_date date, birth_year int,"
    " gender text, professional_field text, first_hired_on date, repeats boolean,"
    f' name_key text COLLATE "C", given_folded text COLLATE "C", family_folded text COLLATE "C", {_FOUND}',
    "staged_engagement": f"{_PLACE}, person_key text, unit_key text, title text, employment_type text,"
    f' weekly_hours numeric, start_on date, end_on date, "primary" boolean, {_FOUND}, person_id uuid, unit_id uuid,'
    " position_id uuid, made boolean NOT NULL DEFAULT false",
    "staged_leader": f"{_PLACE}, person_key text, unit_key text, title text, level text, heads_unit boolean,"
    f' title_key text COLLATE "C", made_id uuid, {_FOUND}, person_id uuid, unit_id uuid, heads boolean,'
    " held_elsewhere boolean NOT NULL DEFAULT false, engagement_id uuid",
    "staged_unread": f"{_PLACE}, section text NOT NULL",
    "staged_problem": "section text, field text, file text, line int, code text, key text, said text,"
    " other_file text, other_line int",
}

_INDEXES = (
    *((name, column) for name in ("unit", "person", "engagement", "leader") for column in ("key", "id")),
    *((name, column) for name in ("engagement", "leader") for column in ("person_id", "unit_id")),
    ("leader", "engagement_id"),
)


@dataclass(eq=False)
class Staged:
    """What staging kept beside the tables. `nameless` are the kinds of records of which some row's key is unknown."""

    rows_read: int = 0
    rows_left_out: int = 0
    rows_refused: int = 0
    problem_count: int = 0
    problems: list[RowProblem] = field(default_factory=list[RowProblem])
    nameless: set[str] = field(default_factory=set[str])
    _last: tuple[str, int] | None = None

    def note(self, problem: RowProblem) -> None:
        """Count a problem; a row may have several, one after the other."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        if self._last != (problem.file, problem.line):
            self._last = (problem.file, problem.line)
            self.rows_refused += 1


@asynccontextmanager
async def staging(database: Database, organisation: UUID) -> AsyncGenerator[Connection]:
    """A connection of the organisation with empty staging tables, which are gone afterwards.

    Bound by session, it is outside any transaction, so that a long copy holds nobody's event feed back; bound by
    transaction, there is no other way than to be in the one that everything happens in.
    """
    if database.binding == "transaction":
        async with database.transaction(organisation) as connection:
            await _create(connection, "ON COMMIT DROP")
            yield connection
        return
    async with database.pool.acquire() as connection:
        await connection.bind(organisation)
        await _drop(connection)
        await _create(connection, "")
        try:
            yield connection
        finally:
            if not connection.is_closed():
                await _drop(connection)


async def _create(connection: Connection, ending: str) -> None:
    await connection.execute("; ".join(f"CREATE TEMP TABLE {name} ({it}) {ending}" for name, it in _TABLES.items()))


async def _drop(connection: Connection) -> None:
    await connection.execute("; ".join(f"DROP TABLE IF EXISTS pg_temp.{name}" for name in _TABLES))


async def stage(connection: Connection, entries: Iterator[Entry], language: str, told: RowsRead) -> Staged:
    """Copy all that the reader says. It reads in a thread, one chunk at a time. Raises what the reader raises."""
    staged, numbers, so_far = Staged(), count(1), 0

    def chunk() -> Mapping[str, Sequence[tuple[Any, ...]]] | None:
        return _chunk(entries, language, staged, numbers)

    while True:
        reading = asyncio.ensure_future(asyncio.to_thread(chunk))
        try:
            rows = await asyncio.shield(reading)
        except asyncio.CancelledError:
            await asyncio.wait([reading])  # whoever closes the export next must not find the thread in it
            raise
        if rows is None:
            break
        for name, records in rows.items():
            await connection.copy_records_to_table(name, records=records, columns=_COPIED[name])
        so_far += CHUNK
        told(so_far)
    await connection.execute("; ".join(f"CREATE INDEX ON staged_{name} ({column})" for name, column in _INDEXES))
    await survey(connection)
    return staged


async def survey(connection: Connection) -> None:
    """Tell the planner what the staging tables hold; nobody else does for temporary tables."""
    await connection.execute("; ".join(f"ANALYZE {name}" for name in _COPIED))


def _chunk(
    entries: Iterator[Entry], language: str, staged: Staged, numbers: Iterator[int]
) -> Mapping[str, Sequence[tuple[Any, ...]]] | None:
    """The rows of the next chunk by table; None after the last."""
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COPIED}
    nothing = True
    for entry in islice(entries, CHUNK):
        nothing = False
        if isinstance(entry, RowProblem):
            staged.note(entry)
        elif isinstance(entry, UnreadRow):
            staged.nameless.update(entry.nameless)
            rows["staged_unread"] += [
                (next(numbers), new_id(), entry.file, entry.line, key, section) for section, key in entry.keys
            ]
        elif isinstance(entry, FileRead):
            staged.rows_read += entry.rows
            staged.rows_left_out += entry.left_out
        else:
            name, derived = _derived(entry, language)
            rows[name].append((next(numbers), new_id(), *entry, *derived))
    return None if nothing else rows


def _derived(record: Record, language: str) -> tuple[str, tuple[Any, ...]]:
    """The record's table, and the columns that the database cannot compute."""
    if isinstance(record, UnitRecord):
        return "staged_unit", (sort_key(record.name, language), fold(record.name))
    if isinstance(record, PersonRecord):
        return "staged_person", tuple(name_keys(record.given_name, record.family_name, language).values())
    if isinstance(record, EngagementRecord):
        return "staged_engagement", ()
    return "staged_leader", (None if record.title is None else sort_key(record.title, language), new_id())


_COPIED: Mapping[str, tuple[str, ...]] = {
    "staged_unit": ("seq", "id", *UnitRecord._fields, "name_key", "name_folded"),
    "staged_person": ("seq", "id", *PersonRecord._fields, "name_key", "given_folded", "family_folded"),
    "staged_engagement": ("seq", "id", *EngagementRecord._fields),
    "staged_leader": ("seq", "id", *LeaderRecord._fields, "title_key", "made_id"),
    "staged_unread": ("seq", "id", "file", "line", "key", "section"),
}
