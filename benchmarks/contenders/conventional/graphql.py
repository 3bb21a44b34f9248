"""The GraphQL door of the conventional stack: a resolver per relation, each over a dataloader."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, cast
from uuid import UUID

import strawberry
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.fastapi import BaseContext, GraphQLRouter

from benchmarks.contenders.conventional import queries, tables

Sessions = async_sessionmaker[AsyncSession]


class Context(BaseContext):
    """The loaders of one request."""

    def __init__(self, sessions: Sessions) -> None:
        super().__init__()
        loads = Loads(sessions)
        self.sessions = sessions
        self.persons: DataLoader[UUID, tables.Person | None] = DataLoader(loads.persons)
        self.units: DataLoader[UUID, tables.Unit | None] = DataLoader(loads.units)
        self.placements: DataLoader[UUID, list[tables.Placement]] = DataLoader(loads.placements)
        self.candidacies: DataLoader[UUID, list[tables.Candidacy]] = DataLoader(loads.candidacies)


@dataclass(frozen=True)
class Loads:
    """One statement for all the keys that a request's resolvers asked for."""

    sessions: Sessions

    async def _rows(self, statement: Any) -> Sequence[Any]:
        async with self.sessions() as session:
            return cast("Sequence[Any]", (await session.exec(statement)).all())

    async def persons(self, keys: list[UUID]) -> list[tables.Person | None]:
        """Persons by their ids."""
        rows = await self._rows(select(tables.Person).where(col(tables.Person.id).in_(keys)))
        found = {row.id: row for row in rows}
        return [found.get(key) for key in keys]

    async def units(self, keys: list[UUID]) -> list[tables.Unit | None]:
        """The unit of each person's primary engagement today."""
        today = tables.today_there()
        engagement = tables.Engagement
        rows = await self._rows(
            select(engagement.person_id, tables.Unit)
            .join(tables.Unit, col(tables.Unit.id) == engagement.unit_id)
            .where(
                col(engagement.person_id).in_(keys),
                engagement.is_primary,
                col(engagement.start_on).is_(None) | (col(engagement.start_on) <= today),
                col(engagement.end_on).is_(None) | (col(engagement.end_on) > today),
            )
        )
        found = dict(rows)
        return [found.get(key) for key in keys]

    async def placements(self, keys: list[UUID]) -> list[list[tables.Placement]]:
        """The placements of each person."""
        placement = tables.Placement
        return await self._grouped(
            select(placement).where(col(placement.person_id).in_(keys)).order_by(col(placement.id)), keys
        )

    async def candidacies(self, keys: list[UUID]) -> list[list[tables.Candidacy]]:
        """The candidacies of each person."""
        candidacy = tables.Candidacy
        return await self._grouped(
            select(candidacy).where(col(candidacy.person_id).in_(keys)).order_by(col(candidacy.id)), keys
        )

    async def _grouped(self, statement: Any, keys: list[UUID]) -> list[list[Any]]:
        found: dict[UUID, list[Any]] = defaultdict(list)
        for row in await self._rows(statement):
            found[row.person_id].append(row)
        return [found[key] for key in keys]


Info = strawberry.Info[Context, None]


@strawberry.type
class Unit:
    """A unit."""

    id: strawberry.ID
    name: str
    kind: str


@strawberry.type
class Placement:
    """A placement."""

    id: strawberry.ID
    kind: str
    state: str
    start_on: date
    end_on: date
    load_percent: int


@strawberry.type
class PlacementConnection:
    """A page of placements."""

    nodes: list[Placement]


@strawberry.type
class Candidacy:
    """A candidacy."""

    id: strawberry.ID
    state: str
    submitted_at: datetime | None


@strawberry.type
class CandidacyConnection:
    """A page of candidacies."""

    nodes: list[Candidacy]


