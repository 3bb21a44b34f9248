"""One row under the mapping's eye: hands out its values as the records want them and notes what is wrong."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from service.domain.identity_numbers import find_identity_number
from service.domain.imports.dates import DateFormat
from service.domain.imports.mapping import NO, YES, Cell
from service.domain.imports.problems import ProblemCode, RowProblem
from service.domain.imports.records import LONGEST_KEY, LONGEST_TEXT

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_LONGEST_EMAIL = 254
_YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)
_HOURS = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?", re.ASCII)
_HOURS_IN_A_WEEK = 168
_TEN_DIGITS = re.compile(r"\d{10}", re.ASCII)
_LONGEST_SHOWN = 40


class Row:
    """The row that is being read: `turn_to` the next one, ask for its values, then look at `problems`.

    A value that cannot be read is noted in `problems` and comes back as if the cell were empty.
    """

    def __init__(self, file: str, columns: Sequence[str], date_format: DateFormat) -> None:
        self.file = file
        self.line = 0
        self.problems: list[RowProblem] = []
        self._cells: list[str] = []
        self._columns = columns
        self._positions = {column: position for position, column in enumerate(columns)}
        self._date_format = date_format

    def turn_to(self, line: int, cells: list[str]) -> None:
        """Make another row the current one."""
        self.line = line
        self.problems = []
        self._cells = cells

    def refuse(self, cell: Cell, code: ProblemCode, message: str) -> None:
        """Note what is wrong with a cell."""
        self._note(" + ".join(cell.columns) or None, code, message)

    def check_identity_numbers(self, employee_numbers: Collection[str]) -> None:
        """Refuse a national identity number in any cell, whether the mapping uses it or not."""
        for column, text in zip(self._columns, self._cells, strict=True):
            country = find_identity_number(text)
            if country is None or (column in employee_numbers and _TEN_DIGITS.fullmatch(text.strip())):
                continue
            self._note(
                column or None,
                ProblemCode.IDENTITY_NUMBER,
                f"The cell holds what looks like a national identity number ({country}), which is never stored. Leave "
                "it out of the export; name the column under employee_numbers if its ten digits are something else.",
            )

    def counts(self, only_rows: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether the mapping wants this row."""
        return all(self._cells[self._positions[column]].strip() in wanted for column, wanted in only_rows.items())

    def text(self, cell: Cell | None, longest: int = LONGEST_TEXT) -> str | None:
        """What the cell says, translated if the mapping says so; `None` when it is empty."""
        if cell is None:
            return None
        if cell.constant is not None:
            return cell.constant
        text = self._said(cell.columns[0])
        if not text:
            return None
        if cell.translations:
            text = cell.translations.get(text, text)
        if len(text) <= longest:
            return text
        self.refuse(cell, ProblemCode.VALUE_TOO_LONG, f"The value has more than {longest} characters. Shorten it.")
        return None

    def _said(self, column: str) -> str:
        text = self._cells[self._positions[column]].strip()
        return text if text.isascii() else unicodedata.normalize("NFC", text)

    def needed_text(self, cell: Cell) -> str:
        """What the cell says; it must say something."""
        text = self.text(cell)
        if text is None:
            self._refuse_empty(cell)
        return text or ""

    def key(self, cell: Cell | None) -> str | None:
        """A key, its columns joined by `/`; `None` when all of them are empty."""
        if cell is None or len(cell.columns) <= 1:
            return self.text(cell, LONGEST_KEY)
        parts = [self._said(column) for column in cell.columns]
        if not any(parts):
            return None
        joined = "/".join(self._key_part(column, part) for column, part in zip(cell.columns, parts, strict=True))
        if len(joined) > LONGEST_KEY:
            self.refuse(cell, ProblemCode.VALUE_TOO_LONG, f"The key has more than {LONGEST_KEY} characters.")
        return joined

    def _key_part(self, column: str, text: str) -> str:
        if not text or len(text) > LONGEST_KEY:
            return self._bad_key_part(Cell((column,)))
        return text.replace("\\", "\\\\").replace("/", "\\/") if "/" in text or "\\" in text else text

    def _bad_key_part(self, part: Cell) -> str:
        """One column of a key that several make up, which is empty or too long: noted as such."""
        self._refuse_empty(part)
        self.text(part, LONGEST_KEY)
        return ""

    def needed_key(self, cell: Cell) -> str:
        """A key that must be there."""
        key = self.key(cell)
        if key is None:
            self._refuse_empty(cell)
        return key or ""

    def cells_of(self, cells: Iterable[Cell | None]) -> tuple[str, ...]:
        """What stands in the columns of these cells, as it stands there."""
        return tuple(
            self._cells[self._positions[column]] for cell in cells if cell is not None for column in cell.columns
        )

    def word(self, cell: Cell | None, known: Collection[str]) -> str | None:
        """One of the service's own words."""
        text = self.text(cell)
        if cell is None or text is None or text in known:
            return text
        found = next((word for word in known if word.casefold() == text.casefold()), None)
        if found is None:
            words = ", ".join(sorted(known))
            self.refuse(
                cell,
                ProblemCode.UNKNOWN_VALUE,
                f"{_shown(text)} is not known; it must be one of {words}. Correct it, or add it to translate in the "
                "mapping.",
            )
        return found

    def yes(self, cell: Cell | None) -> bool | None:
        """Yes or no, in the words and languages of the mapping's manual."""
        word = self.word(cell, YES | NO)
        return None if word is None else word in YES

    def day(self, cell: Cell | None) -> date | None:
        """A date in the mapping's format."""
        text = self.text(cell)
        if cell is None or text is None:
            return None
        try:
            return self._date_format.read(text)
        except ValueError as error:
            self.refuse(
                cell,
                ProblemCode.BAD_DATE,
                f"{_shown(text)} is not a date: {error}. Correct it, or set the mapping's date_format "
                f"(now {self._date_format.text}).",
            )
            return None

    def year(self, cell: Cell | None) -> int | None:
        """A year of four digits."""
        text = self.text(cell)
        if cell is None or text is None:
            return None
        if _YEAR.fullmatch(text):
            return int(text)
        self.refuse(cell, ProblemCode.BAD_NUMBER, f"{_shown(text)} is not a year. Write four digits.")
        return None

    def weekly_hours(self, cell: Cell | None) -> Decimal | None:
        """Hours per week, with a decimal point or comma."""
        text = self.text(cell)
        if cell is None or text is None:
            return None
        if _HOURS.fullmatch(text) and (hours := Decimal(text.replace(",", "."))) <= _HOURS_IN_A_WEEK:
            return hours
        self.refuse(
            cell,
            ProblemCode.BAD_NUMBER,
            f"{_shown(text)} is not a number of weekly hours from 0 to {_HOURS_IN_A_WEEK}. Write it like 37 or 18.5.",
        )
        return None

    def email(self, cell: Cell | None) -> str | None:
        """An e-mail address."""
        text = self.text(cell, _LONGEST_EMAIL)
        if cell is None or text is None or _EMAIL.fullmatch(text):
            return text
        self.refuse(cell, ProblemCode.BAD_EMAIL, f"{_shown(text)} is not an e-mail address. Correct or empty it.")
        return None

    def _is_empty(self, cell: Cell) -> bool:
        return cell.constant is None and not any(
            self._cells[self._positions[column]].strip() for column in cell.columns
        )

    def _refuse_empty(self, cell: Cell) -> None:
        if self._is_empty(cell):
            message = "The cell is empty, and the row cannot be used without it. Fill it."
            self.refuse(cell, ProblemCode.MISSING_VALUE, message)

    def _note(self, column: str | None, code: ProblemCode, message: str) -> None:
        problem = RowProblem(self.file, self.line, column, code, message)
        if problem not in self.problems:  # one cell may be asked for by several records
            self.problems.append(problem)


def _shown(text: str) -> str:
    return f'"{text}"' if len(text) <= _LONGEST_SHOWN else f'"{text[:_LONGEST_SHOWN]}…"'
