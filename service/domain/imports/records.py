"""What an export says, row by row: the same four records whatever system it came from.

Tuples on purpose: an import has hundreds of thousands of them, and a bulk load takes tuples as they are. `file` and
`line` come along so that a check across rows can name the place. Keys are the other system's own; the import adds its
name. Texts are stripped, composed (NFC) and never empty; `None` says that the export does not say.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

LONGEST_KEY = 300
LONGEST_TEXT = 200


class UnitRecord(NamedTuple):
    """A unit; `repeats` tells that the file names it in many rows, which must then agree."""

    file: str
    line: int
    key: str
    parent_key: str | None
    name: str
    kind: str | None
    cost_centre: str | None
    repeats: bool


class PersonRecord(NamedTuple):
    """A person; `repeats` tells that the file names them in many rows, which must then agree."""

    file: str
    line: int
    key: str
    given_name: str | None
    family_name: str | None
    email: str | None
    birth_date: date | None
    birth_year: int | None
    gender: str | None
    professional_field: str | None
    first_hired_on: date | None
    repeats: bool


class EngagementRecord(NamedTuple):
    """A person's employment; `end_on` is half-open: the first day after it.

    Without a unit, it is in the unit that the person leads according to the leaders of the same import.
    `weekly_hours` are hours per week.
    """

    file: str
    line: int
    key: str
    person_key: str
    unit_key: str | None
    title: str
    employment_type: str | None
    weekly_hours: Decimal | None
    start_on: date | None
    end_on: date | None
    primary: bool


class LeaderRecord(NamedTuple):
    """A leadership position; without a person it is vacant.

    `level` runs from `N1`, the highest, to `N5`. `heads_unit` is `None` where the export does not say: of such
    leaders of one unit the highest level heads it, then the one hired first, then the lowest key; the others lead
    in it without heading it.
    """

    file: str
    line: int
    key: str
    person_key: str | None
    unit_key: str
    title: str | None
    level: str | None
    heads_unit: bool | None


Record = UnitRecord | PersonRecord | EngagementRecord | LeaderRecord


class UnreadRow(NamedTuple):
    """A row that was refused, after its problems: what it is about is not gone.

    `keys` are (kind of record, key) pairs that could be told all the same, `nameless` the kinds whose key could not.
    Kinds are `units`, `persons`, `engagements` and `leaders`.
    """

    file: str
    line: int
    keys: tuple[tuple[str, str], ...]
    nameless: tuple[str, ...]


class FileRead(NamedTuple):
    """The end of one file: how many rows it had, the header not counted, and how many the mapping leaves out."""

    file: str
    rows: int
    left_out: int
