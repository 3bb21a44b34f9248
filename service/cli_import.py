"""`talentspor import`: an export from another system into an organisation."""

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from service.cli_organisations import named
from service.databases import Refusal, opened
from service.domain.actor import system
from service.domain.imports.commands import QueueImport, queue
from service.domain.imports.mapping import ImportMapping
from service.domain.imports.model import DEFAULT_SHARE
from service.domain.imports.report import MOST_PROBLEMS, ImportReport, as_csv
from service.domain.unit_of_work import UnitOfWork
from service.importing import Run
from service.ingest.mapping_files import load_mapping
from service.ingest.source import open_source
from service.repo.reading.reader import PostgresReader
from service.repo.sources import SOURCES
from service.repo.unit_of_work import PostgresTransactions
from service.settings import Settings
from service.terminal import aside, result, settings

_SHOWN = 20


def import_export(
    source: Annotated[Path, typer.Argument(help="The export: a folder, a zip of it, or its only file.")],
    organisation: Annotated[str, typer.Option(metavar="SLUG", help="Whose units and people they are.")],
    mapping: Annotated[str, typer.Option(metavar="NAME_OR_FILE", help="Which column means what.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference, write nothing.")] = False,
    snapshot: Annotated[
        bool, typer.Option("--snapshot", help="The export is everything there is: end what is not in it.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Let a snapshot end more than its share.")] = False,
    share: Annotated[
        float, typer.Option(help="How large a part of the units, persons, … a snapshot may end.", min=0, max=1)
    ] = float(DEFAULT_SHARE),
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write the problems of rows to a file.", dir_okay=False)
    ] = None,
) -> None:
    """Import units, people, engagements and leaders from another system's export.

    Rows that are wrong are told and left out, the others go in; the status is 0 when the import ran, and 1 when the
    whole of it was refused.
    """
    if report is not None and not report.absolute().parent.is_dir():
        raise Refusal(f"{report} cannot be written: its folder does not exist.")
    chosen, read = settings(), load_mapping(mapping)
    asked = QueueImport(
        mapping=read.name,
        source=read.source,
        file_name=source.name or "export",
        digest=b"",
        dry_run=dry_run,
        snapshot=snapshot,
        share=Decimal(str(share)),
        force=force,
    )
    found = asyncio.run(_run(chosen, organisation, asked, read, source))
    _tell(found, asked)
    if report is not None:
        report.write_bytes(as_csv(found.problems))
        aside.print(f"Written: {report}")


async def _run(chosen: Settings, slug: str, asked: QueueImport, mapping: ImportMapping, source: Path) -> ImportReport:
    async with opened(chosen) as database:
        actor = system(await named(database, slug))
        transactions = PostgresTransactions(database, PostgresReader(SOURCES, database, database.clock), chosen.address)

        async def queued(uow: UnitOfWork) -> UUID:
            return await queue(asked, uow)

        with _progress() as shown:
            task = shown.add_task("Reading", total=_size(source, mapping))

            def read(file: str, more: int) -> None:
                shown.update(task, advance=more, description=f"Reading {file}")

            identity = await transactions.run(actor, queued)
            return await Run(database, transactions, actor, identity, mapping, read).over(source)


def _progress() -> Progress:
    """A bar for somebody who watches; a log gets none."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    return Progress(*columns, console=aside, disable=not aside.is_terminal)


def _size(source: Path, mapping: ImportMapping) -> int:
    """The bytes that will be read. Raises SourceRefused."""
    with open_source(source) as folder:
        if folder.single:
            return folder.files[0].size
        files = [folder.find(file.name) for file in mapping.files]
    return sum(file.size for file in files if file is not None)


def _tell(report: ImportReport, asked: QueueImport) -> None:
    table = Table("", "added", "changed", "unchanged", "ended", "refused", title=None)
    for one in report.counts:
        table.add_row(one.concept, *(f"{n:,}" for n in (one.added, one.changed, one.unchanged, one.ended, one.refused)))
    result.print(table)
    result.print(
        f"{report.rows_read:,} rows read, {report.rows_left_out:,} left out by the mapping, "
        f"{report.rows_refused:,} unreadable."
    )
    for problem in report.problems[:_SHOWN]:
        result.print(_printable(str(problem)), markup=False)
    if report.problem_count > _SHOWN:
        result.print(f"… {report.problem_count:,} problems; --report writes the first {MOST_PROBLEMS:,} to a file.")
    if asked.dry_run:
        result.print("A dry run: nothing was written.")
    elif report.changes_nothing:
        result.print("Nothing has changed.")


def _printable(text: str) -> str:
    """A cell may hold what a terminal would obey."""
    return "".join(sign if sign.isprintable() else "·" for sign in text)
