"""What can be wrong with an export, and where it stands.

Three kinds of check, each in one place:

- of the **source**, before any row is read (`SourceRefused`): a missing file or column, a file without a header;
- of one **row**, while it is read (`service.ingest`): everything that a row shows by itself;
- **across rows**, in the database, where all of them are: keys, references and cycles in the unit tree.

A row with a problem does not go in; the other rows do.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from service.domain.errors import Invalid


class ProblemCode(StrEnum):
    """Stable names of what can be wrong; reports and programs rely on them."""

    # of the source
    UNREADABLE_SOURCE = "unreadable_source"
    MISSING_FILE = "missing_file"
    EMPTY_FILE = "empty_file"
    MISSING_COLUMN = "missing_column"
    REPEATED_COLUMN = "repeated_column"
    # of one row
    WRONG_ENCODING = "wrong_encoding"
    NUL_BYTE = "nul_byte"
    CELL_TOO_LARGE = "cell_too_large"
    ROW_TOO_LARGE = "row_too_large"
    BAD_QUOTE = "bad_quote"
    UNTERMINATED_QUOTE = "unterminated_quote"
    TOO_MANY_OPEN_QUOTES = "too_many_open_quotes"
    WRONG_COLUMN_COUNT = "wrong_column_count"
    IDENTITY_NUMBER = "identity_number"
    MISSING_VALUE = "missing_value"
    VALUE_TOO_LONG = "value_too_long"
    UNKNOWN_VALUE = "unknown_value"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    BAD_EMAIL = "bad_email"
    ENDS_BEFORE_START = "ends_before_start"
    # across rows
    DUPLICATE_KEY = "duplicate_key"
    DIFFERING_REPEAT = "differing_repeat"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_PARENT = "unknown_parent"
    UNIT_CYCLE = "unit_cycle"
    UNIT_TOO_DEEP = "unit_too_deep"
    NO_UNIT = "no_unit"
    SEVERAL_PRIMARY = "several_primary"
    PRIMARY_ELSEWHERE = "primary_elsewhere"
    SEVERAL_HEADS = "several_heads"
    # of what a snapshot would end
    UNIT_IN_USE = "unit_in_use"
    NOT_ALL_READ = "not_all_read"


class RowProblem(NamedTuple):
    """One thing that is wrong, where it stands, and what to do about it.

    `line` counts the file's lines from 1, the header included; a row that spans lines has the number of its first.
    `column` is the header's name, or `None` where no single column is to blame. `message` never repeats a national
    identity number.
    """

    file: str
    line: int
    column: str | None
    code: ProblemCode
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{place}: {self.message}"


class SourceRefused(Invalid):
    """An export of which no row can be read; `problems` says why, each with its file."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__(problems[0].code, " ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
