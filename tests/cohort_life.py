"""A cohort under way for a test: participants, modules, sessions, a project between modules."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from service.domain.actor import Role
from service.domain.candidacies.answering import AcceptOffer, accept
from service.domain.cohorts.commands import ChangeCohort, ModuleToHold
from service.domain.cohorts.commands import change as change_cohort
from service.domain.learning import LearningForm
from service.domain.participations.commands import StartParticipation, start
from service.domain.programmes.completion import CompletionRule
from service.domain.projects.commands import SetProject, set_
from service.domain.sessions.attending import Attended, RecordAttendance, record_attendance
from service.domain.sessions.commands import PlanSession
from service.domain.sessions.commands import plan as plan_session
from service.domain.sessions.model import Presence
from tests.clock import MovableClock
from tests.municipality import Municipality
from tests.selection import Selection, selection

MODULES = (
    ModuleToHold(number=1, name="Personligt lederskab", purpose="At kende sig selv"),
    ModuleToHold(number=2, name="Relationer"),
    ModuleToHold(number=3, name="Organisationen"),
)


@dataclass(eq=False)
class CohortLife:
    """Mette (nearest manager Mads) takes part; Per teaches. `now` is when the test began."""

    chosen: Selection
    clock: MovableClock
    now: datetime
    mette: UUID

    @property
    def town(self) -> Municipality:
        return self.chosen.town

    @property
    def cohort(self) -> UUID:
        return self.chosen.cohort

    @property
    def hr(self) -> httpx.AsyncClient:
        """HR without a person: a system."""
        return self.town.client(None, Role.HR)

    @property
    def hanne(self) -> httpx.AsyncClient:
        """HR, as a person."""
        return self.town.client("Hanne", Role.HR)

    def client(self, name: str) -> httpx.AsyncClient:
        return self.town.client(name)

    def at(self, days: float, hours: float = 0) -> datetime:
        """A time so long after the test's beginning, which is ten o'clock where the organisation is."""
        return self.now + timedelta(days=days, hours=hours)

    async def session(self, module: int, days: float, **other: Any) -> UUID:
        """A session of six hours in a module, taught by Per."""
        known: dict[str, Any] = {
            "title": f"Dag {days:g}",
            "learning_form": LearningForm.WORKSHOP,
            "place": "Rådhuset",
            "facilitator_id": self.town.people["Per"],
            **other,
        }
        starts, ends = known.pop("starts_at", self.at(days)), known.pop("ends_at", self.at(days, 6))
        wanted = PlanSession(cohort_id=self.cohort, module=module, starts_at=starts, ends_at=ends, **known)
        return await self.town.run(plan_session, wanted)

    async def project(self, after: int = 1, days: int = 5, **other: Any) -> UUID:
        """A project after a module, due so many days after the test's beginning."""
        due = other.pop("due_on", self.at(days).date())
        known: dict[str, Any] = {"title": "Led et møde", "assignment": "Led et møde, du ellers deltager i.", **other}
        return await self.town.run(set_, SetProject(cohort_id=self.cohort, after_module=after, due_on=due, **known))

    async def taking_part(self, name: str, manager: str) -> UUID:
        """An active participation of that employee."""
        participation = await self.enrolled(name, manager)
        return await self.town.run(start, participation, StartParticipation(), None)

    async def enrolled(self, name: str, manager: str) -> UUID:
        """A participation that has not started."""
        candidacy = await self.chosen.offered(name, manager)
        await self.town.run(accept, candidacy, AcceptOffer(), None, actor=self.town.actor(name))
        found = await self.hr.get("/v1/participations", params={"candidacyId": str(candidacy)})
        return UUID(found.json()["items"][0]["id"])

    async def attended(self, session: UUID, participation: UUID, presence: Presence = Presence.PRESENT) -> None:
        """Record somebody's attendance as HR."""
        said = RecordAttendance(attendance=(Attended(participation_id=participation, presence=presence),))
        await self.town.run(record_attendance, session, said, None)

    async def read(self, path: str, **params: Any) -> Any:
        """What HR reads there."""
        found = await self.hr.get(f"/v1/{path}", params=params)
        assert found.status_code == 200, found.text
        return found.json()

    async def listed(self, path: str, client: httpx.AsyncClient | None = None, **params: Any) -> list[Any]:
        """What somebody lists there, HR where nobody is named."""
        found = await (client or self.hr).get(f"/v1/{path}", params=params)
        assert found.status_code == 200, found.text
        return found.json()["items"]


async def cohort_life(
    town: Municipality, clock: MovableClock, capacity: int = 12, completion: CompletionRule | None = None
) -> CohortLife:
    """Mette takes part in a cohort of three modules, of a programme that asks for `completion`."""
    clock.now = clock.now.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=1)  # a morning
    chosen = await selection(town, capacity, completion=completion)
    await town.person("Hanne", chosen.health)
    await town.run(change_cohort, chosen.cohort, ChangeCohort(modules=MODULES), None)
    life = CohortLife(chosen, clock, clock.now.replace(microsecond=0), UUID(int=0))
    life.mette = await life.taking_part("Mette", "Mads")
    return life
