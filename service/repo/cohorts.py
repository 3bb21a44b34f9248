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
from service.domain.programmes.model import PROGRAMME, ProgrammeLevel, ProgrammeState
from service.repo.programmes import PROGRAMMES, READERS, ProgrammeRow
from service.repo.reading.reader import statement
from service.repo.reading.source import NOW, Predicate, Source, among, constant, is_person
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, Instant, JsonList, check, index, reference, table
from service.repo.taking_part import PARTICIPATION, is_participant


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
    modules: JsonList


_SESSION = lean("session", column("cohort_id", Uuid()))
_CANDIDACY = lean(
    "candidacy",
    *(column(one, Uuid()) for one in ("id", "cohort_id", "administration_id")),
    column("state", Text()),
)


def seats_taken(cohort: FromClause, *of: ColumnElement[Any]) -> ColumnElement[int]:
    """How many seats of the cohort are taken: by all, or by those of an administration.

    A seat is counted where the participation is, once there is one: whoever is deferred to another cohort takes theirs
    along. An offer, and a seat that was accepted, count where the candidacy is.
    """
    candidacy, participation = _CANDIDACY.alias(), PARTICIPATION.alias()
    begun = select(participation.c.candidacy_id).where(participation.c.candidacy_id == candidacy.c.id)
    offered = select(func.count()).where(
        candidacy.c.cohort_id == cohort.c.id,
        among(candidacy.c.state, TAKING_PLACE),
        ~exists(begun.correlate(candidacy)),
        *(candidacy.c.administration_id == one for one in of),
    )
    holder, holds = _CANDIDACY.alias(), PARTICIPATION.alias()
    held = (
        select(func.count())
        .select_from(holds.join(holder, holder.c.id == holds.c.candidacy_id))
        .where(
            holds.c.cohort_id == cohort.c.id,
            holds.c.state != constant(ParticipationState.WITHDRAWN),
            *(holder.c.administration_id == one for one in of),
        )
    )
    return (
        offered.correlate_except(candidacy).scalar_subquery() + held.correlate_except(holds, holder).scalar_subquery()
    )


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


def _has_plan(row: FromClause) -> ColumnElement[bool]:
    programme = table(ProgrammeRow).alias()
    planned = func.jsonb_array_length(programme.c.modules) > 0
    return exists(select(programme.c.id).where(programme.c.id == row.c.programme_id, planned).correlate(row))


def _unplanned(row: FromClause) -> ColumnElement[bool]:
    session = _SESSION.alias()
    there = select(session.c.cohort_id).where(session.c.cohort_id == row.c.id)
    return and_(func.jsonb_array_length(row.c.modules) == 0, ~exists(there.correlate(row)))


COHORTS = Source(
    view=CohortView,
    table=table(CohortRow),
    named={
        **{name: _of_programme(name) for name in (*READERS, "inTargetGroup")},
        "programmeNotOver": _programme_not_over,
        "callOpen": _call_open,
        "hasReserved": lambda row: func.jsonb_array_length(row.c.reserved) > 0,
        "participant": lambda row: is_participant(row.c.id),
        "person": is_person,
        "hasPlan": _has_plan,
        "unplanned": _unplanned,
    },
    columns={
        "seatsTaken": seats_taken,
        "seatsFree": lambda row: row.c.capacity - seats_taken(row),
    },
)

_MODULES_USED = """
SELECT module FROM session WHERE cohort_id = $1 AND state = 'planned'
UNION SELECT after_module FROM project WHERE cohort_id = $1 AND state = 'set'
UNION SELECT feeds_module FROM project WHERE cohort_id = $1 AND state = 'set'
"""
_HOLD = "SELECT FROM cohort WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE"
_LEVEL = "SELECT p.level FROM programme p JOIN cohort c ON c.programme_id = p.id WHERE c.id = $1"


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

    async def hold(self, *cohorts: UUID) -> None:
        """Lock several, in one order whoever asks."""
        await self.session.connection.execute(_HOLD, list(cohorts))

    async def programme_of(self, cohort: UUID) -> UUID | None:
        """The programme that it is a cohort of."""
        return await self.session.connection.fetchval("SELECT programme_id FROM cohort WHERE id = $1", cohort)

    async def seats_taken(self, cohort: Cohort) -> int:
        """How many seats are offered or accepted; the cohort is locked by the caller."""
        row = table(CohortRow).alias()
        wanted = select(seats_taken(row).label("taken")).where(row.c.id == bindparam("id", type_=Uuid()))
        (found,) = await self.session.fetch(statement(wanted), id=cohort.id)
        return found["taken"]

    async def modules_used(self, cohort: UUID) -> frozenset[int]:
        """The numbers of the modules that have sessions or projects."""
        rows = await self.session.connection.fetch(_MODULES_USED, cohort)
        return frozenset(row[0] for row in rows)

    async def level(self, cohort: UUID) -> ProgrammeLevel:
        """The level of the cohort's programme."""
        return ProgrammeLevel(await self.session.connection.fetchval(_LEVEL, cohort))
