"""Candidacies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Uuid, and_, bindparam, case, exists, func, or_, select

from service.domain.aggregates import Found
from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.states import FALLS_TO, CandidacyState
from service.domain.candidacies.views import CandidacyView
from service.repo import leading, seats
from service.repo.assessments import AssessmentRow
from service.repo.candidacy_lists import FILTERS, deadline_passed
from service.repo.cohorts import COHORTS, CohortRow
from service.repo.programmes import ProgrammeRow
from service.repo.reading.reader import Statement, statement
from service.repo.reading.source import ME, NOW, TODAY, Source, constant
from service.repo.reconsiderations import ReconsiderationRow
from service.repo.relations import related
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
from service.repo.target_groups import in_target_group
from service.repo.units import administration_of


class CandidacyRow(AggregateRow, table=True):
    """A person's candidacy for a cohort. `score_key` orders by score, those without one first."""

    __table_args__ = (
        reference("person_id", "person"),
        reference("cohort_id", "cohort"),
        reference("administration_id", "unit"),
        reference("decided_by_id", "person"),
        unique("uq_candidacy_person_cohort", "person_id", "cohort_id"),
        index("ix_candidacy_cohort", "cohort_id", "state", "rank"),
        index("ix_candidacy_administration", "administration_id"),
        index("ix_candidacy_decided_by", "decided_by_id"),
        index("ix_candidacy_state", "state", "answer_by"),
        index("ix_candidacy_score", "score_key", "id"),
        index("ix_candidacy_updated", "updated_at", "id"),
    )

    person_id: UUID
    cohort_id: UUID
    state: str
    ways: JsonList
    administration_id: UUID | None
    motivation: str | None
    statement: OptionalJson
    statement_requested_at: OptionalInstant
    statement_due_on: date | None
    statement_reminded_at: OptionalInstant
    submitted_at: OptionalInstant
    assessed_at: OptionalInstant
    score: Decimal | None
    score_key: int
    offered_at: OptionalInstant
    answer_by: OptionalInstant
    decided_at: OptionalInstant
    decided_by_id: UUID | None
    reason: str | None
    feedback: str | None
    reconsider_by: date | None
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


def _in_target_group(row: FromClause) -> ColumnElement[bool]:
    """The candidate is in the target group of the call (F1)."""
    cohort, programme = table(CohortRow).alias(), table(ProgrammeRow).alias()
    wanted = (
        select(cohort.c.id)
        .select_from(cohort.join(programme, programme.c.id == cohort.c.programme_id))
        .where(cohort.c.id == row.c.cohort_id, in_target_group(programme, row.c.person_id))
    )
    return exists(wanted.correlate(row))


def _standing(row: FromClause) -> ColumnElement[Any]:
    """One more than there are with a better score; those with the same score share it."""
    better = table(CandidacyRow).alias()
    count = select(func.count() + 1).select_from(better)
    count = count.where(better.c.cohort_id == row.c.cohort_id, better.c.score > row.c.score)
    return case((row.c.score.is_not(None), count.correlate(row).scalar_subquery()))


def _motivation(row: FromClause) -> ColumnElement[Any]:
    """A draft's motivation is the candidate's own."""
    return case((or_(row.c.submitted_at.is_not(None), row.c.person_id == ME), row.c.motivation))


def _unreconsidered(row: FromClause) -> ColumnElement[bool]:
    reconsideration = table(ReconsiderationRow).alias()
    asked = select(reconsideration.c.id).where(reconsideration.c.candidacy_id == row.c.id)
    return ~exists(asked.correlate(row))


CANDIDACIES = Source(
    view=CandidacyView,
    table=table(CandidacyRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
        "assessor": _assesses,
        "anothers": lambda row: row.c.person_id.is_distinct_from(ME),
        "unrelated": lambda row: ~related(row.c.person_id, ME),
        "unstated": lambda row: row.c.statement.is_(None),
        "callOpen": lambda row: _cohort(row, "callOpen"),
        "inTargetGroup": _in_target_group,
        "programmeNotOver": lambda row: _cohort(row, "programmeNotOver"),
        "placeFree": seats.place_free,
        "nextInLine": seats.next_in_line,
        "answerable": lambda row: or_(row.c.answer_by.is_(None), row.c.answer_by > NOW),
        "reconsiderable": lambda row: row.c.reconsider_by >= TODAY,
        "unreconsidered": _unreconsidered,
    },
    columns={"standing": _standing, "motivation": _motivation, "deadlinePassed": deadline_passed},
    joins={
        "participation": lambda row, target: target.c.candidacy_id == row.c.id,
        "reconsideration": lambda row, target: target.c.candidacy_id == row.c.id,
    },
    filters=FILTERS,
    always=lambda row: or_(row.c.submitted_at.is_not(None), row.c.person_id == ME),
)


