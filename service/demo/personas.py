"""Whom a newcomer can be in the synthetic municipality: somebody per role, chosen by what they are."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from service.domain.actor import Actor, Role, Scope

_PEOPLE = """
WITH working AS (
    SELECT e.person_id, e.unit_id, e.position_id, e.position_title, e.employment_type, p.external_id,
           concat_ws(' ', p.given_name, p.family_name) AS name, u.name AS unit, u.kind, p.first_hired_on
    FROM engagement e JOIN person p ON p.id = e.person_id JOIN unit u ON u.id = e.unit_id
    WHERE e.is_primary AND e.start_on <= $1 AND (e.end_on IS NULL OR e.end_on > $1)
), heading AS (
    SELECT w.*, p.level FROM working w JOIN position p ON p.id = w.position_id WHERE p.heads_unit
), colleagues AS (
    SELECT unit_id, count(*) AS number FROM working GROUP BY unit_id
), manager AS (
    SELECT h.* FROM heading h JOIN colleagues c USING (unit_id)
    WHERE h.level = 'N4' ORDER BY c.number DESC, h.external_id LIMIT 1
), lasting AS (
    SELECT * FROM working WHERE position_id IS NULL AND employment_type = 'permanent'
)
(SELECT 1 AS place, person_id, name, position_title, unit FROM lasting
 WHERE position_title = 'HR-konsulent' ORDER BY external_id LIMIT 1)
UNION ALL
(SELECT 2, person_id, name, position_title, unit FROM heading
 WHERE level = 'N1' AND kind = 'administration' ORDER BY external_id LIMIT 1)
UNION ALL
(SELECT 3, person_id, name, position_title, unit FROM manager)
UNION ALL
(SELECT 4, person_id, name, position_title, unit FROM lasting
 WHERE unit_id = (SELECT unit_id FROM manager) ORDER BY external_id LIMIT 1)
UNION ALL
(SELECT 5, person_id, name, position_title, unit FROM lasting
 WHERE unit_id <> (SELECT unit_id FROM manager) AND position_title <> 'HR-konsulent'
 ORDER BY first_hired_on, external_id LIMIT 1)
ORDER BY place
"""

_HATS: tuple[tuple[str, Role | None], ...] = (
    ("HR consultant", Role.HR),
    ("Director, in top management", Role.TOP_MANAGEMENT),
    ("Nearest manager", None),
    ("Employee of that manager", None),
    ("Works council representative", Role.WORKS_COUNCIL),
)


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody to be: who, in which part, and what a token of theirs grants."""

    part: str
    name: str
    actor: Actor


async def personas(connection: Any, organisation: UUID, on: date) -> list[Persona]:
    """Somebody per role, as the municipality is on that day, and the system that delivers its people."""
    found: list[Persona] = []
    for row in await connection.fetch(_PEOPLE, on):
        part, role = _HATS[cast("int", row["place"]) - 1]
        actor = Actor(
            organisation=organisation,
            subject=str(row["person_id"]),
            person=row["person_id"],
            roles=frozenset((role,) if role else ()),
        )
        found.append(Persona(part=part, name=f"{row['name']}, {row['position_title']}, {row['unit']}", actor=actor))
    system = Actor(
        organisation=organisation,
        subject="integration",
        roles=frozenset({Role.INTEGRATION}),
        scopes=frozenset(Scope),
    )
    return [*found, Persona(part="Integration", name="the personnel system, nobody behind it", actor=system)]
