"""Small exports, written where a test stands and read at once."""

from pathlib import Path

from service.domain.imports.mapping import ImportMapping
from service.domain.imports.mapping_text import parse_mapping
from service.domain.imports.problems import RowProblem
from service.domain.imports.records import FileRead, Record, UnreadRow
from service.ingest.export import Entry, read_export
from service.ingest.source import open_source

PEOPLE = """
[[file]]
name = "people.csv"
only_rows = { Status = "1" }
employee_numbers = ["No"]
[[file.person]]
key = "No"
full_name = "Name"
email = "Mail"
birth_date = "Born"
gender = { column = "Sex", translate = { M = "male", K = "female" } }
[[file.engagement]]
key = "No"
person = "No"
unit = ["Area", "Unit"]
title = "Title"
weekly_hours = "Hours"
start_on = "From"
end_on = "To"
primary = { constant = "yes" }
"""
HEADER = "No;Name;Mail;Born;Sex;Area;Unit;Title;Hours;From;To;Status;Note"
GOOD = "7;Anna Holm;anna@example.org;01-02-1980;K;A;B;Nurse;37,5;01-01-2020;31-12-2020;1;x"


def mapping(files: str = PEOPLE, **settings: str) -> ImportMapping:
    """A mapping of these files: semicolons, Danish dates, end dates that are the last day, unless told otherwise."""
    general = {
        "name": "example",
        "source": "payroll",
        "encoding": "utf-8",
        "separator": ";",
        "date_format": "DD-MM-YYYY",
        "end_dates": "last_day",
    }
    lines = [f'{key} = "{value}"' for key, value in (general | settings).items()]
    return parse_mapping("\n".join(lines) + files, "my.toml")


def everything(folder: Path, described: ImportMapping) -> list[Entry]:
    """All that an export says."""
    with open_source(folder) as source:
        return list(read_export(described, source))


def people(folder: Path, content: bytes | str, **settings: str) -> tuple[list[Record], list[RowProblem]]:
    """The records and the problems of a people.csv with this content."""
    (folder / "people.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    found = everything(folder, mapping(**settings))
    problems = [each for each in found if isinstance(each, RowProblem)]
    records = [each for each in found if not isinstance(each, RowProblem | UnreadRow | FileRead)]
    return records, problems


def row(**changed: str) -> str:
    """The good row with some cells changed."""
    cells = dict(zip(HEADER.split(";"), GOOD.split(";"), strict=True))
    assert changed.keys() <= cells.keys()
    return ";".join((cells | changed).values())


def table(*rows: str) -> str:
    """A header and rows."""
    return "\r\n".join([HEADER, *rows]) + "\r\n"
