"""Imports, and the problems of their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Field, SQLModel

from service.domain.events.model import Event
from service.domain.ids import new_id
from service.domain.imports.model import Import
from service.domain.imports.problems import ProblemCode, RowProblem
from service.domain.imports.views import ImportView
from service.repo.reading.source import Source
from service.repo.store import Rows, Session, stored
from service.repo.tables import AggregateRow, JsonList, OptionalInstant, OptionalJson, index, reference, table


class ImportRunRow(AggregateRow, table=True):
    """An import."""

    __table_args__ = (
        index("ix_import_run_state", "state", "id"),
        index("ix_import_run_updated", "updated_at", "id"),
    )

    mapping: str
    source: str
    file_name: str
    state: str
    dry_run: bool
    snapshot: bool
    share: Decimal
    force: bool
    rows_read: int
    rows_left_out: int
    rows_refused: int
    counts: JsonList
    problem_count: int
    failure: OptionalJson
    started_at: OptionalInstant
    finished_at: OptionalInstant


class ImportProblemRow(SQLModel, table=True):
    """One problem of one row, in the order of the export."""

    __tablename__ = "import_problem"  # pyright: ignore[reportAssignmentType]  # SQLModel's documented way
    __table_args__ = (reference("import_id", "import_run"),)

    organisation_id: UUID = Field(primary_key=True)
    import_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    file: str
    line: int
    column: str | None
    code: str
    message: str


IMPORTS = Source(view=ImportView, table=table(ImportRunRow))

_KEEP = """
INSERT INTO import_problem (organisation_id, import_id, number, file, line, "column", code, message)
SELECT $1, $2, p.number, p.file, p.line, p."column", p.code, p.message
FROM unnest($3::text[], $4::int[], $5::text[], $6::text[], $7::text[])
     WITH ORDINALITY AS p (file, line, "column", code, message, number)
"""
_KEPT = 'SELECT file, line, "column", code, message FROM import_problem WHERE import_id = $1 ORDER BY number'

_SILENT = """
SELECT * FROM import_run WHERE state IN ('queued', 'running') AND updated_at < $1 FOR UPDATE SKIP LOCKED
"""
_UNDER_WAY = "SELECT EXISTS (SELECT FROM import_run WHERE state IN ('queued', 'running'))"
_FORGET = """
DELETE FROM import_problem p USING import_run i WHERE i.id = p.import_id AND i.finished_at < $1
"""


@dataclass(eq=False)
class PostgresImports(Rows[Import]):
    """`service.domain.imports.ports.Imports` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, IMPORTS, Import)

    def record(self, aggregate: Import, event: str, changed: list[str]) -> None:
        """One event for all that an import did: its counts, no names and no rows."""
        del changed
        data: dict[str, Any] = {"state": str(aggregate.state), "dryRun": aggregate.dry_run}
        if aggregate.counts:
            data["counts"] = stored(aggregate.counts)
            data["problemCount"] = aggregate.problem_count
        self.session.events.append(
            Event(
                id=new_id(),
                type=f"import.{event}",
                concept=self.source.view.name,
                resource=aggregate.id,
                version=aggregate.version,
                time=self.session.now,
                data=data,
            )
        )

    async def keep_problems(self, identity: UUID, problems: Sequence[RowProblem]) -> None:
        """Keep them with the import."""
        columns: list[list[Any]] = [list(column) for column in zip(*problems, strict=True)]
        if columns:
            file, line, column, code, message = columns
            await self.session.connection.execute(
                _KEEP, self.session.actor.organisation, identity, file, line, column, code, message
            )

    async def silent_since(self, moment: datetime) -> list[Import]:
        """Imports under way of which nothing was heard since, locked; those that another worker has locked are not."""
        return [self.load(row) for row in await self.session.connection.fetch(_SILENT, moment)]

    async def under_way(self) -> bool:
        """There are imports that wait or run."""
        return await self.session.connection.fetchval(_UNDER_WAY)

    async def forget_problems(self, before: datetime) -> None:
        """Remove the problems of imports that were done before that moment."""
        await self.session.connection.execute(_FORGET, before)

    async def problems(self, identity: UUID) -> list[RowProblem]:
        """The problems that were kept, in the order of the export."""
        rows = await self.session.connection.fetch(_KEPT, identity)
        return [
            RowProblem(row["file"], row["line"], row["column"], ProblemCode(row["code"]), row["message"])
            for row in rows
        ]
