"""The tables as SQLModel maps them, with the relationships that are followed."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel import Field, Relationship, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.load import CONNECTIONS


def today_there() -> date:
    """The date where the organisation is."""
    return datetime.now(ZoneInfo("Europe/Copenhagen")).date()


class Unit(SQLModel, table=True):
    """A unit of the tree."""

    id: UUID = Field(primary_key=True)
    name: str
    kind: str


class UnitClosure(SQLModel, table=True):
    """A unit and one above it."""

    __tablename__ = "unit_closure"  # pyright: ignore[reportAssignmentType]  # SQLModel's documented way

    ancestor_id: UUID = Field(primary_key=True)
    descendant_id: UUID = Field(primary_key=True)


class Engagement(SQLModel, table=True):
    """A person in a unit."""

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    is_primary: bool
    start_on: date | None
    end_on: date | None
    unit: Unit = Relationship()


class Placement(SQLModel, table=True):
    """A person for a while in another unit."""

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    kind: str
    state: str
    start_on: date
    end_on: date
    load_percent: int


class Candidacy(SQLModel, table=True):
    """A person's wish for a place in a cohort."""

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    state: str
    submitted_at: datetime | None = Field(sa_type=cast("Any", DateTime(timezone=True)))


class Person(SQLModel, table=True):
    """An employee."""

    id: UUID = Field(primary_key=True)
    given_name: str | None
    family_name: str | None
    email: str | None
    professional_field: str | None
    name_key: str
    given_folded: str
    family_folded: str
    engagements: list[Engagement] = Relationship()
    placements: list[Placement] = Relationship(sa_relationship_kwargs={"order_by": "Placement.id"})
    candidacies: list[Candidacy] = Relationship(sa_relationship_kwargs={"order_by": "Candidacy.id"})

    @property
    def unit(self) -> Unit | None:
        """The unit of the primary engagement today."""
        today = today_there()
        for one in self.engagements:
            if (
                one.is_primary
                and (not one.start_on or one.start_on <= today)
                and (not one.end_on or one.end_on > today)
            ):
                return one.unit
        return None


class Talent(SQLModel, table=True):
    """A talent profile."""

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    origins: list[str] = Field(sa_type=JSONB)
    interests: list[str] = Field(sa_type=JSONB)
    mobility: str | None
    since: date
    ended_on: date | None
    updated_at: datetime = Field(sa_type=cast("Any", DateTime(timezone=True)))
    person: Person = Relationship()

    @property
    def candidacies(self) -> list[Candidacy]:
        """The person's candidacies."""
        return self.person.candidacies


def opened(url: str) -> tuple[AsyncEngine, async_sessionmaker[AsyncSession]]:
    """An engine with as many connections as requests are under way, and what makes sessions over it."""
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"), pool_size=CONNECTIONS)
    return engine, async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
