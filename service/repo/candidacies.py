"""Candidacies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Uuid, bindparam, case, exists, func, or_, select

from service.domain.aggregates import Found
from service.domain.candidacies.model import Candidacy, NominationState
from service.domain.candidacies.states import FALLS_TO
from service.domain.candidacies.views import CandidacyView
from service.repo import leading
from service.repo.assessments import AssessmentRow
from service.repo.cohorts import COHORTS, CohortRow, takes_seat
from service.repo.reading.reader import Statement, statement
from service.repo.reading.source import ME, Source, constant
from service.repo.store import Rows, Session
from service.repo.tables import (
    AggregateRow,
    JsonList,
    OptionalInstant,
    OptionalJson,
    index,
    reference,
    table,
    unique,
)
from service.repo.units import administration_of


class CandidacyRow(AggregateRow, table=True):
    """A person's candidacy for a cohort."""

    __table_args__ = (
        reference("person_id", "person"),
        reference("cohort_id", "cohort"),
        reference("administration_id", "unit"),
        reference("nominated_by_id", "person"),
        unique("uq_candidacy_person_cohort", "person_id", "cohort_id"),
        index("ix_candidacy_cohort", "cohort_id", "state", "rank"),
        index("ix_candidacy_administration", "administration_id"),
        index("ix_candidacy_nominated_by", "nominated_by_id"),
        index("ix_candidacy_state", "state"),
        index("ix_candidacy_updated", "updated_at", "id"),
    )

    person_id: UUID
    cohort_id: UUID
    state: str
    ways: JsonList
    administration_id: UUID | None
    motivation: str | None
    nomination: str | None
    nominated_by_id: UUID | None
    rationale: str | None
    statement: OptionalJson
    statement_due_on: date | None
    submitted_at: OptionalInstant
    decided_at: OptionalInstant
    reason: str | None
    rank: int | None


def _assesses(row: FromClause) -> ColumnElement[bool]:
    assessment = table(AssessmentRow).alias()
    wanted = select(assessment.c.id).where(assessment.c.candidacy_id == row.c.id, assessment.c.assessor_id == ME)
    return exists(wanted.correlate(row))


def _cohort(row: FromClause, name: str) -> ColumnElement[bool]:
    """What is said of the cohort, under the name that it has there."""
    cohort = table(CohortRow).alias()
    wanted = select(cohort.c.id).where(cohort.c.id == row.c.cohort_id, COHORTS.named[name](cohort))
    return exists(wanted.correlate(row))


def _score(row: FromClause) -> ColumnElement[Any]:
    assessment = table(AssessmentRow).alias()
    wanted = select(func.round(func.avg(assessment.c.mean), 2)).where(assessment.c.candidacy_id == row.c.id)
    return wanted.correlate(row).scalar_subquery()


def _motivation(row: FromClause) -> ColumnElement[Any]:
    """A draft's motivation is the candidate's own."""
    return case((or_(row.c.submitted_at.is_not(None), row.c.person_id == ME), row.c.motivation))


def _rationale(row: FromClause) -> ColumnElement[Any]:
    """Until it is accepted, a nomination is between the manager and the nominee."""
    between = or_(row.c.person_id == ME, row.c.nominated_by_id == ME)
    return case((or_(row.c.nomination != constant(NominationState.PENDING), between), row.c.rationale))


def _sent(row: FromClause) -> ColumnElement[bool]:
    """Until it is submitted it is between the person and who nominated them."""
    return or_(row.c.submitted_at.is_not(None), row.c.person_id == ME, row.c.nominated_by_id == ME)


CANDIDACIES = Source(
    view=CandidacyView,
    table=table(CandidacyRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
        "assessor": _assesses,
        "anothers": lambda row: row.c.person_id.is_distinct_from(ME),
        "nominationPending": lambda row: row.c.nomination == constant(NominationState.PENDING),
        "unstated": lambda row: row.c.statement.is_(None),
        "callOpen": lambda row: _cohort(row, "callOpen"),
        "programmeNotOver": lambda row: _cohort(row, "programmeNotOver"),
    },
    columns={"score": _score, "motivation": _motivation, "rationale": _rationale},
    joins={"participation": lambda row, target: target.c.candidacy_id == row.c.id},
    always=_sent,
)


def _seated() -> Statement:
    row = table(CandidacyRow).alias()
    cohort = bindparam("cohort", type_=Uuid())
    return statement(select(row.c.administration_id).where(takes_seat(row, cohort)))


def _administration() -> Statement:
    engagement = leading.primary()
    wanted = select(administration_of(engagement.c.unit_id)).where(engagement.c.person_id == _PERSON)
    return statement(wanted)


_PERSON = bindparam("person", type_=Uuid())
_SEATED = _seated()
_ADMINISTRATION = _administration()
_NEAREST_MANAGER = statement(select(leading.nearest_manager(_PERSON)))
_LOCK_COHORT = "SELECT FROM cohort WHERE id = (SELECT cohort_id FROM candidacy WHERE id = $1) FOR UPDATE"
_LOCK_COHORTS = "SELECT FROM cohort WHERE programme_id = $1 ORDER BY id FOR UPDATE"
_UNDECIDED = """
SELECT * FROM candidacy WHERE state = ANY($2) AND cohort_id IN (SELECT id FROM cohort WHERE programme_id = $1)
ORDER BY id FOR UPDATE
"""
_WAITING = "SELECT * FROM candidacy WHERE cohort_id = $1 AND state = 'waitlisted' ORDER BY rank, id FOR UPDATE"


@dataclass(eq=False)
class PostgresCandidacies(Rows[Candidacy]):
    """`service.domain.candidacies.ports.Candidacies` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, CANDIDACIES, Candidacy)

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[Candidacy]:
        """Lock the cohort, then it. Raises NotFound, StaleVersion."""
        await self.session.connection.execute(_LOCK_COHORT, identity)
        return await super().get(identity, expected_version)

    async def of(self, person: UUID, cohort: UUID) -> Candidacy | None:
        """The person's candidacy for the cohort, locked."""
        row = await self.session.connection.fetchrow(
            "SELECT * FROM candidacy WHERE person_id = $1 AND cohort_id = $2 FOR UPDATE", person, cohort
        )
        return self.load(row) if row else None

    async def seated(self, cohort: UUID) -> tuple[UUID | None, ...]:
        """The administration of each who holds a place."""
        return tuple(one[0] for one in await self.session.fetch(_SEATED, cohort=cohort))

    async def waitlist(self, cohort: UUID) -> Sequence[Candidacy]:
        """Who waits for a place, in order, locked."""
        return [self.load(row) for row in await self.session.connection.fetch(_WAITING, cohort)]

    async def undecided_in(self, programme: UUID) -> Sequence[Candidacy]:
        """Every candidacy for a cohort of the programme that has no final answer, locked, its cohort first."""
        connection = self.session.connection
        await connection.execute(_LOCK_COHORTS, programme)
        return [self.load(row) for row in await connection.fetch(_UNDECIDED, programme, list(FALLS_TO))]

    async def administration_of(self, person: UUID) -> UUID | None:
        """The administration of the person's primary engagement today."""
        rows = await self.session.fetch(_ADMINISTRATION, person=person)
        return rows[0][0] if rows else None

    async def nearest_manager_of(self, person: UUID) -> UUID | None:
        """The person's nearest manager today."""
        (row,) = await self.session.fetch(_NEAREST_MANAGER, person=person)
        return row[0]