def _administration() -> Statement:
    engagement = leading.primary()
    wanted = select(administration_of(engagement.c.unit_id)).where(engagement.c.person_id == _PERSON)
    return statement(wanted)


def _next_in_line() -> Statement:
    row = table(CandidacyRow).alias()
    waiting = and_(row.c.cohort_id == bindparam("cohort", type_=Uuid()), row.c.state == _WAITLISTED)
    wanted = select(row).where(waiting, seats.place_free(row)).order_by(row.c.rank, row.c.id).limit(1)
    return statement(wanted.with_for_update(of=row))


_WAITLISTED = constant(CandidacyState.WAITLISTED)
_PERSON = bindparam("person", type_=Uuid())
_ADMINISTRATION = _administration()
_NEXT_IN_LINE = _next_in_line()
_NEAREST_MANAGER = statement(select(leading.nearest_manager(_PERSON)))
_LOCK_COHORT = "SELECT FROM cohort WHERE id = (SELECT cohort_id FROM candidacy WHERE id = $1) FOR UPDATE"
_LOCK_COHORTS = "SELECT FROM cohort WHERE programme_id = $1 ORDER BY id FOR UPDATE"
_UNDECIDED = """
SELECT * FROM candidacy WHERE state = ANY($2) AND cohort_id IN (SELECT id FROM cohort WHERE programme_id = $1)
ORDER BY id FOR UPDATE
"""
_WAITING = "SELECT * FROM candidacy WHERE cohort_id = $1 AND state = 'waitlisted' ORDER BY rank, id FOR UPDATE"
_LAPSED = "state = 'offered' AND answer_by <= $1"
_COHORTS_OF_LAPSED = f"SELECT DISTINCT cohort_id FROM candidacy WHERE {_LAPSED} ORDER BY cohort_id"  # noqa: S608  -- a constant
_LAPSED_OF = f"SELECT * FROM candidacy WHERE {_LAPSED} AND cohort_id = $2 ORDER BY answer_by, id FOR UPDATE"  # noqa: S608  -- a constant
_NEXT_LAPSE = "SELECT min(answer_by) FROM candidacy WHERE state = 'offered'"
_UNSTATED = """
SELECT * FROM candidacy
WHERE state = 'submitted' AND statement IS NULL AND statement_reminded_at IS NULL AND statement_due_on <= $1
ORDER BY id FOR UPDATE SKIP LOCKED
"""


@dataclass(eq=False)
class PostgresCandidacies(Rows[Candidacy]):
    """`service.domain.candidacies.ports.Candidacies` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, CANDIDACIES, Candidacy)

    def derived(self, aggregate: Candidacy) -> dict[str, Any]:
        """The score's order key: hundredths, and 0 where there is none."""
        return {"score_key": int((aggregate.score or 0) * 100)}

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

    async def waitlist(self, cohort: UUID) -> Sequence[Candidacy]:
        """Who waits for a place, in order, locked."""
        return [self.load(row) for row in await self.session.connection.fetch(_WAITING, cohort)]

    async def next_in_line(self, cohort: UUID) -> Candidacy | None:
        """The first on the waitlist for whom a place is free, locked."""
        rows = await self.session.fetch(_NEXT_IN_LINE, cohort=cohort)
        return self.load(rows[0]) if rows else None

    async def cohorts_of_lapsed(self, now: datetime) -> Sequence[UUID]:
        """The cohorts in which offers have not been answered in time."""
        return [row[0] for row in await self.session.connection.fetch(_COHORTS_OF_LAPSED, now)]

    async def lapsed(self, cohort: UUID, now: datetime) -> Sequence[Candidacy]:
        """Offers that have not been answered in time, locked."""
        return [self.load(row) for row in await self.session.connection.fetch(_LAPSED_OF, now, cohort)]

    async def next_lapse(self) -> datetime | None:
        """When the next offer lapses."""
        return await self.session.connection.fetchval(_NEXT_LAPSE)

    async def unstated(self, due_before: date) -> Sequence[Candidacy]:
        """Submitted ones whose statement is missing, due by that day and not reminded of, locked."""
        return [self.load(row) for row in await self.session.connection.fetch(_UNSTATED, due_before)]

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
