"""Imports, run: from an export on disk to the database, at a command's or in the background at a door's request."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog

from service.domain.actor import Actor
from service.domain.errors import Conflict, DomainError
from service.domain.imports.mapping import ImportMapping
from service.domain.imports.mapping_text import parse_mapping
from service.domain.imports.model import BEAT, INTERRUPTED, Failure, Import
from service.domain.imports.problems import SourceRefused
from service.domain.imports.report import ImportReport
from service.domain.unit_of_work import Transactions, UnitOfWork
from service.ingest.export import Progress, read_export
from service.ingest.mapping_files import shipped_mapping
from service.ingest.source import open_source
from service.repo.database import Database
from service.repo.importing.load import Loading

_UPLOADS = "talentspor-import-"
_UPLOADS_KEPT = 24 * 3600.0
_MOST_WAITING = 10
_TEXT_SIGNS = frozenset("=\n")
log: Any = structlog.get_logger("talentspor")


@dataclass(frozen=True)
class Run:
    """One import from queue to end, whoever asked for it."""

    database: Database
    transactions: Transactions
    actor: Actor
    identity: UUID
    mapping: ImportMapping
    progress: Progress | None = None

    async def over(self, export: Path) -> ImportReport:
        """Read the export and load it. Raises DomainError where nothing went in; the import then says why."""
        asked = await self._move(lambda it: it.started(self.database.clock()), "started")
        rows = 0

        def told(so_far: int) -> None:
            nonlocal rows
            rows = so_far

        beating = asyncio.create_task(self._beat(lambda: rows))
        try:
            with open_source(export) as source:
                read = partial(read_export, self.mapping, source, self.progress)
                return await Loading(self.database, self.actor, asked, self.mapping).load(read, told)
        except DomainError as error:
            problems = error.problems if isinstance(error, SourceRefused) else ()
            await self._fail(
                Failure(code=error.code, detail=error.detail),
                ImportReport(problems=problems, problem_count=len(problems)),
            )
            raise
        except asyncio.CancelledError:
            await asyncio.shield(self.give_up())
            raise
        except Exception:
            await self._fail(
                Failure(code="internal", detail="Something went wrong on our side; nothing of the export went in."),
                ImportReport(),
            )
            raise
        finally:
            beating.cancel()

    async def give_up(self) -> None:
        """Say that the service stopped before it was done."""
        await self._fail(INTERRUPTED, ImportReport())

    async def _fail(self, failure: Failure, report: ImportReport) -> None:
        async def work(uow: UnitOfWork) -> None:
            found = await uow.imports.get(self.identity)
            if found.it.is_over:  # stopped only after its transaction was through, or given up by another worker
                return
            await uow.imports.save(found.it.failed(failure, report, uow.now), "failed")
            await uow.imports.keep_problems(self.identity, report.problems)

        await self.transactions.run(self.actor, work)

    async def _move(self, change: Callable[[Import], Import], event: str) -> Import:
        async def work(uow: UnitOfWork) -> Import:
            found = await uow.imports.get(self.identity)
            return await uow.imports.save(change(found.it), event)

        return await self.transactions.run(self.actor, work)

    async def _beat(self, rows: Callable[[], int]) -> None:
        while True:
            await asyncio.sleep(BEAT.total_seconds())
            await beat(self.database, self.actor.organisation, [self.identity], rows())


async def beat(database: Database, organisation: UUID, imports: list[UUID], rows: int | None = None) -> None:
    """Say that these imports are being looked after, and how many rows have been read."""

    async def work(connection: Any) -> None:
        await connection.execute(_BEAT, imports, database.clock(), rows)

    await database.run(organisation, work)


_BEAT = """
UPDATE import_run SET updated_at = $2, rows_read = coalesce($3, rows_read)
WHERE id = ANY($1::uuid[]) AND state IN ('queued', 'running')
"""


@dataclass(frozen=True)
class _Waiting:
    run: Run
    export: Path


@dataclass(eq=False)
class BackgroundImports:
    """`service.domain.imports.ports.Importer` in this process: one import at a time, the others wait their turn."""

    database: Database
    transactions: Transactions
    waiting: list[_Waiting] = field(default_factory=list[_Waiting])
    more: asyncio.Event = field(default_factory=asyncio.Event)

    def mapping(self, name_or_text: str) -> ImportMapping:
        """A mapping that ships with the service, or the one that the text describes. Raises MappingRefused."""
        if _TEXT_SIGNS.isdisjoint(name_or_text):
            return shipped_mapping(name_or_text.strip())
        return parse_mapping(name_or_text, "mapping")

    def refuse_when_busy(self) -> None:
        """Raises Conflict (`imports_waiting`) where as many exports wait as there is room for."""
        if len(self.waiting) >= _MOST_WAITING:
            raise Conflict("imports_waiting", f"{_MOST_WAITING} imports are waiting already. Try again later.")

    def place(self) -> Path:
        """A new file that only this user of the machine may read."""
        handle, name = tempfile.mkstemp(prefix=_UPLOADS)
        with open(handle, "wb"):  # noqa: PTH123  -- closes the handle
            return Path(name)

    def start(self, actor: Actor, identity: UUID, mapping: ImportMapping, export: Path) -> None:
        """Let a queued import run when its turn comes; the export is removed afterwards."""
        self.waiting.append(_Waiting(Run(self.database, self.transactions, actor, identity, mapping), export))
        self.more.set()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Work while the block lasts; at its end, what is not done is given up and says so."""
        tasks = [asyncio.create_task(self._work()), asyncio.create_task(self._look_after())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for one in self.waiting:
                one.export.unlink(missing_ok=True)
                with contextlib.suppress(Exception):
                    await one.run.give_up()
            self.waiting.clear()

    async def _work(self) -> None:
        while True:
            await self.more.wait()
            if not self.waiting:
                self.more.clear()
                continue
            one = self.waiting.pop(0)
            try:
                await one.run.over(one.export)
            except DomainError:
                log.info("import refused", import_id=str(one.run.identity))
            except Exception:
                log.exception("import failed", import_id=str(one.run.identity))
            finally:
                one.export.unlink(missing_ok=True)

    async def _look_after(self) -> None:
        while True:
            try:
                for one in list(self.waiting):
                    await beat(self.database, one.run.actor.organisation, [one.run.identity])
                await asyncio.to_thread(_remove_forgotten_uploads)
            except Exception:
                log.exception("looking after imports")
            await asyncio.sleep(BEAT.total_seconds())


def _remove_forgotten_uploads() -> None:
    """Remove exports that a killed process left: they are about people."""
    for path in Path(tempfile.gettempdir()).glob(f"{_UPLOADS}*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < time.time() - _UPLOADS_KEPT:
                path.unlink()
