"""An import of many employees, against a bare COPY of the rows that it leaves into the same indexed tables."""

import asyncio
import shutil
import time
import zipfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from benchmarks.cast import token
from benchmarks.contenders import start
from benchmarks.database import Filled, connected, empty
from benchmarks.equality import same
from benchmarks.figures import COPY_SECONDS, IMPORT_MEMORY, IMPORT_SECONDS
from benchmarks.measuring import Measured
from benchmarks.place import Place
from benchmarks.processes import ContenderError, Running
from benchmarks.requests import HOST
from benchmarks.shapes import WHOLE
from service.demo.export import write
from service.demo.municipality import generate
from service.domain.actor import Role

_TABLES = ("unit", "unit_closure", "person", "position", "engagement")
_PATIENCE = 3600
_EVERY = 0.1


def export(place: Place, employees: int) -> Path:
    """The export of a municipality of that many employees, zipped; made once."""
    file = place.folder / f"export_{employees}.zip"
    if not file.exists():
        place.say(f"Drawing up an export of {employees:,} employees")
        folder = place.folder / f"export_{employees}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        write(generate(as_of=date.today(), scale=employees / WHOLE), folder)  # noqa: DTZ011  -- of an invented place
        unfinished = file.with_suffix(".unfinished")
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as packed:
            for one in sorted(folder.iterdir()):
                packed.write(one, one.name)
        unfinished.rename(file)
        shutil.rmtree(folder)
    return file


def measure(measured: Measured, place: Place, *, employees: int, rounds: int) -> None:
    """Import, and copy what came of it, in turn. Raises ContenderError, UnequalError."""
    file = export(place, employees)
    rows = place.folder / "rows"
    rows.mkdir(exist_ok=True)
    for turn in range(rounds):
        place.say(f"Round {turn + 1} of {rounds}: import of {employees:,} employees")
        numbers = asyncio.run(_imported(place, file, rows))
        place.say(f"Round {turn + 1} of {rounds}: COPY of the same rows")
        numbers[COPY_SECONDS] = asyncio.run(_copied(place, rows))
        for name, value in numbers.items():
            measured.series.setdefault(name, []).append(value)
    shutil.rmtree(rows)


@asynccontextmanager
async def _database(place: Place) -> AsyncGenerator[Filled]:
    """A database with a schema and an organisation, for as long as the block lasts."""
    database = await empty(place.server, "bench_import")
    try:
        yield database
    finally:
        async with connected(place.server.admin_url) as admin:
            await admin.execute(f'DROP DATABASE "{database.name}" WITH (FORCE)')


async def _imported(place: Place, file: Path, rows: Path) -> dict[str, float]:
    async with _database(place) as database:
        async with database.administrator() as connection:
            organisation: UUID = await connection.fetchval("SELECT id FROM organisation")
        with start.ours(database, place.folder, "ours-import") as ours:
            ours.settle()
            idle, ours.peak = ours.memory(), 0
            took = await _import(ours, token(place.key, organisation, organisation, Role.HR), file)
            numbers = {IMPORT_SECONDS: took, IMPORT_MEMORY: float(ours.peak - idle)}
        async with database.administrator() as connection:
            for table in _TABLES:
                await connection.copy_from_table(table, output=rows / table, format="binary")
    return numbers


async def _import(ours: Running, who: str, file: Path) -> float:
    """Send the export, wait until it is in; how long that took. Raises ContenderError."""
    mapping = (resources.files("service.demo") / "export.toml").read_bytes()
    headers = {"Authorization": f"Bearer {who}"}
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{ours.port}", headers=headers, timeout=300) as client:
        started = time.perf_counter()
        form = {"file": (file.name, file.open("rb")), "mapping": ("export.toml", mapping)}
        queued = await client.post("/v1/imports", files=form)
        if not queued.is_success:
            raise ContenderError(queued.text)
        while True:
            found: Any = (await client.get(queued.headers["location"])).json()
            took = time.perf_counter() - started
            if found["state"] == "completed":
                if found["problemCount"]:
                    raise ContenderError(f"The import refused {found['problemCount']} rows.")
                return took
            if found["state"] == "failed" or took > _PATIENCE:
                raise ContenderError(f"The import came to nothing: {found}.")
            await asyncio.sleep(_EVERY)


async def _copied(place: Place, rows: Path) -> float:
    """Copy the rows into another such database, in one transaction; how long that took. Raises UnequalError."""
    async with _database(place) as database, database.administrator() as connection:
        await connection.execute("CHECKPOINT")
        started = time.perf_counter()
        async with connection.transaction():
            copied = [await connection.copy_to_table(one, source=rows / one, format="binary") for one in _TABLES]
        took = time.perf_counter() - started
        counted = [f"COPY {await connection.fetchval(f'SELECT count(*) FROM {one}')}" for one in _TABLES]  # noqa: S608
    same("the rows that were copied", copied, counted)
    return took
