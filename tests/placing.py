"""Two administrations and the people between whom a placement is agreed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx

from service.domain.actor import Role
from service.domain.catalogue import DUTIES
from service.domain.units.model import UnitKind
from tests.clock import MovableClock
from tests.municipality import Municipality


@dataclass(frozen=True)
class Neighbours:
    """Mette works at the school, which Hanne leads. The nursing home below Svend has a vacant leader post.

    Vibeke supervises whoever comes there, Per works there, Dorthe leads the schools, two levels above Mette.
    """

    town: Municipality
    clock: MovableClock
    school: UUID
    home: UUID
    position: UUID

    @property
    def today(self) -> date:
        return self.clock.now.date()

    def day(self, days: int) -> str:
        """A day from today on the wire."""
        return (self.today + timedelta(days=days)).isoformat()

    def terms(self, **other: Any) -> dict[str, Any]:
        """A secondment of Mette into the vacant post, from today for thirty days."""
        return {
            "kind": "secondment",
            "personId": str(self.town.people["Mette"]),
            "hostUnitId": str(self.home),
            "hostSupervisorId": str(self.town.people["Vibeke"]),
            "positionId": str(self.position),
            "startOn": self.day(0),
            "endOn": self.day(30),
            "objectives": "At lede en hverdag",
            "homeSalaryShare": 40,
            **other,
        }

    @property
    def hr(self) -> httpx.AsyncClient:
        return self.town.client(None, Role.HR)

    async def proposed(self, **other: Any) -> str:
        """The address of a placement that HR has proposed."""
        made = await self.hr.post("/v1/placements", json=self.terms(**other))
        assert made.status_code == 201, made.text
        return made.headers["location"]

    async def agreed(self, **other: Any) -> str:
        """The address of one that all three have signed."""
        url = await self.proposed(**other)
        for who in ("Mette", "Hanne", "Svend"):
            signed = await self.town.client(who).post(f"{url}/sign")
            assert signed.status_code == 200, signed.text
        return url

    async def days_pass(self, days: int) -> None:
        """Time goes by, and the clock does what is due."""
        self.clock.forward(days=days)
        await self.do_due()

    async def do_due(self) -> None:
        for duty in DUTIES:
            await self.town.rooms.transactions.run(self.town.hr, duty)


async def neighbours(town: Municipality, clock: MovableClock) -> Neighbours:
    """Found both administrations."""
    schools = await town.unit("Skole", UnitKind.ADMINISTRATION)
    care = await town.unit("Sundhed", UnitKind.ADMINISTRATION)
    school = await town.unit("Skolen", UnitKind.INSTITUTION, schools)
    home = await town.unit("Plejehjemmet", UnitKind.INSTITUTION, care)
    await town.leader("Dorthe", schools)
    await town.leader("Hanne", school)
    await town.leader("Svend", care)
    position = await town.position(home)
    await town.person("Mette", school)
    await town.person("Per", home)
    await town.person("Vibeke", care)
    return Neighbours(town, clock, school, home, position)
