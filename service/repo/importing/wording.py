"""What the database found across rows, in words: file, line, column and what to do."""

from collections.abc import Mapping
from typing import Any, cast

from service.domain.imports.mapping import ImportMapping
from service.domain.imports.problems import ProblemCode, RowProblem
from service.domain.imports.report import MOST_PROBLEMS
from service.domain.imports.said import Section, column_of
from service.repo.database import Connection

_SENTENCES: Mapping[ProblemCode, str] = {
    ProblemCode.DUPLICATE_KEY: (
        'The key "{said}" stands in {other_file}, line {other_line}, already. Remove one of them.'
    ),
    ProblemCode.DIFFERING_REPEAT: (
        'The row says something else about "{said}" than {other_file}, line {other_line}, which was '
        "used. Make them agree."
    ),
    ProblemCode.UNKNOWN_UNIT: (
        'There is no unit with the key "{said}", or its row was refused. Add it, or correct the key.'
    ),
    ProblemCode.UNKNOWN_PERSON: (
        'There is no person with the key "{said}", or their row was refused. Add them, or correct the key.'
    ),
    ProblemCode.UNKNOWN_PARENT: (
        'There is no unit with the key "{said}" to be below, or its row was refused. Add it, or correct the key.'
    ),
    ProblemCode.UNIT_CYCLE: (
        'The unit is below "{said}", which is itself below the unit. Correct the parent of one of them.'
    ),
    ProblemCode.UNIT_TOO_DEEP: (
        'Below "{said}" the tree has more levels than an organisation can have. Correct the parent.'
    ),
    ProblemCode.NO_UNIT: 'The row names no unit, and "{said}" leads none. Fill in the unit.',
    ProblemCode.SEVERAL_PRIMARY: (
        'An earlier row has a primary engagement of "{said}" in the same time. Mark one of them as not primary.'
    ),
    ProblemCode.PRIMARY_ELSEWHERE: (
        '"{said}" has a primary engagement in the same time that was recorded here, not imported. End '
        "that one, or mark this one as not primary."
    ),
    ProblemCode.SEVERAL_HEADS: (
        'The unit "{said}" has a head already, from an earlier row or recorded here. Mark one of them as '
        "not heading it."
    ),
    ProblemCode.UNIT_IN_USE: (
        'The unit "{said}" is gone from the export, but people work in it or below it, so it stays open. '
        "Close it when it is empty."
    ),
    ProblemCode.NOT_ALL_READ: (
        "Some rows could not be read, so nobody knows whom they are about: nothing that is missing from "
        "the export was ended ({said})."
    ),
}


async def found_problems(connection: Connection, mapping: ImportMapping) -> tuple[list[RowProblem], int]:
    """The first `MOST_PROBLEMS` across rows, in the order of the files, and how many there are."""
    total = await connection.fetchval(f"SELECT count(*) FROM ({_DISTINCT}) p")  # noqa: S608  -- a constant
    rows = await connection.fetch(f"{_DISTINCT} LIMIT {MOST_PROBLEMS}")
    return [_worded(row, mapping) for row in rows], total


async def refused(connection: Connection) -> Mapping[str, int]:
    """How many records of each kind were refused."""
    return {row["section"]: row["refused"] for row in await connection.fetch(_REFUSED)}


def _worded(row: Any, mapping: ImportMapping) -> RowProblem:
    code = ProblemCode(row["code"])
    message = _SENTENCES[code].format(said=row["said"], other_file=row["other_file"], other_line=row["other_line"])
    if row["file"] is None:
        return RowProblem(mapping.name, 0, None, code, message)
    column = column_of(mapping, cast("Section", row["section"]), row["file"], row["field"], row["key"])
    return RowProblem(row["file"], row["line"], column, code, message)


# One row may make several records with the same key: it is wrong once.
_DISTINCT = """
SELECT DISTINCT ON (file, line, code, said) * FROM staged_problem ORDER BY file, line, code, said, section
"""
_REFUSED = """
SELECT section, count(DISTINCT (file, line, key)) AS refused FROM staged_problem WHERE file IS NOT NULL GROUP BY section
"""
