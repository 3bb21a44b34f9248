"""The synthetic municipality as an export, and its import: it comes in the way that any municipality's people do."""

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import fields, replace
from importlib import resources
from operator import attrgetter
from pathlib import Path
from typing import Any
from uuid import UUID

from service.demo.records import EngagementRecord, Municipality, PersonRecord, PositionRecord, UnitRecord
from service.domain.actor import system
from service.domain.imports.commands import QueueImport, queue
from service.domain.imports.mapping_text import parse_mapping
from service.domain.unit_of_work import UnitOfWork
from service.importing import Run
from service.main import Rooms

_Records = Sequence[UnitRecord] | Sequence[PersonRecord] | Sequence[EngagementRecord] | Sequence[PositionRecord]

_NOTE = """
UPDATE position p SET criticality = said.criticality, vacant_since = said.vacant_since
FROM unnest($1::text[], $2::text[], $3::date[]) AS said (key, criticality, vacant_since)
WHERE p.source = 'demo' AND p.external_id = said.key
"""


def write(municipality: Municipality, folder: Path) -> None:
    """Write its four files into the folder."""
    root, *units = municipality.units
    parts: dict[str, _Records] = {
        "units": (replace(root, kind=""), *units),  # no export has a word for the municipality itself
        "persons": municipality.persons,
        "engagements": municipality.engagements,
        "positions": municipality.positions,
    }
    for name, records in parts.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            names = [field.name for field in fields(records[0])]
            rows = csv.writer(file, delimiter=";")
            rows.writerow(names)
            rows.writerows(map(attrgetter(*names), records))


async def bring_in(joined: Rooms, organisation: UUID, municipality: Municipality) -> None:
    """Import it, all or nothing. Raises DomainError."""
    mapping = parse_mapping((resources.files("service.demo") / "export.toml").read_text("utf-8"), "export.toml")
    actor = system(organisation)
    asked = QueueImport(mapping=mapping.name, source=mapping.source, file_name=municipality.name, digest=b"")

    async def queued(uow: UnitOfWork) -> UUID:
        return await queue(asked, uow)

    identity = await joined.transactions.run(actor, queued)
    with tempfile.TemporaryDirectory() as folder:
        write(municipality, Path(folder))
        await Run(joined.database, joined.transactions, actor, identity, mapping).over(Path(folder))


async def note_vacancies(connection: Any, municipality: Municipality) -> None:
    """How critical each position is, and since when the vacant ones are: no personnel system exports that."""
    positions = municipality.positions
    await connection.execute(
        _NOTE,
        [one.external_id for one in positions],
        [one.criticality for one in positions],
        [one.vacant_since for one in positions],
    )
