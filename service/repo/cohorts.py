"""Cohorts."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Text, Uuid, and_, bindparam, column, exists, func, select
from sqlalchemy import table as lean

from service.domain.aggregates import Found
from service.domain.candidacies.states import TAKING_PLACE
from service.domain.cohorts.model import Cohort
from service.domain.cohorts.views import CohortView
from service.domain.participations.model import ParticipationState
from service.domain.programmes.model import PROGRAMME, ProgrammeState
from service.repo.programmes import PROGRAMMES, READERS, ProgrammeRow
from service.repo.reading.reader import statement
from service.repo.reading.source import NOW, Predicate, Source, among, constant
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, Instant, JsonList, check, index, reference, table


class CohortRow(AggregateRow, table=True):
    """A cohort of a programme."""

    __table_args__ = (
        reference("programme_id", "programme"),
        check("ck_cohort_capacity", "capacity > 0"),
        check("ck_cohort_period", "ends_on > starts_on"),
        index("ix_cohort_programme", "programme_id"),
        index("ix_cohort_starts_on", "starts_on", "id"),
        index("ix_cohort_apply_by", "apply_by", "id"),
        index("ix_cohort_updated", "updated_at", "id"),
    )

    programme_id: UUID
    name: str
    capacity: int
    reserved: JsonList
    apply_by: Instant
    starts_on: date
    ends_on: date | None


_CANDIDACY = lean("candidacy", column("id", Uuid()), column("cohort_id", Uuid()), column("state", Text()))
_PARTICIPATION = lean("participation", column("candidacy_id", Uuid()), column("state", Text()))


def takes_seat(candidacy: FromClause) -> ColumnElement[bool]:
    """The candidate is offered a seat, or has accepted it and not left the cohort since."""
    participation = _PARTICIPATION.alias()
    left = select(participation.c.candidacy_id).where(
        participation.c.candidacy_id == candidacy.c.id,
        participation.c.state == constant(ParticipationState.WITHDRAWN),
    )
    return and_(among(candidacy.c.state, TAKING_PLACE), ~exists(left.correlate(candidacy)))


def _seats_taken(row: FromClause) -> ColumnElement[Any]:
    candidacy = _CANDIDACY.alias()
    wanted = select(func.count()).select_from(candidacy)
    return wanted.where(candidacy.c.cohort_id == row.c.id, takes_seat(candidacy)).correlate(row).scalar_subquery()


def _call_open(row: FromClause) -> ColumnElement[bool]:
    programme = table(ProgrammeRow).alias()
    wanted = select(programme.c.id).where(
        programme.c.id == row.c.programme_id, programme.c.state == constant(ProgrammeState.OPEN)
    )
    return and_(row.c.apply_by > NOW, exists(wanted.correlate(row)))


def _of_programme(name: str) -> Predicate:
    """What is said of its programme, under the name that it has there."""

    def said(row: FromClause) -> ColumnElement[bool]:
        programme = table(ProgrammeRow).alias()
        wanted = select(programme.c.id).where(programme.c.id == row.c.programme_id, PROGRAMMES.named[name](programme))
        return exists(wanted.correlate(row))

    return said


def _programme_not_over(row: FromClause) -> ColumnElement[bool]:
    programme = table(ProgrammeRow).alias()
    wanted = select(programme.c.id).where(
        programme.c.id == row.c.programme_id, among(programme.c.state, PROGRAMME.action("cancel").sources)
    )
    return exists(wanted.correlate(row))


COHORTS = Source(
    view=CohortView,
    table=table(CohortRow),
    named={
        **{name: _of_programme(name) for name in (*READERS, "inTargetGroup")},
        "programmeNotOver": _programme_not_over,
        "callOpen": _call_open,
        "hasReserved": lambda row: func.jsonb_array_length(row.c.reserved) > 0,
    },
    columns={
        "seatsTaken": _seats_taken,
        "seatsFree": lambda row: row.c.capacity - _seats_taken(row),
    },
)


@dataclass(eq=False)
class PostgresCohorts(Rows[Cohort]):
    """`service.domain.cohorts.ports.Cohorts` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, COHORTS, Cohort)

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[Cohort]:
        """Lock it, then read what holds now: a wait for the lock may be one for the end of the call.

        Raises NotFound, StaleVersion.
        """
        await self.session.connection.execute("SELECT FROM cohort WHERE id = $1 FOR UPDATE", identity)
        return await super().get(identity, expected_version)

    async def seats_taken(self, cohort: Cohort) -> int:
        """How many seats are offered or accepted; the cohort is locked by the caller."""
        row = table(CohortRow).alias()
        wanted = select(_seats_taken(row).label("taken")).where(row.c.id == bindparam("id", type_=Uuid()))
        (found,) = await self.session.fetch(statement(wanted), id=cohort.id)
        return found["taken"]