@strawberry.type
class Person:
    """A person."""

    id: strawberry.ID
    given_name: str | None
    family_name: str | None
    email: str | None
    professional_field: str | None

    @strawberry.field
    async def unit(self, info: Info) -> Unit | None:
        """The unit of the primary engagement today."""
        found = await info.context.units.load(UUID(self.id))
        return Unit(id=strawberry.ID(str(found.id)), name=found.name, kind=found.kind) if found else None

    @strawberry.field
    async def placements(self, info: Info, first: int = 50) -> PlacementConnection:
        """Where they are, were and will be placed."""
        found = await info.context.placements.load(UUID(self.id))
        nodes = [
            Placement(
                id=strawberry.ID(str(one.id)),
                kind=one.kind,
                state=one.state,
                start_on=one.start_on,
                end_on=one.end_on,
                load_percent=one.load_percent,
            )
            for one in found[:first]
        ]
        return PlacementConnection(nodes=nodes)


@strawberry.type
class PersonConnection:
    """A page of persons."""

    nodes: list[Person]


def _person(row: tables.Person) -> Person:
    return Person(
        id=strawberry.ID(str(row.id)),
        given_name=row.given_name,
        family_name=row.family_name,
        email=row.email,
        professional_field=row.professional_field,
    )


@strawberry.type
class Talent:
    """A talent profile."""

    id: strawberry.ID
    since: date
    mobility: str | None
    origins: list[str]
    interests: list[str]
    person_id: strawberry.Private[UUID]

    @strawberry.field
    async def person(self, info: Info) -> Person | None:
        """Whose profile it is."""
        found = await info.context.persons.load(self.person_id)
        return _person(found) if found else None

    @strawberry.field
    async def candidacies(self, info: Info, first: int = 50) -> CandidacyConnection:
        """Their candidacies."""
        found = await info.context.candidacies.load(self.person_id)
        nodes = [
            Candidacy(id=strawberry.ID(str(one.id)), state=one.state, submitted_at=one.submitted_at)
            for one in found[:first]
        ]
        return CandidacyConnection(nodes=nodes)


@strawberry.type
class TalentConnection:
    """A page of talents."""

    nodes: list[Talent]


def _talent(row: tables.Talent) -> Talent:
    return Talent(
        id=strawberry.ID(str(row.id)),
        since=row.since,
        mobility=row.mobility,
        origins=row.origins,
        interests=row.interests,
        person_id=row.person_id,
    )


@strawberry.input
class TalentFilter:
    """Narrows a list of talents."""

    live: bool | None = None
    within_unit_id: strawberry.ID | None = None


@strawberry.input
class PersonFilter:
    """Narrows a list of persons."""

    name: str


@strawberry.enum
class TalentOrder(Enum):
    """Orders of a list of talents."""

    since_ASC = "since"  # noqa: N815  -- named as in the documents
    updatedAt_DESC = "-updatedAt"  # noqa: N815


@strawberry.type
class Query:
    """Everything that is compared."""

    @strawberry.field
    async def talent(self, info: Info, id: strawberry.ID) -> Talent | None:  # noqa: A002  -- the argument's name
        """One talent."""
        async with info.context.sessions() as session:
            found = await session.get(tables.Talent, UUID(id))
        return _talent(found) if found else None

    @strawberry.field
    async def talents(
        self,
        info: Info,
        first: int = 50,
        filter: TalentFilter | None = None,  # noqa: A002  -- the argument's name
        order_by: TalentOrder = TalentOrder.since_ASC,
    ) -> TalentConnection:
        """A page of talents."""
        unit = filter.within_unit_id if filter else None
        wanted = queries.talents(
            first,
            live=filter.live if filter else None,
            within=UUID(unit) if unit else None,
            latest=order_by is TalentOrder.updatedAt_DESC,
        )
        async with info.context.sessions() as session:
            rows = (await session.exec(wanted)).all()
        return TalentConnection(nodes=[_talent(row) for row in rows])

    @strawberry.field
    async def persons(
        self,
        info: Info,
        filter: PersonFilter,  # noqa: A002  -- the argument's name
        first: int = 50,
    ) -> PersonConnection:
        """A page of persons whose name starts so."""
        async with info.context.sessions() as session:
            rows = (await session.exec(queries.named(first, filter.name))).all()
        return PersonConnection(nodes=[_person(row) for row in rows])


def router(sessions: Sessions) -> GraphQLRouter[Context, None]:
    """The door, with documents parsed and validated once."""

    async def context() -> Context:
        return Context(sessions)

    schema = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache])
    return GraphQLRouter(schema, context_getter=context, graphql_ide=None)
