"""Who asks, and about whom: found in a filled database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from joserfc.jwk import ECKey

from service.api.security import development_token
from service.domain.actor import Actor, Role

SEVERAL = 250
"""How many talents are asked for in turn, so that no answer is the last one again."""

_FIRST = "SELECT id FROM organisation WHERE slug = 'kommune-1'"
_HR = """
SELECT person_id FROM engagement WHERE organisation_id = $1 AND is_primary
ORDER BY position_title = 'HR-konsulent' DESC, person_id LIMIT 1
"""
_TALENTS = """
SELECT id FROM talent WHERE organisation_id = $1 AND ended_on IS NULL ORDER BY md5(id::text) LIMIT $2
"""
_MANAGER = """
SELECT head.person_id, head.unit_id, count(*) AS talents
FROM talent t
JOIN engagement e ON e.organisation_id = $1 AND e.person_id = t.person_id AND e.is_primary AND e.position_id IS NULL
JOIN position p ON p.organisation_id = $1 AND p.unit_id = e.unit_id AND p.heads_unit
JOIN engagement head ON head.organisation_id = $1 AND head.position_id = p.id
WHERE t.organisation_id = $1 AND t.ended_on IS NULL
GROUP BY head.person_id, head.unit_id ORDER BY count(*) DESC LIMIT 1
"""
_ADMINISTRATION = """
SELECT u.id FROM unit u JOIN unit_closure c ON c.organisation_id = $1 AND c.ancestor_id = u.id
JOIN engagement e ON e.organisation_id = $1 AND e.unit_id = c.descendant_id
WHERE u.organisation_id = $1 AND u.kind = 'administration' GROUP BY u.id ORDER BY count(*) DESC OFFSET 2 LIMIT 1
"""
_PREFIXES = """
SELECT left(family_folded, 4) AS prefix FROM person WHERE organisation_id = $1
GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 40
"""


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The people of one organisation that the workloads need. `team` is how many live talents the manager has."""

    organisation: UUID
    hr: UUID
    manager: UUID
    manager_unit: UUID
    team: int
    administration: UUID
    talents: Sequence[UUID]
    prefixes: Sequence[str]

    def hr_token(self, key: ECKey) -> str:
        """A token of an HR consultant, who is an employee too."""
        return token(key, self.organisation, self.hr, Role.HR)

    def manager_token(self, key: ECKey) -> str:
        """A token of the manager, who is nothing but an employee: what they manage follows from data."""
        return token(key, self.organisation, self.manager)


def token(key: ECKey, organisation: UUID, person: UUID, *roles: Role) -> str:
    """A token of the development issuer."""
    return development_token(
        key, Actor(organisation=organisation, subject=str(person), person=person, roles=frozenset(roles))
    )


async def cast_of(connection: Any, organisation: UUID | None = None) -> Cast:
    """The cast of an organisation, by default the first, as an administrator sees it."""
    organisation = organisation or cast("UUID", await connection.fetchval(_FIRST))
    manager = await connection.fetchrow(_MANAGER, organisation)
    return Cast(
        organisation=organisation,
        hr=await connection.fetchval(_HR, organisation),
        manager=manager["person_id"],
        manager_unit=manager["unit_id"],
        team=manager["talents"],
        administration=await connection.fetchval(_ADMINISTRATION, organisation),
        talents=[row[0] for row in await connection.fetch(_TALENTS, organisation, SEVERAL)],
        prefixes=[row[0] for row in await connection.fetch(_PREFIXES, organisation)],
    )


async def consultants(connection: Any) -> list[tuple[UUID, UUID, list[UUID]]]:
    """For each organisation: itself, somebody in HR, and a few live talents."""
    found: list[tuple[UUID, UUID, list[UUID]]] = []
    for row in await connection.fetch("SELECT id FROM organisation ORDER BY id"):
        organisation = row[0]
        hr = await connection.fetchval(_HR, organisation)
        talents = [one[0] for one in await connection.fetch(_TALENTS, organisation, 2)]
        found.append((organisation, hr, talents))
    return found
