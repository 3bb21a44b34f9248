"""Separated values: a file's rows as cells, one at a time, surviving whatever a row may hold.

The `csv` module reads the rows with quotes. What it cannot bound, lines and the rows that an unclosed quote glues
together, is bounded around it. A row that an unclosed quote has swallowed others into gives them back.
"""

import csv
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from service.domain.imports.problems import ProblemCode
from service.ingest.lines import LONGEST_LINE, Line, Lines

LARGEST_CELL = 64 * 1024
MOST_LINES = 1_000  # in one row
MOST_OPEN_QUOTES = 100  # in one file; each may have cost the reading of `MOST_LINES` in vain


class Cells(NamedTuple):
    """One row, and the number of its first line."""

    line: int
    cells: list[str]


class Flaw(NamedTuple):
    """Why a row is none: where (`position` counts columns from 0), which kind, and what to do."""

    line: int
    position: int | None
    code: ProblemCode
    message: str


class _TooLongError(Exception):
    """A quoted cell went on over more lines than a row may have."""


class DelimitedRows:
    """The rows of one file; `consumed` counts the bytes read so far."""

    def __init__(self, stream: BinaryIO, *, encoding: str, separator: str) -> None:
        self._lines = Lines(stream)
        self._encoding = encoding
        self._separator = separator
        self._cell = re.compile(
            rf'(?:"(?:[^"]++|"")*+(?P<closed>"?))?(?P<rest>[^{re.escape(separator)}]*+)(?:{re.escape(separator)}|$)'
        )
        self._columns: int | None = None
        self._open_quotes = 0

    @property
    def consumed(self) -> int:
        """How many bytes of the file have been read."""
        return self._lines.consumed

    def __iter__(self) -> Iterator[Cells | Flaw]:
        """All rows in order; the first tells how many columns there are. Empty rows are left out."""
        while (line := self._lines.next()) is not None:
            if self._open_quotes > MOST_OPEN_QUOTES:
                yield Flaw(
                    line.number,
                    None,
                    ProblemCode.TOO_MANY_OPEN_QUOTES,
                    f"More than {MOST_OPEN_QUOTES} quotes before this line are not closed, so the rest of the file "
                    "was not read. Export it again with every quote inside a cell doubled.",
                )
                return
            row = self._row(line)
            if isinstance(row, Flaw) or any(cell and not cell.isspace() for cell in row.cells):
                yield row

    def _row(self, line: Line) -> Cells | Flaw:
        text, wrong = self._decoded(line)
        if line.cut:
            return self._too_large(line.number, text)
        if '"' in text:
            found = self._quoted(line, text)
            if isinstance(found, Flaw):
                return found
            cells, wrong = found.cells, wrong or found.wrong
        else:
            cells = text.split(self._separator)
        if wrong is not None:
            return _unreadable(line.number, cells, wrong, self._encoding)
        if sum(map(len, cells)) > LARGEST_CELL:
            large = _first(cells, lambda cell: len(cell) > LARGEST_CELL)
            if large is not None:
                return _cell_too_large(line.number, large)
        if self._columns is None:
            self._columns = len(cells)
        return Cells(line.number, cells)

    def _quoted(self, line: Line, text: str) -> "_Quoted | Flaw":
        """A row with quotes, which may go on over the next lines."""
        swallowed: list[Line] = []
        wrongs: list[ProblemCode] = []

        def lines() -> Iterator[str]:
            yield text + "\n"
            size = len(line.content)
            while (following := self._lines.next()) is not None:
                swallowed.append(following)
                size += len(following.content)
                if following.cut or size > LONGEST_LINE or len(swallowed) >= MOST_LINES:
                    raise _TooLongError
                more, wrong = self._decoded(following)
                if wrong is not None:
                    wrongs.append(wrong)
                yield more + "\n"

        try:
            cells = next(csv.reader(lines(), delimiter=self._separator, strict=True))
        except (csv.Error, _TooLongError) as error:
            return self._broken(line.number, text, swallowed, str(error))
        if swallowed and self._columns not in {None, len(cells)}:
            return self._broken(line.number, text, swallowed, "")
        return _Quoted(cells, wrongs[0] if wrongs else None)

    def _broken(self, number: int, text: str, swallowed: list[Line], why: str) -> Flaw:
        """Quotes that do not come out even: the lines after the first are rows of their own again."""
        if not swallowed and "field limit" in why:
            return self._too_large(number, text)
        never_closed = self._first_as_written(text, lambda cell: cell["closed"] == "")
        if swallowed or never_closed is not None:
            self._lines.give_back(swallowed)
            self._open_quotes += 1
            return Flaw(
                number,
                never_closed,
                ProblemCode.UNTERMINATED_QUOTE,
                "A quote opens this cell and does not close it. Close it, or double every quote that belongs to the "
                f"text; a cell may have at most {LARGEST_CELL} characters in {MOST_LINES} lines.",
            )
        return Flaw(
            number,
            self._first_as_written(text, lambda cell: bool(cell["closed"] and cell["rest"])),
            ProblemCode.BAD_QUOTE,
            "Text follows the closing quote of this cell. Double every quote that belongs to the text.",
        )

    def _too_large(self, number: int, text: str) -> Flaw:
        position = self._first_as_written(text, lambda cell: len(cell[0]) > LARGEST_CELL)
        if position is not None:
            return _cell_too_large(number, position)
        return Flaw(
            number,
            None,
            ProblemCode.ROW_TOO_LARGE,
            f"The line has more than {LONGEST_LINE} bytes. Shorten its cells, or check that its lines end with a "
            "line feed.",
        )

    def _first_as_written(self, text: str, wanted: Callable[[re.Match[str]], bool]) -> int | None:
        return next((place for place, cell in enumerate(self._cell.finditer(text)) if wanted(cell)), None)

    def _decoded(self, line: Line) -> tuple[str, ProblemCode | None]:
        """The line's text, and what is wrong with its bytes; wrong bytes become U+FFFD."""
        content = line.content
        if line.cut:
            return content.decode(self._encoding, "replace"), None
        wrong = ProblemCode.NUL_BYTE if b"\0" in content else None
        try:
            text = content.decode(self._encoding)
        except UnicodeDecodeError:
            return content.decode(self._encoding, "replace"), ProblemCode.WRONG_ENCODING
        if self._encoding != "utf-8" and not content.isascii() and _is_utf8(content):
            return text, ProblemCode.WRONG_ENCODING
        return text, wrong


