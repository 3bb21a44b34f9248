"""Reading a mapping file, with errors that say which key is wrong and what may stand there."""

import re
import tomllib
from collections.abc import Collection

from service.domain.errors import Invalid
from service.domain.imports.dates import DateFormat
from service.domain.imports.mapping import (
    GENDERS,
    LEVELS,
    NO,
    UNIT_KINDS,
    YES,
    EndDates,
    EngagementColumns,
    FileColumns,
    ImportMapping,
    LeaderColumns,
    PersonColumns,
    TitlePattern,
    UnitColumns,
)
from service.domain.imports.mapping_table import MappingProblem, Table

ENCODINGS = ("utf-8", "windows-1252", "iso-8859-1", "iso-8859-15")
SEPARATORS = (";", ",", "\t", "|")


class MappingRefused(Invalid):
    """A mapping file that cannot be followed; `problems` has all that is wrong with it."""

    def __init__(self, problems: Collection[MappingProblem]) -> None:
        super().__init__("bad_mapping", " ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def parse_mapping(text: str, origin: str) -> ImportMapping:
    """The mapping that a TOML text describes; `origin` names the text in errors. Raises `MappingRefused`."""
    problems: list[MappingProblem] = []
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingRefused([MappingProblem(origin, f"is not TOML: {error}.")]) from error
    mapping = _mapping(Table(entries, origin, problems))
    if problems or mapping is None:
        raise MappingRefused(problems)
    return mapping


def _mapping(table: Table) -> ImportMapping | None:
    name, source = table.text("name"), table.text("source")
    encoding = table.choice("encoding", ENCODINGS, default="utf-8")
    separator = table.choice("separator", SEPARATORS)
    end_dates = table.choice("end_dates", [str(meaning) for meaning in EndDates])
    date_format: DateFormat | None = None
    try:
        date_format = DateFormat.of(table.text("date_format"))
    except ValueError as error:
        table.refuse("date_format", str(error))
    files = tuple(_file(part) for part in table.tables("file"))
    if not files:
        table.refuse("file", "there is none; say with [[file]] sections which files are read and what they make.")
    for twice in {file.name for file in files if sum(other.name == file.name for other in files) > 1}:
        table.refuse("file", f"{twice!r} has two [[file]] sections; write all it makes in one.")
    table.finish()
    if date_format is None or table.problems:
        return None
    return ImportMapping(
        name=name,
        source=source,
        encoding=encoding,
        separator=separator,
        date_format=date_format,
        end_dates=EndDates(end_dates),
        files=files,
    )


def _file(table: Table) -> FileColumns:
    name = table.text("name")
    table.place = f'{table.origin}, file "{name}"'
    file = FileColumns(
        name=name,
        only_rows=table.accepted_values("only_rows"),
        employee_numbers=frozenset(table.texts("employee_numbers")),
        units=tuple(_unit(part) for part in table.tables("unit")),
        persons=tuple(_person(part) for part in table.tables("person")),
        engagements=tuple(_engagement(part) for part in table.tables("engagement")),
        leaders=tuple(_leader(part) for part in table.tables("leader")),
    )
    if not (file.units or file.persons or file.engagements or file.leaders):
        table.refuse(None, "makes nothing; add [[file.unit]], [[file.person]], [[file.engagement]] or [[file.leader]].")
    table.finish()
    return file


def _unit(table: Table) -> UnitColumns:
    unit = UnitColumns(
        key=table.key("key"),
        name=table.needed("name"),
        parent=table.cell("parent", joined=True),
        kind=table.cell("kind", one_of=UNIT_KINDS),
        cost_centre=table.cell("cost_centre"),
        repeats=table.flag("repeats"),
    )
    table.finish()
    return unit


def _person(table: Table) -> PersonColumns:
    person = PersonColumns(
        key=table.key("key"),
        full_name=table.cell("full_name"),
        given_name=table.cell("given_name"),
        family_name=table.cell("family_name"),
        email=table.cell("email"),
        birth_date=table.cell("birth_date"),
        birth_year=table.cell("birth_year"),
        gender=table.cell("gender", one_of=GENDERS),
        professional_field=table.cell("professional_field"),
        first_hired_on=table.cell("first_hired_on"),
        repeats=table.flag("repeats"),
    )
    if person.full_name and (person.given_name or person.family_name):
        table.refuse("full_name", "stands beside given_name or family_name; use one or the other.")
    table.finish()
    return person


def _engagement(table: Table) -> EngagementColumns:
    engagement = EngagementColumns(
        key=table.key("key"),
        person=table.key("person"),
        title=table.needed("title"),
        primary=table.needed("primary", one_of=YES | NO),
        unit=table.cell("unit", joined=True),
        employment_type=table.cell("employment_type"),
        weekly_hours=table.cell("weekly_hours"),
        start_on=table.cell("start_on"),
        end_on=table.cell("end_on"),
        unit_from_leaders=table.flag("unit_from_leaders"),
    )
    if engagement.unit is None and not engagement.unit_from_leaders:
        table.refuse("unit", "is missing; name the column with the unit's key, or set unit_from_leaders = true.")
    table.finish()
    return engagement


def _leader(table: Table) -> LeaderColumns:
    leader = LeaderColumns(
        key=table.key("key"),
        unit=table.needed("unit", joined=True),
        person=table.cell("person", joined=True),
        title=table.cell("title"),
        level=table.cell("level", one_of=LEVELS),
        heads_unit=table.cell("heads_unit", one_of=YES | NO),
        titles=tuple(_title(part) for part in table.tables("titles")),
    )
    if leader.titles and leader.title is None:
        table.refuse("titles", "needs a title: name the column that the patterns are compared with.")
    if leader.titles and leader.level is not None:
        table.refuse("level", "stands beside titles, which say the level; use one or the other.")
    table.finish()
    return leader


def _title(table: Table) -> TitlePattern:
    text, level = table.text("pattern"), table.choice("level", LEVELS)
    unit = table.cell("unit", joined=True)
    table.finish()
    try:
        return TitlePattern(re.compile(text, re.IGNORECASE), level, unit)
    except re.error as error:
        table.refuse("pattern", f"{text!r} is not a regular expression: {error}.")
        return TitlePattern(re.compile(""), level, unit)
