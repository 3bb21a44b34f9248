"""The synthetic municipality in rows: the units, people, engagements and leaders that the demo has."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from service.demo.municipality import generate
from service.demo.records import Municipality
from service.domain.clock import utc_now
from service.domain.ids import new_id
from service.domain.organisations.model import Country, Language, Organisation, OrganisationKind
from service.domain.text import fold, sort_key
from service.repo import founding
from service.repo.database import Database, open_pool
from service.repo.persons import name_keys

LANGUAGE = "da"
SOURCE = "demo"

_CLOSURE = """
WITH RECURSIVE above AS (
    SELECT organisation_id, id AS descendant_id, id AS ancestor_id, parent_id AS next, 0 AS depth FROM unit
    UNION ALL
    SELECT u.organisation_id, a.descendant_id, u.id, u.parent_id, a.depth + 1 FROM above a JOIN unit u ON u.id = a.next
)
INSERT INTO unit_closure (organisation_id, ancestor_id, descendant_id, depth)
SELECT organisation_id, ancestor_id, descendant_id, depth FROM above
"""


async def found(url: str, slug: str) -> UUID:
    """Found an organisation, as the service's role; its id."""
    pool = await open_pool(url, size=1, binding="session")
    try:
        organisation = Organisation(
            id=new_id(),
            slug=slug,
            name=f"Kommune {slug}",
            kind=OrganisationKind.MUNICIPALITY,
            country=Country.DK,
            default_language=Language(LANGUAGE),
            time_zone="Europe/Copenhagen",
        )
        await founding.found(Database(pool, utc_now), organisation)
    finally:
        await pool.close()
    return organisation.id


async def people(connection: Any, organisation: UUID, *, scale: float, today: date) -> None:
    """Copy a municipality of that scale, as it is today, into an organisation without anybody."""
    drawn = generate(as_of=today, scale=scale)
    for table, columns, records in _tables(drawn, organisation, today):
        await connection.copy_records_to_table(table, records=records, columns=columns)
    await connection.execute(_CLOSURE)


def _tables(
    drawn: Municipality, organisation: UUID, today: date
) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Each table with its columns and records, those that others refer to first."""
    made = datetime.combine(today, time(6), UTC)
    units = {one.external_id: new_id() for one in drawn.units}
    persons = {one.external_id: new_id() for one in drawn.persons}
    positions = {one.external_id: new_id() for one in drawn.positions}
    posts = {one.holder_external_id: positions[one.external_id] for one in drawn.positions if one.holder_external_id}
    common = ["organisation_id", "version", "created_at", "updated_at", "source"]
    shared = (organisation, 1, made, made, SOURCE)

    yield (
        "unit",
        [*common, "id", "external_id", "parent_id", "name", "kind", "name_key", "name_folded"],
        [
            (
                *shared,
                units[one.external_id],
                one.external_id,
                units[one.parent_external_id] if one.parent_external_id else None,
                one.name,
                one.kind if one.parent_external_id else "organisation",
                sort_key(one.name, LANGUAGE),
                fold(one.name),
            )
            for one in drawn.units
        ],
    )
    named = ["name_key", "given_folded", "family_folded"]
    known = ["given_name", "family_name", "email", "birth_date", "gender", "professional_field", "first_hired_on"]
    yield (
        "person",
        [*common, "id", "external_id", *known, "external", "protected_identity", *named],
        [
            (
                *shared,
                persons[one.external_id],
                one.external_id,
                *(getattr(one, name) for name in known),
                False,
                False,
                *name_keys(one.given_name, one.family_name, LANGUAGE).values(),
            )
            for one in drawn.persons
        ],
    )
    yield (
        "position",
        [*common, "id", "external_id", "unit_id", "level", "title", "title_key", "heads_unit", "criticality"],
        [
            (
                *shared,
                positions[one.external_id],
                one.external_id,
                units[one.unit_external_id],
                one.level,
                one.title,
                sort_key(one.title, LANGUAGE),
                one.heads_unit,
                one.criticality,
            )
            for one in drawn.positions
        ],
    )
    worked = ["position_title", "employment_type", "weekly_hours", "start_on", "end_on", "is_primary"]
    yield (
        "engagement",
        [*common, "id", "external_id", "person_id", "unit_id", "position_id", *worked],
        [
            (
                *shared,
                new_id(),
                one.external_id,
                persons[one.person_external_id],
                units[one.unit_external_id],
                posts.get(one.person_external_id) if one.primary else None,
                one.position_title,
                one.employment_type,
                Decimal(str(one.weekly_hours)),
                one.start_on,
                one.end_on,
                one.primary,
            )
            for one in drawn.engagements
        ],
    )
