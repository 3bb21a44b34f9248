"""The REST door of the conventional stack."""

from collections.abc import AsyncGenerator
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.contenders.conventional.queries import named, nested, talents, with_unit
from benchmarks.contenders.conventional.tables import Talent

router = APIRouter(prefix="/v1")


class Out(BaseModel):
    """Answers are camelCase and are read from rows."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class UnitOut(Out):
    """A unit."""

    id: UUID
    name: str
    kind: str


class PlacementOut(Out):
    """A placement."""

    id: UUID
    kind: str
    state: str
    start_on: date
    end_on: date
    load_percent: int


class CandidacyOut(Out):
    """A candidacy."""

    id: UUID
    state: str
    submitted_at: datetime | None


class NamedOut(Out):
    """A person with their unit."""

    id: UUID
    given_name: str | None
    family_name: str | None
    email: str | None
    professional_field: str | None
    unit: UnitOut | None


class PersonOut(NamedOut):
    """A person with all that is compared."""

    placements: list[PlacementOut]


class TalentOut(Out):
    """A talent with all that is compared."""

    id: UUID
    since: date
    mobility: str | None
    origins: list[str]
    interests: list[str]
    person: PersonOut
    candidacies: list[CandidacyOut]


class TalentsOut(Out):
    """A page of talents."""

    items: list[TalentOut]


class PersonsOut(Out):
    """A page of persons."""

    items: list[NamedOut]


async def _session(request: Request) -> AsyncGenerator[AsyncSession]:
    async with request.app.state.sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(_session)]
First = Annotated[int, Query(ge=1, le=200)]


@router.get("/talents", response_model=TalentsOut)
async def list_talents(
    session: Session,
    first: First = 50,
    live: bool | None = None,
    within: Annotated[UUID | None, Query(alias="withinUnitId")] = None,
    sort: str = "since",
) -> Any:
    """A page of talents."""
    wanted = talents(first, live=live, within=within, latest=sort == "-updatedAt")
    return {"items": (await session.exec(nested(wanted))).all()}


@router.get("/talents/{identity}", response_model=TalentOut)
async def one_talent(identity: UUID, session: Session) -> Any:
    """One talent."""
    found = (await session.exec(nested(select(Talent).where(Talent.id == identity)))).first()
    if found is None:
        raise HTTPException(404)
    return found


@router.get("/persons", response_model=PersonsOut)
async def list_persons(session: Session, name: str, first: First = 50) -> Any:
    """A page of persons whose name starts so."""
    return {"items": (await session.exec(with_unit(named(first, name)))).all()}
