"""How one system's export is read: which columns of which files make units, persons, engagements and leaders."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from service.domain.imports.dates import DateFormat

UNIT_KINDS = frozenset({"administration", "institution", "department", "team"})
GENDERS = frozenset({"female", "male", "other", "undisclosed"})
LEVELS = ("N1", "N2", "N3", "N4", "N5")
YES = frozenset({"1", "yes", "true", "ja", "j", "y", "x"})
NO = frozenset({"0", "no", "false", "nej", "nei", "n"})


class EndDates(StrEnum):
    """What an end date in the export means."""

    LAST_DAY = "last_day"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value comes from: a column, several columns joined, or a constant.

    `translations` turn what the file says into this service's words; a value without one stays as it is.
    """

    columns: tuple[str, ...] = ()
    constant: str | None = None
    translations: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitColumns:
    """The columns of a unit; `repeats` allows the same unit in many rows."""

    key: Cell
    name: Cell
    parent: Cell | None = None
    kind: Cell | None = None
    cost_centre: Cell | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonColumns:
    """The columns of a person; `repeats` allows the same person in many rows."""

    key: Cell
    full_name: Cell | None = None
    given_name: Cell | None = None
    family_name: Cell | None = None
    email: Cell | None = None
    birth_date: Cell | None = None
    birth_year: Cell | None = None
    gender: Cell | None = None
    professional_field: Cell | None = None
    first_hired_on: Cell | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementColumns:
    """The columns of an engagement; `unit_from_leaders` allows an empty unit for somebody who leads one."""

    key: Cell
    person: Cell
    title: Cell
    primary: Cell
    unit: Cell | None = None
    employment_type: Cell | None = None
    weekly_hours: Cell | None = None
    start_on: Cell | None = None
    end_on: Cell | None = None
    unit_from_leaders: bool = False


@dataclass(frozen=True, slots=True)
class TitlePattern:
    """Titles that make somebody a leader of a level; of `unit` where it differs from the section's."""

    pattern: re.Pattern[str]
    level: str
    unit: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderColumns:
    """The columns of a leader; with `titles`, only a row whose title matches one is a leader."""

    key: Cell
    unit: Cell
    person: Cell | None = None
    title: Cell | None = None
    level: Cell | None = None
    heads_unit: Cell | None = None
    titles: tuple[TitlePattern, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileColumns:
    """One file of the export: which rows count, and what they make.

    In an `employee_numbers` column ten digits are an employee number, not a national identity number.
    """

    name: str
    only_rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    employee_numbers: frozenset[str] = frozenset()
    units: tuple[UnitColumns, ...] = ()
    persons: tuple[PersonColumns, ...] = ()
    engagements: tuple[EngagementColumns, ...] = ()
    leaders: tuple[LeaderColumns, ...] = ()

    def columns(self) -> list[str]:
        """Every column that the file must have, in the order in which the mapping speaks of them."""
        found = [*self.only_rows, *sorted(self.employee_numbers)]
        for part in (*self.units, *self.persons, *self.engagements, *self.leaders):
            for value in (getattr(part, each.name) for each in fields(part)):
                cells = [title.unit for title in part.titles] if isinstance(part, LeaderColumns) else []
                found.extend(column for cell in (value, *cells) if isinstance(cell, Cell) for column in cell.columns)
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMapping:
    """How one system's export is read; made by `parse_mapping` from a mapping file.

    People and units are known by (`source`, key). `encoding` is a Python codec's name, `separator` one character.
    """

    name: str
    source: str
    encoding: str
    separator: str
    date_format: DateFormat
    end_dates: EndDates
    files: tuple[FileColumns, ...]