class _Quoted(NamedTuple):
    cells: list[str]
    wrong: ProblemCode | None


def _is_utf8(content: bytes) -> bool:
    """Whether bytes beyond ASCII make UTF-8, which text in a one-byte encoding practically never does."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unreadable(number: int, cells: list[str], wrong: ProblemCode, encoding: str) -> Flaw:
    if wrong == ProblemCode.NUL_BYTE:
        position = _first(cells, lambda cell: "\0" in cell)
        return Flaw(number, position, wrong, "The cell holds a NUL byte. Remove it; the file may be damaged.")
    if encoding == "utf-8":
        position = _first(cells, lambda cell: "\ufffd" in cell)
        cause = 'The cell is not UTF-8. Save the file as UTF-8, or set encoding = "windows-1252" in the mapping.'
    else:
        position = _first(cells, lambda cell: not cell.isascii())
        cause = f'The cell is not {encoding}. It looks like UTF-8: set encoding = "utf-8" in the mapping.'
    return Flaw(number, position, wrong, cause)


def _cell_too_large(number: int, position: int) -> Flaw:
    return Flaw(
        number,
        position,
        ProblemCode.CELL_TOO_LARGE,
        f"The cell has more than {LARGEST_CELL} characters. Shorten it, or leave the column out of the export.",
    )


def _first(cells: list[str], wanted: Callable[[str], bool]) -> int | None:
    return next((position for position, cell in enumerate(cells) if wanted(cell)), None)
