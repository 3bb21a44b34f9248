"""An import as something that HR asks for, follows and reads the report of."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.errors import Invalid
from service.domain.imports.report import ConceptCount, ImportReport
from service.domain.states import Action, StateMachine

DEFAULT_SHARE = Decimal("0.1")

BEAT = timedelta(seconds=30)
"""How often whoever works on an import says so."""

INTERRUPTED_AFTER = 6 * BEAT
"""Without a beat for so long, nobody works on it any more: the process has died."""

PROBLEMS_KEPT = timedelta(days=90)
"""A problem may quote a cell, and cells are about people."""


class ImportState(StrEnum):
    """Where an import is."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


IMPORT = StateMachine[ImportState](
    concept="import",
    initial=(ImportState.QUEUED,),
    actions=(
        Action(name="start", by=("service",), sources=(ImportState.QUEUED,), target=ImportState.RUNNING),
        Action(name="complete", by=("service",), sources=(ImportState.RUNNING,), target=ImportState.COMPLETED),
        Action(
            name="fail", by=("service",), sources=(ImportState.QUEUED, ImportState.RUNNING), target=ImportState.FAILED
        ),
    ),
)
"""Nobody but the service itself moves an import; that is why no answer lists these actions."""

_BY_THE_SERVICE = frozenset({"service"})


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Why nothing went in: a stable code and a sentence."""

    code: Annotated[str, Doc("The stable code; it has a page under `/problems`.")]
    detail: Annotated[str, Doc("One sentence for the person who started it.")]


INTERRUPTED = Failure(code="interrupted", detail="The service stopped before the import was done. Start it again.")


@dataclass(frozen=True, kw_only=True)
class Import:
    """One run over one export. With `dry_run` nothing is kept but this report.

    `share` is how large a part of a concept (0 to 1) a `snapshot` may end unless it is forced.
    """

    id: UUID
    mapping: str
    source: str
    file_name: str
    state: ImportState = ImportState.QUEUED
    dry_run: bool = False
    snapshot: bool = False
    share: Decimal = DEFAULT_SHARE
    force: bool = False
    rows_read: int = 0
    rows_left_out: int = 0
    rows_refused: int = 0
    counts: tuple[ConceptCount, ...] = ()
    problem_count: int = 0
    failure: Failure | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`bad_share`)."""
        if not 0 <= self.share <= 1:
            raise Invalid("bad_share", "The share is a number from 0 to 1, such as 0.1 for 10 %.", pointer="/share")

    @property
    def is_over(self) -> bool:
        """Nothing more will come of it."""
        return self.state in {ImportState.COMPLETED, ImportState.FAILED}

    def started(self, now: datetime) -> "Import":
        """It runs. Raises Conflict (`wrong_state`)."""
        IMPORT.permit("start", _BY_THE_SERVICE, self.state)
        return replace(self, state=ImportState.RUNNING, started_at=now)

    def completed(self, report: ImportReport, now: datetime) -> "Import":
        """It is done, and this came of it. Raises Conflict (`wrong_state`)."""
        IMPORT.permit("complete", _BY_THE_SERVICE, self.state)
        return replace(self._told(report), state=ImportState.COMPLETED, finished_at=now)

    def failed(self, failure: Failure, report: ImportReport, now: datetime) -> "Import":
        """It was given up, and nothing of it went in. Raises Conflict (`wrong_state`)."""
        IMPORT.permit("fail", _BY_THE_SERVICE, self.state)
        return replace(self._told(report), state=ImportState.FAILED, failure=failure, finished_at=now)

    def _told(self, report: ImportReport) -> "Import":
        return replace(
            self,
            rows_read=report.rows_read,
            rows_left_out=report.rows_left_out,
            rows_refused=report.rows_refused,
            counts=report.counts,
            problem_count=report.problem_count,
        )
