"""A programme, its cohorts and its people, as random hands move them: what is asked, and what must hold after it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from service.domain.actor import Role
from service.domain.candidacies.commands import remind_of_statements
from service.domain.candidacies.waitlist import lapse_offers
from service.domain.cohorts.commands import SeatsToReserve
from service.domain.nominations.commands import lapse_unanswered
from service.domain.positions.model import Level
from service.domain.units.model import UnitKind
from tests.clock import MovableClock
from tests.municipality import Municipality

EMPLOYEES = ("Mette", "Ole", "Per", "Pia", "Bo", "Anna")
MANAGER_OF = {"Mette": "Mads", "Ole": "Mads", "Per": "Tove", "Pia": "Tove", "Anna": "Tove", "Bo": "Dorthe"}
ROLES = {"Hanne": (Role.HR,), "Heidi": (Role.HR,), "Birgit": (Role.TOP_MANAGEMENT,)}
EVERYBODY = (*EMPLOYEES, "Mads", "Dorthe", "Tove", *ROLES)
ASSESSORS = ("Anna", "Bo", "Mads", "Dorthe")

_REFUSED, _WRONG_INPUT = 400, 422
_UNCHANGED = ("access_log", "idempotency_key")
_SNAPSHOT = """
SELECT md5(coalesce(string_agg(kept::text, '|' ORDER BY kept::text), '')) FROM ({}) kept
"""
_BROKEN = {
    "one candidacy per person and cohort": """
        SELECT person_id FROM candidacy GROUP BY person_id, cohort_id HAVING count(*) > 1
    """,
    "no more places than there are": """
        SELECT c.id FROM cohort c JOIN candidacy d ON d.cohort_id = c.id AND d.state IN ('offered', 'accepted')
        GROUP BY c.id, c.capacity HAVING count(*) > c.capacity
    """,
    "reserved seats are for those from there": """
        WITH taken AS (
            SELECT cohort_id, administration_id, count(*) AS seats FROM candidacy WHERE state IN ('offered', 'accepted')
            GROUP BY 1, 2
        ), kept AS (
            SELECT c.id, c.capacity, (r ->> 'unitId')::uuid AS unit_id, (r ->> 'seats')::int AS seats
            FROM cohort c, jsonb_array_elements(c.reserved) r
        )
        SELECT c.id FROM cohort c
        WHERE (SELECT coalesce(sum(greatest(t.seats - coalesce(k.seats, 0), 0)), 0)
               FROM taken t LEFT JOIN kept k ON k.id = t.cohort_id AND k.unit_id = t.administration_id
               WHERE t.cohort_id = c.id)
              > c.capacity - (SELECT coalesce(sum(k.seats), 0) FROM kept k WHERE k.id = c.id)
    """,
    "every decision has a reason": """
        SELECT id FROM candidacy
        WHERE state IN ('offered', 'waitlisted', 'declined', 'accepted', 'turned_down', 'lapsed')
              AND (decided_at IS NULL OR coalesce(trim(reason), '') = '')
    """,
    "whoever is in takes part once": """
        SELECT d.id FROM candidacy d LEFT JOIN participation p ON p.candidacy_id = d.id
        GROUP BY d.id, d.state HAVING count(p.id) <> CASE d.state WHEN 'accepted' THEN 1 ELSE 0 END
    """,
    "the waitlist has an order": """
        SELECT cohort_id FROM candidacy WHERE state = 'waitlisted'
        GROUP BY cohort_id HAVING count(*) <> count(DISTINCT rank)
    """,
}


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A request: who made it, and where. `action` is what `allowedActions` calls it."""

    who: str
    path: str
    body: dict[str, Any] = field(default_factory=dict[str, Any])
    action: str | None = None

    @property
    def resource(self) -> str:
        """Where the resource is read whose `allowedActions` speak of it."""
        return self.path.rpartition("/")[0]


