"""A small municipality for a test: an organisation of its own, people to act as, and a client per person."""

import itertools
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import httpx
from joserfc.jwk import ECKey

from service.api.security import development_token
from service.domain.actor import Actor, Role, Scope, system
from service.domain.cohorts.commands import PlanCohort
from service.domain.cohorts.commands import plan as plan_cohort
from service.domain.engagements.commands import BeginEngagement
from service.domain.engagements.commands import begin as begin_engagement
from service.domain.engagements.model import FilledBy
from service.domain.frameworks.commands import DefineFramework, PublishFramework, publish
from service.domain.frameworks.commands import define as define_framework
from service.domain.frameworks.starting_sets import StartingSet
from service.domain.ids import new_id
from service.domain.organisations.model import TIME_ZONES, Country, Language, Organisation, OrganisationKind
from service.domain.persons.commands import RegisterPerson, register
from service.domain.positions.commands import Appoint, DefinePosition, appoint
from service.domain.positions.commands import define as define_position
from service.domain.positions.model import Level
from service.domain.programmes.commands import (
    EndorseProgramme,
    PlanProgramme,
    RecordConsultation,
    endorse,
    record_consultation,
)
from service.domain.programmes.commands import plan as plan_programme
from service.domain.programmes.completion import CompletionRule
from service.domain.programmes.model import ProgrammeLevel, ProgrammeMix
from service.domain.programmes.progress import OpenProgramme, open_call
from service.domain.unit_of_work import UnitOfWork
from service.domain.units.commands import DefineUnit
from service.domain.units.commands import define as define_unit
from service.domain.units.model import UnitKind
from service.main import Rooms, application
from service.repo.founding import found
from service.settings import Settings

_NUMBERS = itertools.count(1)
LONG_AGO = date(2020, 1, 1)


@cache
def development_key() -> ECKey:
    """The key of the test run's own issuer."""
    return ECKey.generate_key("P-256")


