"""From a row to what it says: units, persons, engagements and leaders."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from service.domain.imports.dates import half_open
from service.domain.imports.mapping import (
    GENDERS,
    LEVELS,
    UNIT_KINDS,
    EndDates,
    EngagementColumns,
    FileColumns,
    LeaderColumns,
    PersonColumns,
    TitlePattern,
    UnitColumns,
)
from service.domain.imports.names import split_full_name
from service.domain.imports.problems import ProblemCode
from service.domain.imports.records import EngagementRecord, LeaderRecord, PersonRecord, Record, UnitRecord, UnreadRow
from service.ingest.row import Row

_Keyed: TypeAlias = UnitColumns | PersonColumns | EngagementColumns | LeaderColumns


_MOST_REMEMBERED = 20_000


@dataclass(eq=False)
class Repeated:
    """The units that rows before this one named in the same words: half of what a flat export says is said before."""

    words: set[tuple[int, tuple[str, ...]]] = field(default_factory=set[tuple[int, tuple[str, ...]]])
    new: list[tuple[int, tuple[str, ...]]] = field(default_factory=list[tuple[int, tuple[str, ...]]])

    def knows(self, row: Row, place: int, unit: UnitColumns) -> bool:
        """The unit was named so before, in a row that had no problems."""
        said = place, row.cells_of((unit.key, unit.name, unit.parent, unit.kind, unit.cost_centre))
        if said in self.words:
            return True
        self.new.append(said)
        return False

    def remember(self, *, good: bool) -> None:
        """The row is read to its end: what it named is known from now on if nothing was wrong with it."""
        if good and self.new:
            if len(self.words) > _MOST_REMEMBERED:
                self.words.clear()
            self.words.update(self.new)
        self.new.clear()


def records_of(row: Row, file: FileColumns, end_dates: EndDates, repeated: Repeated) -> Iterator[Record]:
    """Everything that a row says; worth something only if the row has no problems afterwards."""
    for place, unit in enumerate(file.units):
        if not (unit.repeats and repeated.knows(row, place, unit)):
            yield _unit(row, unit)
    for person in file.persons:
        yield _person(row, person)
    for engagement in file.engagements:
        yield _engagement(row, engagement, end_dates)
    for leader in file.leaders:
        if (record := _leader(row, leader)) is not None:
            yield record


def kinds_of(file: FileColumns) -> tuple[str, ...]:
    """The kinds of records that a file makes."""
    return tuple(kind for kind, parts in _parts(file) if parts)


def unread(row: Row, file: FileColumns) -> UnreadRow:
    """What a row with problems is about; to be asked last, for it forgets the problems."""
    bad = {column for problem in row.problems if problem.column for column in problem.column.split(" + ")}
    keys: list[tuple[str, str]] = []
    nameless: list[str] = []
    for kind, parts in _parts(file):
        for part in parts:
            row.problems = []
            key = row.key(part.key) if bad.isdisjoint(part.key.columns) else None
            if key is None or row.problems:
                nameless.append(kind)
            else:
                keys.append((kind, key))
    return UnreadRow(row.file, row.line, tuple(keys), tuple(dict.fromkeys(nameless)))


def _parts(file: FileColumns) -> tuple[tuple[str, tuple[_Keyed, ...]], ...]:
    return (
        ("units", file.units),
        ("persons", file.persons),
        ("engagements", file.engagements),
        ("leaders", file.leaders),
    )


def _unit(row: Row, columns: UnitColumns) -> UnitRecord:
    return UnitRecord(
        file=row.file,
        line=row.line,
        key=row.needed_key(columns.key),
        parent_key=row.key(columns.parent),
        name=row.needed_text(columns.name),
        kind=row.word(columns.kind, UNIT_KINDS),
        cost_centre=row.text(columns.cost_centre),
        repeats=columns.repeats,
    )


def _person(row: Row, columns: PersonColumns) -> PersonRecord:
    full_name = row.text(columns.full_name)
    given_name, family_name = (
        (row.text(columns.given_name), row.text(columns.family_name))
        if full_name is None
        else split_full_name(full_name)
    )
    return PersonRecord(
        file=row.file,
        line=row.line,
        key=row.needed_key(columns.key),
        given_name=given_name,
        family_name=family_name,
        email=row.email(columns.email),
        birth_date=row.day(columns.birth_date),
        birth_year=row.year(columns.birth_year),
        gender=row.word(columns.gender, GENDERS),
        professional_field=row.text(columns.professional_field),
        first_hired_on=row.day(columns.first_hired_on),
        repeats=columns.repeats,
    )


def _engagement(row: Row, columns: EngagementColumns, end_dates: EndDates) -> EngagementRecord:
    start_on, end = row.day(columns.start_on), row.day(columns.end_on)
    end_on = half_open(end, is_last_day=end_dates == EndDates.LAST_DAY) if end else None
    if columns.end_on and start_on and end_on and end_on <= start_on:
        row.refuse(
            columns.end_on,
            ProblemCode.ENDS_BEFORE_START,
            f"The engagement ends ({end}) before it starts ({start_on}). Correct one of the dates.",
        )
    unit = columns.unit
    return EngagementRecord(
        file=row.file,
        line=row.line,
        key=row.needed_key(columns.key),
        person_key=row.needed_key(columns.person),
        unit_key=row.key(unit) if unit is None or columns.unit_from_leaders else row.needed_key(unit),
        title=row.needed_text(columns.title),
        employment_type=row.text(columns.employment_type),
        weekly_hours=row.weekly_hours(columns.weekly_hours),
        start_on=start_on,
        end_on=end_on,
        primary=row.yes(columns.primary) is True,
    )


def _leader(row: Row, columns: LeaderColumns) -> LeaderRecord | None:
    title = row.text(columns.title)
    level, unit = columns.level, columns.unit
    pattern = _first_match(columns.titles, title)
    if columns.titles and pattern is None:
        return None
    if pattern is not None and pattern.unit is not None:
        unit = pattern.unit
    return LeaderRecord(
        file=row.file,
        line=row.line,
        key=row.needed_key(columns.key),
        person_key=row.key(columns.person),
        unit_key=row.needed_key(unit),
        title=title,
        level=row.word(level, LEVELS) if pattern is None else pattern.level,
        heads_unit=row.yes(columns.heads_unit),
    )


def _first_match(patterns: tuple[TitlePattern, ...], title: str | None) -> TitlePattern | None:
    return next((each for each in patterns if title is not None and each.pattern.search(title)), None)
