"""Reading an export: source files and a mapping in; records, problems and the ends of files out, one at a time."""

import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from difflib import get_close_matches
from typing import TypeAlias

from service.domain.imports.mapping import FileColumns, ImportMapping
from service.domain.imports.problems import ProblemCode, RowProblem, SourceRefused
from service.domain.imports.records import FileRead, Record, UnreadRow
from service.ingest.concepts import Repeated, kinds_of, records_of, unread
from service.ingest.delimited import Cells, DelimitedRows, Flaw
from service.ingest.row import Row
from service.ingest.source import SourceFile, SourceFolder

Entry: TypeAlias = Record | RowProblem | UnreadRow | FileRead
"""What a reading hands out."""

Progress = Callable[[str, int], None]
"""Told, now and then, a file's name and how many more of its bytes have been read."""

_ROWS_BETWEEN_PROGRESS = 1_000
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_export(mapping: ImportMapping, source: SourceFolder, progress: Progress | None = None) -> Iterator[Entry]:
    """All that the export says, row by row, in the order of the mapping's files; memory does not grow with it.

    Raises `SourceRefused` at once, naming every file and column that is missing, before any row is read; and while
    rows are read if the source breaks off (a damaged zip).
    """
    files = [(file, _source_file(mapping, file, source)) for file in mapping.files]
    problems = [problem for file, found in files for problem in _source_problems(mapping, file, found)]
    if problems:
        raise SourceRefused(problems)
    return _all_rows(mapping, [(file, found) for file, found in files if found is not None], progress)


def _source_file(mapping: ImportMapping, file: FileColumns, source: SourceFolder) -> SourceFile | None:
    return source.files[0] if source.single and len(mapping.files) == 1 else source.find(file.name)


def _source_problems(mapping: ImportMapping, file: FileColumns, found: SourceFile | None) -> list[RowProblem]:
    if found is None:
        message = f"The export has no file {file.name}. Add it, or take it out of the mapping {mapping.name}."
        return [RowProblem(file.name, 0, None, ProblemCode.MISSING_FILE, message)]
    with _unbroken(found), closing(found.open()) as stream:
        is_utf_16 = stream.read(2) in _UTF_16_MARKS
    if is_utf_16:
        message = "The file is UTF-16. Save it as UTF-8 (in Excel: CSV UTF-8)."
        return [RowProblem(found.name, 1, None, ProblemCode.WRONG_ENCODING, message)]
    with _unbroken(found), closing(_rows(mapping, found)) as rows:
        header = next(rows, None)
    if header is None:
        message = "The file is empty. It must at least have a row with the names of its columns."
        return [RowProblem(found.name, 1, None, ProblemCode.EMPTY_FILE, message)]
    if isinstance(header, Flaw):
        return [RowProblem(found.name, header.line, None, header.code, header.message)]
    return _header_problems(mapping, file, found.name, header)


def _header_problems(mapping: ImportMapping, file: FileColumns, name: str, header: Cells) -> list[RowProblem]:
    columns = _column_names(header.cells)
    problems: list[RowProblem] = []
    for column in file.columns():
        if columns.count(column) > 1:
            message = "Two columns have this name. Rename one of them."
            problems.append(RowProblem(name, header.line, column, ProblemCode.REPEATED_COLUMN, message))
        elif column not in columns:
            close = get_close_matches(column, columns, 1)
            meant = f' Is it "{close[0]}"?' if close else f" Its columns are {', '.join(columns)[:500]}."
            cause = f'Check separator = "{mapping.separator}" in the mapping.' if len(columns) == 1 else meant.strip()
            message = f"The file has no column {column}. {cause}"
            problems.append(RowProblem(name, header.line, column, ProblemCode.MISSING_COLUMN, message))
    return problems


def _all_rows(
    mapping: ImportMapping, files: Sequence[tuple[FileColumns, SourceFile]], progress: Progress | None
) -> Iterator[Entry]:
    for file, found in files:
        with _unbroken(found):
            yield from _file_rows(mapping, file, found, progress)


@contextmanager
def _unbroken(file: SourceFile) -> Generator[None]:
    """Say in the import's words that a zip broke off."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        message = "The file breaks off: the zip is damaged. Pack it again."
        problem = RowProblem(file.name, 0, None, ProblemCode.UNREADABLE_SOURCE, message)
        raise SourceRefused([problem]) from error


def _file_rows(
    mapping: ImportMapping, file: FileColumns, found: SourceFile, progress: Progress | None
) -> Iterator[Entry]:
    read = left_out = 0
    with closing(_rows(mapping, found, progress)) as rows:
        header = next(rows)
        columns = _column_names(header.cells if isinstance(header, Cells) else [])
        row, repeated = Row(found.name, columns, mapping.date_format), Repeated()
        for each in rows:
            read += 1
            if isinstance(each, Flaw):
                yield _as_problem(found.name, columns, each)
                yield UnreadRow(found.name, each.line, (), kinds_of(file))
                continue
            if len(each.cells) != len(columns):
                yield _wrong_count(found.name, each, len(columns))
                yield UnreadRow(found.name, each.line, (), kinds_of(file))
                continue
            row.turn_to(each.line, each.cells)
            row.check_identity_numbers(file.employee_numbers)
            if not row.problems and not row.counts(file.only_rows):
                left_out += 1
                continue
            records = [] if row.problems else list(records_of(row, file, mapping.end_dates, repeated))
            repeated.remember(good=not row.problems)
            yield from row.problems or records
            if row.problems:
                yield unread(row, file)
    yield FileRead(found.name, read, left_out)


def _rows(mapping: ImportMapping, found: SourceFile, progress: Progress | None = None) -> Generator[Cells | Flaw]:
    told = 0
    with closing(found.open()) as stream:
        rows = DelimitedRows(stream, encoding=mapping.encoding, separator=mapping.separator)
        for number, row in enumerate(rows, start=1):
            yield row
            if progress is not None and number % _ROWS_BETWEEN_PROGRESS == 0:
                progress(found.name, rows.consumed - told)
                told = rows.consumed
        if progress is not None:
            progress(found.name, rows.consumed - told)


def _column_names(cells: list[str]) -> list[str]:
    return [cell.strip() for cell in cells]


def _as_problem(name: str, columns: list[str], flaw: Flaw) -> RowProblem:
    column = columns[flaw.position] if flaw.position is not None and flaw.position < len(columns) else None
    return RowProblem(name, flaw.line, column, flaw.code, flaw.message)


def _wrong_count(name: str, row: Cells, expected: int) -> RowProblem:
    message = (
        f"The row has {len(row.cells)} cells, the first row has {expected}. Look for a missing or extra separator; put "
        "a text that contains one in quotes."
    )
    return RowProblem(name, row.line, None, ProblemCode.WRONG_COLUMN_COUNT, message)
