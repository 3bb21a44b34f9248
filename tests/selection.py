"""A small selection for a test: two administrations, an open cohort, candidates and assessors."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from service.domain.actor import Role
from service.domain.assessments.commands import SubmitAssessment
from service.domain.assessments.commands import submit as submit_assessment
from service.domain.assessments.model import Score
from service.domain.candidacies.assigning import AssignAssessors, assign_assessors
from service.domain.candidacies.deciding import Offer, offer
from service.domain.candidacies.intake import Apply, apply
from service.domain.candidacies.statements import GiveStatement, give_statement
from service.domain.positions.model import Level
from service.domain.unit_of_work import UnitOfWork
from service.domain.units.model import UnitKind
from tests.municipality import Municipality


@dataclass(eq=False)
class Selection:
    """Health: director Dorthe, manager Mads of a team with Mette and Ole. Technics: director Tove, with Per.

    Anna and Bo assess.
    """

    town: Municipality
    cohort: UUID
    health: UUID
    team: UUID
    technics: UUID

    @property
    def hr(self) -> httpx.AsyncClient:
        """HR's client."""
        return self.town.client(None, Role.HR)

    @property
    def top(self) -> httpx.AsyncClient:
        """Top management's client."""
        return self.town.client(None, Role.TOP_MANAGEMENT)

    async def applied(self, name: str) -> UUID:
        """A submitted candidacy of that employee."""
        return await self.town.run(
            apply, Apply(cohort_id=self.cohort, motivation="Jeg vil lede."), actor=self.town.actor(name)
        )

    async def supported(self, name: str, manager: str) -> UUID:
        """A submitted candidacy that the manager supports, with Anna and Bo to assess it."""
        candidacy = await self.applied(name)
        statement = GiveStatement(supports=True, reason="Har overblik.")
        await self.town.run(give_statement, candidacy, statement, None, actor=self.town.actor(manager))
        assessors = AssignAssessors(assessor_ids=(self.town.people["Anna"], self.town.people["Bo"]))
        return await self.town.run(assign_assessors, candidacy, assessors, None)

    async def assessed(self, name: str, manager: str, *, anna: int = 4, bo: int = 3) -> UUID:
        """A candidacy that Anna and Bo have scored the same on every criterion."""
        candidacy = await self.supported(name, manager)
        for assessor, score in (("Anna", anna), ("Bo", bo)):
            assessment = await self.assessment(candidacy, assessor)
            scores = tuple(
                Score(competence_id=one, score=score, reason=f"{assessor} ser det.") for one in await self.criteria()
            )
            command = SubmitAssessment(scores=scores)
            await self.town.run(submit_assessment, assessment, command, None, actor=self.town.actor(assessor))
        return candidacy

    async def offered(self, name: str, manager: str) -> UUID:
        """A candidacy with an offer."""
        candidacy = await self.assessed(name, manager)
        return await self.town.run(offer, candidacy, Offer(reason="Plads på holdet."), None)

    async def assessment(self, candidacy: UUID, assessor: str) -> UUID:
        """The assessment that the assessor has of the candidacy."""

        async def work(uow: UnitOfWork) -> UUID:
            found = await uow.assessments.of(candidacy)
            return next(one.id for one in found if one.assessor_id == self.town.people[assessor])

        return await self.town.rooms.transactions.run(self.town.hr, work)

    async def criteria(self) -> list[UUID]:
        """The competences on which candidates are assessed."""

        async def work(uow: UnitOfWork) -> list[UUID]:
            cohort = await uow.cohorts.get(self.cohort)
            programme = await uow.programmes.get(cohort.it.programme_id)
            return [one.competence_id for one in programme.it.criteria]

        return await self.town.rooms.transactions.run(self.town.hr, work)

    async def scores(self, score: int = 4) -> dict[str, Any]:
        """A body that scores every criterion."""
        reason = "Det viste samtalen."
        listed = [{"competenceId": str(one), "score": score, "reason": reason} for one in await self.criteria()]
        return {"scores": listed}

    async def state(self, candidacy: UUID) -> str:
        """The state that HR reads."""
        read = await self.hr.get(f"/v1/candidacies/{candidacy}")
        assert read.status_code == 200, read.text
        return read.json()["state"]


async def selection(town: Municipality, capacity: int = 12, **known: Any) -> Selection:
    """The selection's people and its open cohort; `technics_seats` are reserved for Technics."""
    root = await town.unit("Kommunen", UnitKind.ORGANISATION)
    health = await town.unit("Sundhed", UnitKind.ADMINISTRATION, root)
    technics = await town.unit("Teknik", UnitKind.ADMINISTRATION, root)
    team = await town.unit("Team Nord", UnitKind.TEAM, health)
    await town.leader("Dorthe", health, Level.N1)
    await town.leader("Tove", technics, Level.N1)
    await town.leader("Mads", team)
    for name, unit in (("Mette", team), ("Ole", team), ("Per", technics), ("Anna", technics), ("Bo", health)):
        await town.person(name, unit)
    reserved = known.pop("reserved", None)
    kept = {"reserved": reserved(health, technics)} if reserved else {}
    cohort = await town.open_cohort(capacity, **kept, **known)
    return Selection(town, cohort, health, team, technics)
