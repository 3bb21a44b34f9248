"""What a mapping speaks of: the fields that an export says anything about, and the column that a value stood in."""

from typing import Literal, TypeAlias

from service.domain.imports.mapping import (
    Cell,
    EngagementColumns,
    FileColumns,
    ImportMapping,
    LeaderColumns,
    PersonColumns,
    UnitColumns,
)

Section = Literal["units", "persons", "engagements", "leaders"]

_Part: TypeAlias = UnitColumns | PersonColumns | EngagementColumns | LeaderColumns
_ESCAPED = ("\\\\", "\\/")


def fields_said(mapping: ImportMapping, section: Section) -> frozenset[str]:
    """The fields that the mapping reads from the export; about the others the export says nothing."""
    parts = [part for file in mapping.files for part in _sections(file, section)]
    return frozenset(name for part in parts for name in part.__slots__ if isinstance(getattr(part, name), Cell))


def makes(mapping: ImportMapping, section: Section) -> bool:
    """The export has such records at all."""
    return any(_sections(file, section) for file in mapping.files)


def file_of(mapping: ImportMapping, file: str) -> FileColumns:
    """The mapping's part about a file, by the name that the file has in the export."""
    for one in mapping.files:
        if one.name == file:
            return one
    near = [one for one in mapping.files if one.name.casefold() == file.casefold()]
    return near[0] if near else mapping.files[0]


def column_of(mapping: ImportMapping, section: Section, file: str, field: str, key: str) -> str | None:
    """The header of the column that a field of a record came from; several are joined by ` + `.

    Where a file makes the same concept in several ways, the number of the key's parts tells them apart.
    """
    parts = [part for part in _sections(file_of(mapping, file), section) if isinstance(getattr(part, field), Cell)]
    alike = [part for part in parts if len(part.key.columns) == _parts(key)] or parts
    if not alike:
        return None
    return " + ".join(getattr(alike[0], field).columns) or None


def _sections(file: FileColumns, section: Section) -> tuple[_Part, ...]:
    return {
        "units": file.units,
        "persons": file.persons,
        "engagements": file.engagements,
        "leaders": file.leaders,
    }[section]


def _parts(key: str) -> int:
    for escaped in _ESCAPED:
        key = key.replace(escaped, "")
    return key.count("/") + 1
