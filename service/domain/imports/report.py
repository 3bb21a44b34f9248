"""What an import did, or with a dry run would do."""

from dataclasses import dataclass

from service.domain.imports.problems import RowProblem

MOST_PROBLEMS = 10_000


@dataclass(frozen=True, kw_only=True)
class ConceptCount:
    """What became of one concept.

    `refused` are records whose row was read but does not fit the others; `ended` are those of a snapshot that the
    export no longer has. Engagements that follow from a leader alone are counted with the others.
    """

    concept: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    refused: int = 0


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
