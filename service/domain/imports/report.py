"""What an import did, or with a dry run would do."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from typing_extensions import Doc

from service.domain.imports.problems import RowProblem

MOST_PROBLEMS = 10_000


@dataclass(frozen=True, kw_only=True)
class ConceptCount:
    """What became of one concept.

    `refused` are records whose row was read but does not fit the others; `ended` are those of a snapshot that the
    export no longer has. Engagements that follow from a leader alone are counted with the others.
    """

    concept: Annotated[str, Doc("Units, persons, engagements or positions.")]
    added: Annotated[int, Doc("New here.")] = 0
    changed: Annotated[int, Doc("Known, and different now.")] = 0
    unchanged: Annotated[int, Doc("Known, and just the same.")] = 0
    ended: Annotated[int, Doc("Gone from a snapshot, and so ended.")] = 0
    refused: Annotated[int, Doc("Read, but at odds with the others.")] = 0


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """Rows as they were read, counts per concept, and the first `MOST_PROBLEMS` of `problem_count` problems."""

    rows_read: int = 0
    rows_left_out: int = 0
    rows_refused: int = 0
    counts: tuple[ConceptCount, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    problem_count: int = 0

    @property
    def changes_nothing(self) -> bool:
        """Everything was there already."""
        return not any(one.added or one.changed or one.ended for one in self.counts)


def as_csv(problems: Sequence[RowProblem]) -> bytes:
    """A report as spreadsheets open it: with a byte order mark, and no cell that they would take for a formula."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(RowProblem._fields)
    rows.writerows([_plain(cell) for cell in problem] for problem in problems)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
