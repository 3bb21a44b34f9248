"""The synthetic municipality into the database, in one transaction.

COPY is refused under row-level security, so the rows go through temporary tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from service.demo.records import EngagementRecord, Municipality, PersonRecord, PositionRecord, UnitRecord
from service.domain.ids import new_id
from service.domain.text import fold, sort_key
from service.repo.persons import name_keys

SOURCE = "demo"
"""The system that the invented people are known by."""

_LANGUAGE = "da"

_CLOSURE = """
INSERT INTO unit_closure (organisation_id, ancestor_id, descendant_id, depth)
WITH RECURSIVE above (ancestor_id, descendant_id, depth) AS (
    SELECT id, id, 0 FROM unit
    UNION ALL
    SELECT unit.parent_id, above.descendant_id, above.depth + 1
    FROM above JOIN unit ON unit.id = above.ancestor_id WHERE unit.parent_id IS NOT NULL
)
SELECT $1, ancestor_id, descendant_id, depth FROM above
"""

_Keys: TypeAlias = Mapping[str, UUID]
_Row: TypeAlias = dict[str, Any]


async def load(connection: Any, organisation: UUID, municipality: Municipality, now: datetime) -> None:
    """Add its units, people, leadership positions and engagements."""
    keys = {
        record.external_id: new_id()
        for records in (municipality.units, municipality.persons, municipality.positions)
        for record in records
    }
    held = {
        (position.holder_external_id, position.unit_external_id): keys[position.external_id]
        for position in municipality.positions
        if position.holder_external_id
    }
    rows: dict[str, Iterable[_Row]] = {
        "unit": (_unit(record, keys) for record in municipality.units),
        "person": (_person(record, keys) for record in municipality.persons),
        "position": (_position(record, keys) for record in municipality.positions),
        "engagement": (_engagement(record, keys, held) for record in municipality.engagements),
    }
    common = {"organisation_id": organisation, "version": 1, "created_at": now, "updated_at": now, "source": SOURCE}
    for table, own in rows.items():
        await _insert(connection, table, [{**common, **row} for row in own])
    await connection.execute(_CLOSURE, organisation)


async def _insert(connection: Any, table: str, rows: list[_Row]) -> None:
    columns = list(rows[0])
    names = ", ".join(columns)
    empty = f"SELECT {names} FROM {table} LIMIT 0"  # noqa: S608  -- names from code, as below
    await connection.execute(f"CREATE TEMPORARY TABLE staged ON COMMIT DROP AS {empty}")
    await connection.copy_records_to_table("staged", columns=columns, records=[tuple(row.values()) for row in rows])
    await connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM staged")  # noqa: S608
    await connection.execute("DROP TABLE staged")


def _unit(record: UnitRecord, keys: _Keys) -> _Row:
    parent = record.parent_external_id
    return {
        "id": keys[record.external_id],
        "external_id": record.external_id,
        "name": record.name,
        "kind": "organisation" if record.kind == "municipality" else record.kind,
        "parent_id": keys[parent] if parent else None,
        "name_key": sort_key(record.name, _LANGUAGE),
        "name_folded": fold(record.name),
    }


def _person(record: PersonRecord, keys: _Keys) -> _Row:
    return {
        "id": keys[record.external_id],
        **asdict(record),
        "external": False,
        "protected_identity": False,
        **name_keys(record.given_name, record.family_name, _LANGUAGE),
    }


def _position(record: PositionRecord, keys: _Keys) -> _Row:
    return {
        "id": keys[record.external_id],
        "external_id": record.external_id,
        "unit_id": keys[record.unit_external_id],
        "level": record.level,
        "title": record.title,
        "heads_unit": record.heads_unit,
        "criticality": record.criticality,
        "vacant_since": record.vacant_since,
        "title_key": sort_key(record.title, _LANGUAGE),
    }


def _engagement(record: EngagementRecord, keys: _Keys, held: Mapping[tuple[str, str], UUID]) -> _Row:
    """Whoever holds a leadership position holds it by the primary engagement in its unit."""
    place = (record.person_external_id, record.unit_external_id)
    return {
        "id": new_id(),
        "external_id": record.external_id,
        "person_id": keys[record.person_external_id],
        "unit_id": keys[record.unit_external_id],
        "position_id": held.get(place) if record.primary else None,
        "position_title": record.position_title,
        "start_on": record.start_on,
        "end_on": record.end_on,
        "is_primary": record.primary,
        "employment_type": record.employment_type,
        "weekly_hours": Decimal(str(record.weekly_hours)),
    }
