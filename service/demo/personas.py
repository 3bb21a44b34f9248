"""Whom a newcomer can be in the synthetic municipality: somebody per part, chosen by what they are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from service.domain.actor import Actor, Role, Scope


class Part(StrEnum):
    """The parts in which the municipality can be seen."""

    HR = "HR consultant"
    DIRECTOR = "Director, in top management"
    MANAGER = "Nearest manager"
    EMPLOYEE = "Employee of that manager"
    COUNCIL = "Works council representative"
    NEW_LEADER = "Talent who became a leader"
    INTEGRATION = "Integration"


_ROLES = {Part.HR: Role.HR, Part.DIRECTOR: Role.TOP_MANAGEMENT, Part.COUNCIL: Role.WORKS_COUNCIL}

_PEOPLE = """
WITH working AS (
    SELECT e.person_id, e.unit_id, e.position_id, e.position_title, e.employment_type, e.start_on, p.external_id,
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
), chosen AS (
    (SELECT 'HR' AS part, person_id FROM lasting
     WHERE position_title = 'HR-konsulent' ORDER BY start_on, external_id LIMIT 1)
    UNION ALL
    (SELECT 'DIRECTOR', person_id FROM heading
     WHERE level = 'N1' AND kind = 'administration' ORDER BY start_on, external_id LIMIT 1)
    UNION ALL
    (SELECT 'MANAGER', person_id FROM manager)
    UNION ALL
    (SELECT 'EMPLOYEE', person_id FROM lasting
     WHERE unit_id = (SELECT unit_id FROM manager) ORDER BY start_on, external_id LIMIT 1)
    UNION ALL
    (SELECT 'COUNCIL', person_id FROM lasting
     WHERE unit_id <> (SELECT unit_id FROM manager) AND position_title <> 'HR-konsulent'
     ORDER BY first_hired_on, external_id LIMIT 1)
    UNION ALL
    (SELECT 'NEW_LEADER', person_id FROM participation WHERE outcome = 'leader_appointed' ORDER BY outcome_on LIMIT 1)
)
SELECT chosen.part, working.* FROM chosen JOIN working USING (person_id)
"""


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody to be: who that is, and what a token of theirs grants."""

    name: str
    actor: Actor
    unit: UUID | None = None


async def personas(connection: Any, organisation: UUID, on: date) -> dict[Part, Persona]:
    """Somebody for each part, as the municipality is on that day; a part that nobody has is left out."""
    found = {Part[cast("str", row["part"])]: row for row in await connection.fetch(_PEOPLE, on)}
    chosen = {part: _persona(organisation, part, found[part]) for part in Part if part in found}
    system = Actor(
        organisation=organisation,
        subject="integration",
        roles=frozenset({Role.INTEGRATION}),
        scopes=frozenset(Scope),
    )
    return {**chosen, Part.INTEGRATION: Persona(name="the personnel system, nobody behind it", actor=system)}


def _persona(organisation: UUID, part: Part, row: Any) -> Persona:
    return Persona(
        name=f"{row['name']}, {row['position_title']}, {row['unit']}",
        actor=person(organisation, row["person_id"], *([_ROLES[part]] if part in _ROLES else [])),
        unit=row["unit_id"],
    )


def person(organisation: UUID, identity: UUID, *roles: Role) -> Actor:
    """A person of the organisation, as the development issuer would name them."""
    return Actor(organisation=organisation, subject=str(identity), person=identity, roles=frozenset(roles))
