"""An export into the database: staged, then checked and merged in one short transaction, all of it or nothing."""

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from service.domain.actor import Actor
from service.domain.imports.mapping import ImportMapping
from service.domain.imports.model import Import
from service.domain.imports.report import MOST_PROBLEMS, ConceptCount, ImportReport
from service.repo.constraints import translated
from service.repo.database import Connection, Database, local_date
from service.repo.importing.checking import Check
from service.repo.importing.merging import Merge
from service.repo.importing.posts import Posts
from service.repo.importing.snapshot import SECTIONS, Snapshot
from service.repo.importing.staging import Entry, RowsRead, Staged, stage, staging
from service.repo.importing.wording import found_problems, refused
from service.repo.imports import PostgresImports
from service.repo.store import Session
from service.repo.unit_of_work import write_events

_RETRIES = 5


@dataclass(frozen=True)
class Loading:
    """One import on its way: who asked for it, what it is, and how its export is read."""

    database: Database
    actor: Actor
    asked: Import
    mapping: ImportMapping

    async def load(self, read: Callable[[], Iterator[Entry]], told: RowsRead) -> ImportReport:
        """Load the export and complete the import, in the same transaction; with a dry run only the latter stays.

        Raises what the reader raises, Conflict (`snapshot_too_large`), and the DomainError behind a constraint that
        somebody else's change broke meanwhile; then the old state stands.
        """
        async with staging(self.database, self.actor.organisation) as connection:
            language = await connection.fetchval("SELECT default_language FROM organisation")
            staged = await stage(connection, read(), language, told)
            report = await self._merged(connection, staged)
        if self.asked.dry_run:
            await self.database.run(self.actor.organisation, lambda c: self._complete(c, report))
        return report

    async def _merged(self, connection: Connection, staged: Staged) -> ImportReport:
        for attempt in range(_RETRIES):
            try:
                async with self._transaction(connection):
                    report = await self._merge(connection, staged)
                    if self.asked.dry_run:
                        raise _Undo(report)
                    await self._complete(connection, report)
                    return report
            except _Undo as undo:
                return undo.report
            except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError):
                if self.database.binding == "transaction" or attempt == _RETRIES - 1:
                    raise
            except asyncpg.IntegrityConstraintViolationError as error:
                raise translated(error) from error
        raise AssertionError

    @asynccontextmanager
    async def _transaction(self, connection: Connection) -> AsyncGenerator[None]:
        if self.database.binding == "session":
            async with connection.transaction():
                yield
            return
        await connection.execute("SAVEPOINT merge")
        try:
            yield
        except BaseException:
            await connection.execute("ROLLBACK TO merge")
            raise

    async def _merge(self, connection: Connection, staged: Staged) -> ImportReport:
        organisation = self.actor.organisation
        await connection.execute(_SET_BY_SET)
        for lock in ("import", "unit tree"):  # one import at a time, and nobody moves a unit meanwhile
            await connection.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0))", lock, str(organisation)
            )
        now = self.database.clock()
        zone = await connection.fetchval("SELECT time_zone FROM organisation")
        today = local_date(now, zone)
        source = self.mapping.source
        await Check(connection, self.mapping, today).everything()
        gone = Snapshot(connection, self.mapping, staged.nameless, now, today)
        if self.asked.snapshot:
            await gone.measure(self.asked.share, force=self.asked.force)
        merge, posts = (
            Merge(connection, self.mapping, organisation, now, today),
            Posts(connection, self.mapping, now, today),
        )
        units, persons = await merge.units(), await merge.persons()
        if self.asked.snapshot:
            await gone.end_engagements()
        await posts.settle()
        positions, engagements = await merge.positions(), await merge.engagements(gone.lost)
        await posts.clear()
        await connection.execute(_SUPERSEDED, source, now)
        if self.asked.snapshot:
            await gone.end_the_rest()
        merged = {"units": units, "persons": persons, "engagements": engagements, "leaders": positions}
        return await self._report(connection, staged, merged, gone.ended)

    async def _report(
        self, connection: Connection, staged: Staged, merged: dict[str, tuple[int, int]], ended: dict[str, int]
    ) -> ImportReport:
        across, number = await found_problems(connection, self.mapping)
        wrong = await refused(connection)
        counts: list[ConceptCount] = []
        for section, concept in SECTIONS.items():
            added, changed = merged[section]
            fit = await connection.fetchval(
                f"SELECT count(*) FROM staged_{section.removesuffix('s')} WHERE NOT refused"  # noqa: S608
            )
            counts.append(
                ConceptCount(
                    concept=concept,
                    added=added,
                    changed=changed,
                    unchanged=fit - added - changed,
                    ended=ended.get(section, 0),
                    refused=wrong.get(section, 0),
                )
            )
        order = {file.name.casefold(): place for place, file in enumerate(self.mapping.files)}
        problems = sorted([*staged.problems, *across], key=lambda one: (order.get(one.file.casefold(), 0), one.line))
        return ImportReport(
            rows_read=staged.rows_read,
            rows_left_out=staged.rows_left_out,
            rows_refused=staged.rows_refused,
            counts=tuple(counts),
            problems=tuple(problems[:MOST_PROBLEMS]),
            problem_count=staged.problem_count + number,
        )

    async def _complete(self, connection: Connection, report: ImportReport) -> None:
        now = self.database.clock()
        session = Session(connection, self.actor, now, self.database.clock)
        imports = PostgresImports(session)
        found = await imports.get(self.asked.id)
        await imports.save(found.it.completed(report, now), "completed")
        await imports.keep_problems(self.asked.id, report.problems)
        await write_events(session)


class _Undo(Exception):  # noqa: N818  -- not an error: a dry run's way out of its transaction
    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


# Behind row-level security the planner expects a row or two of an organisation and would loop over all of them for
# each staged one; every statement here is about whole tables of an organisation, which hashes do in one pass.
_SET_BY_SET = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'"
_SUPERSEDED = """
UPDATE engagement t SET is_primary = false, version = t.version + 1, updated_at = $2
WHERE t.source = $1 AND t.is_primary
  AND NOT EXISTS (SELECT FROM staged_engagement s WHERE s.id = t.id AND NOT s.refused)
  AND EXISTS (SELECT FROM staged_engagement e
              WHERE e.person_id = t.person_id AND NOT e.refused AND e."primary"
                AND coalesce(e.start_on, '-infinity') < coalesce(t.end_on, 'infinity')
                AND coalesce(t.start_on, '-infinity') < coalesce(e.end_on, 'infinity'))
"""