@dataclass(eq=False)
class Municipality:
    """An organisation that exists for one test."""

    rooms: Rooms
    organisation: UUID
    transport: httpx.ASGITransport
    people: dict[str, UUID] = field(default_factory=dict[str, UUID])

    @property
    def hr(self) -> Actor:
        """HR, as the service acts itself."""
        return system(self.organisation)

    async def run(self, case: Any, *arguments: Any, actor: Actor | None = None) -> UUID:
        """Perform a use case: its arguments without the unit of work."""

        async def work(uow: UnitOfWork) -> UUID:
            return await case(*arguments, uow)

        return await self.rooms.transactions.run(actor or self.hr, work)

    async def unit(self, name: str, kind: UnitKind = UnitKind.DEPARTMENT, parent: UUID | None = None) -> UUID:
        """A unit of the tree."""
        return await self.run(define_unit, DefineUnit(name=name, kind=kind, parent_id=parent))

    async def person(self, name: str, unit: UUID | None = None, **known: Any) -> UUID:
        """An employee of a unit, known by the first name."""
        given, _, family = name.partition(" ")
        person = await self.run(
            register, RegisterPerson(given_name=given, family_name=family or None, first_hired_on=LONG_AGO, **known)
        )
        self.people[given] = person
        if unit:
            await self.run(
                begin_engagement,
                BeginEngagement(person_id=person, unit_id=unit, position_title="Medarbejder", start_on=LONG_AGO),
            )
        return person

    async def position(self, unit: UUID, level: Level = Level.N4, title: str = "Leder") -> UUID:
        """A leadership position that heads the unit, vacant."""
        return await self.run(define_position, DefinePosition(unit_id=unit, level=level, title=title))

    async def leader(self, name: str, unit: UUID, level: Level = Level.N4) -> UUID:
        """A person who holds the position that heads the unit."""
        person = await self.person(name)
        position = await self.position(unit, level)
        await self.run(
            appoint, position, Appoint(person_id=person, start_on=LONG_AGO, filled_by=FilledBy.ADVERTISED), None
        )
        return person

    async def framework(self) -> UUID:
        """A published leadership framework: the six signs of potential."""
        framework = await self.run(
            define_framework, DefineFramework(name="Ledelsesgrundlag", start_from=StartingSet.SIGNS_OF_POTENTIAL)
        )
        return await self.run(publish, framework, PublishFramework(), None)

    async def programme(self, framework: UUID, **known: Any) -> UUID:
        """A draft of a pre-leader programme."""
        plan: dict[str, Any] = {"name": "På vej", "purpose": "Ti nye ledere", **known}
        wanted = PlanProgramme(
            framework_id=framework, level=ProgrammeLevel.PRE_LEADER, mix=ProgrammeMix.CROSS_DISCIPLINARY, **plan
        )
        return await self.run(plan_programme, wanted)

    async def cohort(self, programme: UUID, capacity: int = 12, **known: Any) -> UUID:
        """A cohort of a programme; one can apply for a month from now, and it starts a month later."""
        now = self.rooms.database.clock()
        wanted = PlanCohort(
            programme_id=programme,
            name="Hold 1",
            capacity=capacity,
            apply_by=now + timedelta(days=30),
            starts_on=(now + timedelta(days=60)).date(),
            **known,
        )
        return await self.run(plan_cohort, wanted)

    async def opened(self, programme: UUID) -> UUID:
        """The programme open to candidates: endorsed by a director of the builder's own, the works council heard."""
        sponsor = self.actor(await self.person("Birgit Sponsor"), Role.TOP_MANAGEMENT)
        await self.run(endorse, programme, EndorseProgramme(), None, actor=sponsor)
        heard = RecordConsultation(held_on=LONG_AGO, reference="MED, punkt 3")
        await self.run(record_consultation, programme, heard, None)
        return await self.run(open_call, programme, OpenProgramme(), None)

    async def open_cohort(self, capacity: int = 12, completion: CompletionRule | None = None, **known: Any) -> UUID:
        """A cohort of a programme that is open to candidates, and asks for `completion` in the end."""
        programme = await self.programme(await self.framework(), completion=completion)
        cohort = await self.cohort(programme, capacity, **known)
        await self.opened(programme)
        return cohort

    def actor(self, who: str | UUID | None = None, *roles: Role | Scope) -> Actor:
        """Somebody as they would come through a door: a person by name or id, and what their token grants."""
        person = self.people[who] if isinstance(who, str) else who
        return Actor(
            organisation=self.organisation,
            subject=str(person or "-".join(sorted(roles)) or "nobody"),
            person=person,
            roles=frozenset(one for one in roles if isinstance(one, Role)),
            scopes=frozenset(one for one in roles if isinstance(one, Scope)),
        )

    def client(self, who: str | UUID | None = None, *roles: Role | Scope) -> httpx.AsyncClient:
        """A REST client with that actor's token."""
        token = development_token(development_key(), self.actor(who, *roles))
        return httpx.AsyncClient(
            transport=self.transport, base_url="http://test", headers={"Authorization": f"Bearer {token}"}
        )


_DOORS: dict[int, httpx.ASGITransport] = {}


def _doors(rooms: Rooms) -> httpx.ASGITransport:
    """The application over these rooms, made once: its contract takes a second."""
    if id(rooms) not in _DOORS:
        _DOORS[id(rooms)] = httpx.ASGITransport(application(rooms, Settings(env="development")))
    return _DOORS[id(rooms)]


@asynccontextmanager
async def municipality(
    rooms: Rooms, language: Language = Language.DA, country: Country = Country.DK
) -> AsyncGenerator[Municipality]:
    """A new organisation and its application."""
    number = next(_NUMBERS)
    identity = new_id()
    await found(
        rooms.database,
        Organisation(
            id=identity,
            slug=f"test-{identity}",
            name=f"Prøvekommunen {number}",
            kind=OrganisationKind.MUNICIPALITY,
            country=country,
            default_language=language,
            time_zone=TIME_ZONES[country],
        ),
    )
    yield Municipality(rooms, identity, _doors(rooms))
