"""Frameworks, programmes and cohorts come back from Postgres as they went in, every field set."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from service.domain.candidacies.model import WayIn
from service.domain.cohorts.model import Cohort, CohortModule, ReservedSeats
from service.domain.frameworks.model import Competence, Framework, FrameworkState
from service.domain.ids import new_id
from service.domain.learning import LearningForm
from service.domain.programmes.call import Channel, Credit, Part, PlannedWay, Responsible, TargetGroup
from service.domain.programmes.completion import CompletionRule
from service.domain.programmes.model import (
    Consultation,
    Criterion,
    Programme,
    ProgrammeLevel,
    ProgrammeMix,
    ProgrammeState,
)
from service.domain.programmes.plan import PlannedModule
from service.domain.programmes.readiness import Principle, PrincipleAnswer, Readiness
from service.domain.unit_of_work import UnitOfWork
from service.domain.units.model import UnitKind
from tests.municipality import Municipality


async def _restored(town: Municipality, repository: str, aggregate: Any) -> Any:
    assert all(getattr(aggregate, one.name) is not None for one in fields(aggregate))

    async def add(uow: UnitOfWork) -> UUID:
        return (await getattr(uow, repository).add(aggregate, "defined")).id

    async def get(uow: UnitOfWork) -> Any:
        return (await getattr(uow, repository).get(aggregate.id)).it

    await town.run(add)
    return await town.rooms.transactions.run(town.hr, get)


async def test_what_is_stored_comes_back_as_it_was(town: Municipality) -> None:
    schools = await town.unit("Skoler", UnitKind.ADMINISTRATION)
    sponsor = await town.person("Birgit")
    competence = Competence(
        id=new_id(),
        name="Lytter",
        description="Hører efter",
        levels=("a", "b", "c", "d", "e"),
        esco_uri="http://data.europa.eu/esco/skill/1",
    )
    framework = Framework(
        id=new_id(),
        name="Ledelsesgrundlag",
        edition=1,
        state=FrameworkState.PUBLISHED,
        competences=(competence,),
        published_on=date(2026, 9, 7),
        description="Sådan leder vi",
        version=1,
    )
    programme = Programme(
        id=new_id(),
        name="På vej",
        level=ProgrammeLevel.PRE_LEADER,
        also_levels=(ProgrammeLevel.CLARIFICATION,),
        leaders_needed=10,
        needed_by=date(2029, 1, 1),
        template_id=new_id(),
        target_group=TargetGroup(
            administration_ids=(schools,), professional_fields=("pædagogik",), employment_types=("fastansat",)
        ),
        mix=ProgrammeMix.SINGLE_DISCIPLINE,
        purpose="Ti nye ledere",
        framework_id=framework.id,
        state=ProgrammeState.CANCELLED,
        criteria=(Criterion(competence_id=competence.id, name="Lytter", weight=3),),
        sponsor_id=sponsor,
        endorsed_on=date(2026, 9, 8),
        consultation=Consultation(held_on=date(2026, 9, 9), reference="MED, punkt 3", recorded_by=sponsor),
        opened_on=date(2026, 9, 10),
        starts_on=date(2027, 2, 1),
        modules=(
            PlannedModule(
                title="Internat",
                learning_forms=(LearningForm.TEACHING, LearningForm.DILEMMA_EXERCISE),
                starts_after_days=14,
                days=2,
                description="Ledelse som fag",
                asks_of_managers="Aftaler målet inden",
                facilitator_ids=(sponsor,),
                starts_on=date(2027, 2, 15),
                ends_on=date(2027, 2, 17),
            ),
        ),
        kick_off_on=date(2027, 1, 15),
        kick_off_place="Byrådssalen",
        reach_by=(Channel.PAYSLIP, Channel.INTRANET),
        credits=(Credit.CENTRAL_POOL,),
        ways=(PlannedWay(way=WayIn.NOMINATION, administration_ids=(schools,)),),
        ways_weighed="Begge dele, for de beskedne melder sig ikke selv",
        roles=(Part(who=Responsible.MANAGER, what="Hjælper talentet om bord"),),
        asks_of_managers="Slipper talentet løs",
        answers=(
            PrincipleAnswer(
                principle=Principle.R9,
                answer=Readiness.MET,
                note="Karrieresamtaler",
                answered_by=sponsor,
                answered_on=date(2026, 9, 8),
            ),
        ),
        reach="Med lønsedlen",
        credit_to_managers="Nævnes på direktørens møde",
        completion=CompletionRule(sessions_percent=80, projects_percent=100, elements=2),
        cancel_reason="Budgettet faldt bort",
        version=1,
    )
    cohort = Cohort(
        id=new_id(),
        programme_id=programme.id,
        name="Hold 1",
        capacity=12,
        reserved=(ReservedSeats(unit_id=schools, seats=4),),
        apply_by=datetime(2026, 10, 1, 12, 30, tzinfo=UTC),
        starts_on=date(2026, 11, 2),
        ends_on=date(2027, 4, 1),
        modules=(CohortModule(number=1, name="Personligt lederskab", purpose="At kende sig selv"),),
        version=1,
    )
    assert await _restored(town, "frameworks", framework) == framework
    assert await _restored(town, "programmes", programme) == programme
    assert await _restored(town, "cohorts", cohort) == cohort
