"""Who plays in the story that a first start tells: chosen by what they are, so that any drawing of lots has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from service.demo.personas import Part, Persona, person, personas
from service.domain.actor import Actor

APPLICANTS = 14
_LONG_VACANT = timedelta(days=120)

_PLACES = """
WITH place AS (
    SELECT c.descendant_id AS unit_id, u.id AS administration_id
    FROM unit_closure c JOIN unit u ON u.id = c.ancestor_id WHERE u.kind = 'administration'
), working AS (
    SELECT e.*, person.external_id AS name, person.birth_date
    FROM engagement e JOIN person ON person.id = e.person_id
    WHERE e.is_primary AND e.start_on <= $1 AND (e.end_on IS NULL OR e.end_on > $1)
)
"""
_VACANT = f"""{_PLACES}
SELECT p.id, p.unit_id, p.vacant_since, place.administration_id
FROM position p JOIN place USING (unit_id)
WHERE p.heads_unit AND p.vacant_since IS NOT NULL AND NOT EXISTS (SELECT FROM engagement WHERE position_id = p.id)
ORDER BY p.vacant_since > $2, p.level < 'N4', p.vacant_since, p.external_id LIMIT 1
"""  # noqa: S608  -- constants
_TALENTS = f"""{_PLACES}, led AS (
    SELECT DISTINCT w.unit_id FROM working w JOIN position p ON p.id = w.position_id
    WHERE p.heads_unit AND p.level IN ('N4', 'N5') AND w.start_on < $2
), one_per_unit AS (
    SELECT DISTINCT ON (w.unit_id) w.person_id, w.name, place.administration_id
    FROM working w JOIN led USING (unit_id) JOIN place USING (unit_id)
    WHERE w.position_id IS NULL AND w.employment_type = 'permanent' AND w.weekly_hours >= 30 AND w.start_on < $2
      AND w.birth_date BETWEEN $1::date - interval '46 years' AND $1::date - interval '28 years'
      AND w.position_title <> 'HR-konsulent' AND w.unit_id <> ALL ($3::uuid[])
    ORDER BY w.unit_id, w.name
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY administration_id ORDER BY md5(name)) AS place FROM one_per_unit
)
SELECT person_id, administration_id FROM ranked ORDER BY place, md5(name)
"""  # noqa: S608  -- constants
_ASSESSORS = f"""{_PLACES}
SELECT person_id FROM working
WHERE position_title = 'HR-konsulent' AND employment_type = 'permanent' AND start_on < $2 AND person_id <> $3
ORDER BY name LIMIT 2
"""  # noqa: S608  -- constants
_COLLEAGUE = f"""{_PLACES}
SELECT person_id FROM working
WHERE unit_id = $2 AND position_id IS NULL AND employment_type = 'permanent' AND person_id <> ALL ($3::uuid[])
ORDER BY name LIMIT 1
"""  # noqa: S608  -- constants


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """A leadership position that nobody holds, and where."""

    position: UUID
    unit: UUID
    administration: UUID
    since: date


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who plays. The talent works in another administration than the vacancy; all talents have a manager each."""

    organisation: UUID
    people: dict[Part, Persona]
    assessors: Sequence[Actor]
    talent: Actor
    home: UUID
    applicants: Sequence[Actor]
    reluctant: Actor
    nominee: Actor
    vacancy: Vacancy
    member: Actor

    @property
    def hr(self) -> Actor:
        """The HR consultant."""
        return self.people[Part.HR].actor

    @property
    def director(self) -> Actor:
        """The sponsor in top management."""
        return self.people[Part.DIRECTOR].actor

    @property
    def council(self) -> Actor:
        """The works council's representative."""
        return self.people[Part.COUNCIL].actor

    @staticmethod
    def who(actor: Actor) -> UUID:
        """The person that the actor is; everybody who plays is one."""
        if actor.person is None:
            raise AssertionError
        return actor.person

    def anybody(self, identity: UUID) -> Actor:
        """Somebody of the organisation, without any role of their own."""
        return person(self.organisation, identity)


async def choose(connection: Any, organisation: UUID, today: date, since: date) -> Cast:
    """The cast of a story that begins on `since`: whoever plays was in place by then."""
    people = await personas(connection, organisation, today)
    manager, employee = people[Part.MANAGER], people[Part.EMPLOYEE]
    row = await connection.fetchrow(_VACANT, today, today - _LONG_VACANT)
    vacancy = Vacancy(
        position=row["id"], unit=row["unit_id"], administration=row["administration_id"], since=row["vacant_since"]
    )
    talents = await connection.fetch(_TALENTS, today, since, [manager.unit, people[Part.COUNCIL].unit, vacancy.unit])
    talent = next(one for one in talents if one["administration_id"] != vacancy.administration)
    others = [person(organisation, one["person_id"]) for one in talents if one is not talent]
    applicants, reluctant = others[:APPLICANTS], others[APPLICANTS]
    assessors = await connection.fetch(_ASSESSORS, today, since, people[Part.HR].actor.person)
    known = [manager.actor.person, employee.actor.person]
    return Cast(
        organisation=organisation,
        people=people,
        assessors=[person(organisation, one["person_id"]) for one in assessors],
        talent=person(organisation, talent["person_id"]),
        home=talent["administration_id"],
        applicants=applicants,
        reluctant=reluctant,
        nominee=person(organisation, await connection.fetchval(_COLLEAGUE, today, manager.unit, known)),
        vacancy=vacancy,
        member=person(organisation, await connection.fetchval(_COLLEAGUE, today, vacancy.unit, known)),
    )
