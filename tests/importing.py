"""Exports written where a test stands, and imported at once."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from service.domain.imports.commands import QueueImport, queue
from service.domain.imports.mapping import ImportMapping
from service.domain.imports.mapping_text import parse_mapping
from service.domain.imports.report import ConceptCount, ImportReport
from service.importing import Run
from service.repo.database import local_date
from tests.municipality import Municipality

GENERAL = """
name = "example"
source = "payroll"
separator = ";"
date_format = "YYYY-MM-DD"
end_dates = "half_open"
"""
UNITS = """
[[file]]
name = "units.csv"
[[file.unit]]
key = "Unit"
name = "Name"
parent = "Parent"
"""
PERSONS = """
[[file]]
name = "persons.csv"
[[file.person]]
key = "Person"
given_name = "Given"
family_name = "Family"
birth_date = "Born"
"""
ENGAGEMENTS = """
[[file]]
name = "engagements.csv"
[[file.engagement]]
key = "No"
person = "Person"
unit = "Unit"
unit_from_leaders = true
title = "Title"
primary = "Primary"
start_on = "From"
end_on = "To"
"""
LEADERS = """
[[file]]
name = "leaders.csv"
[[file.leader]]
key = "Post"
unit = "Unit"
person = "Person"
title = "Title"
heads_unit = "Heads"
"""
FOUR_FILES = parse_mapping(GENERAL + UNITS + PERSONS + ENGAGEMENTS + LEADERS, "four.toml")

TOWN: Mapping[str, tuple[str, ...]] = {
    "units": ("Unit;Name;Parent", "leaf;Hold;school", "school;Skolen;top", "top;Kommunen;"),
    "persons": (
        "Person;Given;Family;Born",
        "d;Dorthe;Dal;1970-01-31",
        "l;Lars;Lund;1980-02-28",
        "m;Mette;Møller;1990-03-31",
    ),
    "engagements": (
        "No;Person;Unit;Title;Primary;From;To",
        "1;d;;Kommunaldirektør;1;2015-01-01;",
        "2;l;school;Skoleleder;1;2016-01-01;",
        "3;m;leaf;Lærer;1;2017-01-01;",
    ),
    "leaders": (
        "Post;Unit;Person;Title;Heads",
        "A;top;d;Kommunaldirektør;1",
        "B;school;l;Skoleleder;1",
        "C;leaf;;Teamleder;1",
    ),
}
"""Three units, three people, a vacant post; the director's unit stands with the leaders alone."""


def written(folder: Path, **changed: tuple[str, ...]) -> Path:
    """The town's export with other rows in some of its files; rows that begin with `-` take one away."""
    folder.mkdir(exist_ok=True)
    for name, rows in TOWN.items():
        less = {row[1:] for row in changed.get(name, ()) if row.startswith("-")}
        more = [row for row in changed.get(name, ()) if not row.startswith("-")]
        assert less <= set(rows), "only a row that is there can be taken away"
        (folder / f"{name}.csv").write_text("\n".join([row for row in rows if row not in less] + more) + "\n", "utf-8")
    return folder


def today(town: Municipality) -> date:
    """The day in the town; other tests may have moved the clock."""
    return local_date(town.rooms.database.clock(), "Europe/Copenhagen")


async def queued(town: Municipality, mapping: ImportMapping, **asked: Any) -> UUID:
    """An import that waits to be run."""
    command = QueueImport(mapping=mapping.name, source=mapping.source, file_name="export", digest=b"", **asked)
    return await town.run(queue, command)


async def imported(town: Municipality, export: Path, mapping: ImportMapping = FOUR_FILES, **asked: Any) -> ImportReport:
    """What an import of it came to."""
    return (await asked_for(town, export, mapping, **asked))[1]


async def asked_for(
    town: Municipality, export: Path, mapping: ImportMapping = FOUR_FILES, **asked: Any
) -> tuple[UUID, ImportReport]:
    """The import's id, and what it came to."""
    identity = await queued(town, mapping, **asked)
    run = Run(town.rooms.database, town.rooms.transactions, town.hr, identity, mapping)
    return identity, await run.over(export)


def count(report: ImportReport, concept: str) -> ConceptCount:
    """What became of a concept."""
    return next(one for one in report.counts if one.concept == concept)


def codes(report: ImportReport) -> list[tuple[str, int, str | None, str]]:
    """Where and what is wrong."""
    return [(one.file, one.line, one.column, str(one.code)) for one in report.problems]


async def stored(town: Municipality, table: str) -> dict[str, Any]:
    """The organisation's imported rows of a table, by their external id."""
    async with town.rooms.database.transaction(town.organisation) as connection:
        rows = await connection.fetch(f"SELECT * FROM {table} WHERE external_id IS NOT NULL")  # noqa: S608
    return {row["external_id"]: dict(row) for row in rows}


async def everything(town: Municipality) -> dict[str, list[dict[str, Any]]]:
    """Every row that an import writes, in order."""
    found: dict[str, list[dict[str, Any]]] = {}
    async with town.rooms.database.transaction(town.organisation) as connection:
        for table in ("unit", "unit_closure", "person", "engagement", "position"):
            order = "ancestor_id, descendant_id" if table == "unit_closure" else "id"
            rows = await connection.fetch(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608
            found[table] = [dict(row) for row in rows]
    return found