@dataclass(eq=False)
class World:
    """The municipality, and what is asked of it at the REST door."""

    town: Municipality
    clock: MovableClock
    programme: UUID = field(init=False)
    cohorts: tuple[UUID, ...] = ()
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict[str, httpx.AsyncClient])

    async def begin(self) -> None:
        """Two administrations, their people, an open programme: a cohort with reserved seats, and one without."""
        town = self.town
        root = await town.unit("Kommunen", UnitKind.ORGANISATION)
        health = await town.unit("Sundhed", UnitKind.ADMINISTRATION, root)
        technics = await town.unit("Teknik", UnitKind.ADMINISTRATION, root)
        team = await town.unit("Team Nord", UnitKind.TEAM, health)
        for name, unit, level in (("Dorthe", health, Level.N1), ("Tove", technics, Level.N1), ("Mads", team, Level.N4)):
            await town.leader(name, unit, level)
        for name, unit in (
            ("Mette", team),
            ("Ole", team),
            ("Bo", health),
            *((one, technics) for one in ("Per", "Pia")),
        ):
            await town.person(name, unit)
        for name in ("Anna", *ROLES):
            await town.person(name, technics)
        self.programme = await town.programme(await town.framework())
        kept = (SeatsToReserve(unit_id=health, seats=1), SeatsToReserve(unit_id=technics, seats=1))
        self.cohorts = (
            await town.cohort(self.programme, 3, reserved=kept),
            await town.cohort(self.programme, 1),
        )
        await town.opened(self.programme)
        self.clients = {name: town.client(name, *ROLES.get(name, ())) for name in EVERYBODY}

    async def read(self, who: str, path: str) -> dict[str, Any] | None:
        """What somebody reads there, or None where there is nothing for them."""
        answer = await self.clients[who].get(f"/v1/{path}")
        assert answer.status_code in {200, 404}, answer.text
        return answer.json() if answer.status_code == 200 else None

    async def listed(self, concept: str, who: str = "Hanne", **filters: str) -> list[dict[str, Any]]:
        """A list as somebody reads it."""
        answer = await self.clients[who].get(f"/v1/{concept}", params={"first": "200", **filters})
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def tries(self, tried: Tried) -> bool:
        """Ask for it. A refusal changes nothing; what `allowedActions` offers is done, and nothing else is."""
        offered = await self.offers(tried) if tried.action else None
        before = await self.snapshot()
        answer = await self.clients[tried.who].post(f"/v1/{tried.path}", json=tried.body)
        done = answer.status_code < _REFUSED
        if not done:
            self.refused(tried, answer)
            assert await self.snapshot() == before, f"{tried} was refused and changed something: {answer.text}"
        if offered is not None and answer.status_code != _WRONG_INPUT:
            assert offered == done, f"{tried} was {'' if offered else 'not '}offered, and the answer is {answer.text}"
        await self.holds()
        return done

    async def tries_at_once(self, several: Sequence[Tried]) -> int:
        """Ask for all of them in the same moment; how many were done."""
        answers = await asyncio.gather(
            *(self.clients[one.who].post(f"/v1/{one.path}", json=one.body) for one in several)
        )
        for tried, answer in zip(several, answers, strict=True):
            if answer.status_code >= _REFUSED:
                self.refused(tried, answer)
        await self.holds()
        return sum(answer.status_code < _REFUSED for answer in answers)

    async def offers(self, tried: Tried) -> bool:
        """`allowedActions` has it, for that reader at this moment."""
        found = await self.read(tried.who, tried.resource)
        return found is not None and tried.action in found["allowedActions"]

    @staticmethod
    def refused(tried: Tried, answer: httpx.Response) -> None:
        """A refusal says why, in the form of a problem."""
        assert answer.status_code in {403, 404, 409, 422}, f"{tried}: {answer.status_code} {answer.text}"
        assert answer.json()["code"] not in {"internal", "malformed"}, f"{tried}: {answer.text}"

    async def holds(self) -> None:
        """What is never broken."""
        async with self.town.rooms.database.transaction(self.town.organisation) as connection:
            for rule, broken in _BROKEN.items():
                assert not await connection.fetch(broken), rule

    async def snapshot(self) -> str:
        """A fingerprint of all that the organisation has, what is kept of requests apart."""
        async with self.town.rooms.database.transaction(self.town.organisation) as connection:
            tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            kept = [f"SELECT '{one[0]}' || t::text FROM {one[0]} t" for one in tables if one[0] not in _UNCHANGED]  # noqa: S608
            return await connection.fetchval(_SNAPSHOT.format(" UNION ALL ".join(kept)))

    async def days_pass(self, days: int) -> None:
        """Time goes on, and what falls due is done."""
        self.clock.forward(days=days)
        for duty in (remind_of_statements, lapse_unanswered, lapse_offers):
            await self.town.rooms.transactions.run(self.town.hr, duty)
        await self.holds()

    def deadline(self) -> str:
        """Tomorrow, as a moment."""
        return (self.clock.now + timedelta(days=1)).isoformat()
