"""Assessments."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy import table as lean

from service.domain.aggregates import Found
from service.domain.assessments.model import Assessment
from service.domain.assessments.views import AssessmentView
from service.domain.candidacies.states import AWAITING_ANSWER, DECIDED, CandidacyState
from service.domain.programmes.model import Criterion
from service.repo.reading.source import ME, TODAY, Predicate, Source, among, constant
from service.repo.store import Rows, Session, restored
from service.repo.tables import AggregateRow, JsonList, OptionalInstant, index, reference, table, unique


class AssessmentRow(AggregateRow, table=True):
    """One assessor's scores of one candidate."""

    __table_args__ = (
        reference("candidacy_id", "candidacy"),
        reference("person_id", "person"),
        reference("assessor_id", "person"),
        unique("uq_assessment_assessor", "candidacy_id", "assessor_id"),
        index("ix_assessment_person", "person_id", "assessor_id"),
        index("ix_assessment_assessor", "assessor_id"),
        index("ix_assessment_updated", "updated_at", "id"),
    )

    candidacy_id: UUID
    person_id: UUID
    assessor_id: UUID
    scores: JsonList
    mean: Decimal | None
    submitted_at: OptionalInstant
    calibrations: JsonList


_CANDIDACY = lean(
    "candidacy", column("id", Uuid()), column("state", Text()), column("statement"), column("statement_due_on")
)


_UNDECIDED = (CandidacyState.SUBMITTED, CandidacyState.ASSESSED)


def assessed() -> Select[Any]:
    """The persons whom the reader assesses, as long as they have no answer yet."""
    assessment, candidacy = table(AssessmentRow).alias(), _CANDIDACY.alias()
    return (
        select(assessment.c.person_id)
        .select_from(assessment.join(candidacy, candidacy.c.id == assessment.c.candidacy_id))
        .where(assessment.c.assessor_id == ME, among(candidacy.c.state, _UNDECIDED))
    )


MY_ASSESSED = assessed().cte("my_assessed")
"""The same, found once per statement."""


def in_selection(person: FromClause) -> ColumnElement[bool]:
    """The reader assesses the person of the row, who has no answer yet: age and gender are kept from the reader.

    Looked up per person: somebody may have assessed thousands over the years. (Without OFFSET Postgres may look all of
    them up after all, to have them in a hash.)
    """
    assessment, candidacy = table(AssessmentRow).alias(), _CANDIDACY.alias()
    mine = (
        select(assessment.c.id)
        .select_from(assessment.join(candidacy, candidacy.c.id == assessment.c.candidacy_id))
        .where(
            assessment.c.person_id == person.c.id,
            assessment.c.assessor_id == ME,
            among(candidacy.c.state, AWAITING_ANSWER),
        )
    )
    return exists(mine.correlate(person).offset(literal_column("0", Integer())))


def _fellow(row: FromClause) -> ColumnElement[bool]:
    """The reader assesses the same candidacy and has submitted; so has this one."""
    mine = table(AssessmentRow).alias()
    wanted = select(mine.c.id).where(
        mine.c.candidacy_id == row.c.candidacy_id, mine.c.assessor_id == ME, mine.c.submitted_at.is_not(None)
    )
    return and_(row.c.submitted_at.is_not(None), exists(wanted.correlate(row)))


def _candidacy_is(row: FromClause, condition: Predicate) -> ColumnElement[bool]:
    candidacy = _CANDIDACY.alias()
    wanted = select(candidacy.c.id).where(candidacy.c.id == row.c.candidacy_id, condition(candidacy))
    return exists(wanted.correlate(row))


def _candidate(row: FromClause) -> ColumnElement[bool]:
    """The reader is the candidate and has an answer."""
    answered = _candidacy_is(row, lambda candidacy: among(candidacy.c.state, DECIDED))
    return and_(row.c.person_id == ME, row.c.submitted_at.is_not(None), answered)


def _candidacy_submitted(row: FromClause) -> ColumnElement[bool]:
    return _candidacy_is(row, lambda candidacy: candidacy.c.state == constant(CandidacyState.SUBMITTED))


def _candidacy_undecided(row: FromClause) -> ColumnElement[bool]:
    return _candidacy_is(row, lambda candidacy: among(candidacy.c.state, AWAITING_ANSWER))


def _statement_settled(row: FromClause) -> ColumnElement[bool]:
    return _candidacy_is(
        row, lambda candidacy: or_(candidacy.c.statement.is_not(None), candidacy.c.statement_due_on < TODAY)
    )


ASSESSMENTS = Source(
    view=AssessmentView,
    table=table(AssessmentRow),
    named={
        "assessor": lambda row: row.c.assessor_id == ME,
        "fellowAssessor": _fellow,
        "candidate": _candidate,
        "submitted": lambda row: row.c.submitted_at.is_not(None),
        "candidacyUndecided": _candidacy_undecided,
        "unsubmitted": lambda row: row.c.submitted_at.is_(None),
        "candidacySubmitted": _candidacy_submitted,
        "statementSettled": _statement_settled,
    },
    joins={
        "assessor": lambda row, target: and_(target.c.id == row.c.assessor_id, row.c.person_id.is_distinct_from(ME)),
    },
    filters={
        "mine": lambda row, value: func.coalesce(row.c.assessor_id == ME, False) == value,
        "submitted": lambda row, value: row.c.submitted_at.is_not(None) == value,
    },
)

_LOCK_COHORT = """
SELECT FROM cohort WHERE id =
    (SELECT c.cohort_id FROM candidacy c JOIN assessment a ON a.candidacy_id = c.id WHERE a.id = $1) FOR UPDATE
"""
_BEING_ASSESSED_BETWEEN = """
SELECT DISTINCT c.id, c.cohort_id FROM assessment a JOIN candidacy c ON c.id = a.candidacy_id
WHERE c.state = 'submitted' AND (a.person_id, a.assessor_id) IN (($1::uuid, $2::uuid), ($2::uuid, $1::uuid))
ORDER BY c.cohort_id, c.id
"""
_CRITERIA = """
SELECT p.criteria FROM programme p JOIN cohort c ON c.programme_id = p.id JOIN candidacy d ON d.cohort_id = c.id
WHERE d.id = $1
"""


@dataclass(eq=False)
class PostgresAssessments(Rows[Assessment]):
    """`service.domain.assessments.ports.Assessments` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, ASSESSMENTS, Assessment)

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[Assessment]:
        """Lock the cohort, then it. Raises NotFound, StaleVersion."""
        await self.session.connection.execute(_LOCK_COHORT, identity)
        return await super().get(identity, expected_version)

    async def of(self, candidacy: UUID) -> Sequence[Assessment]:
        """All of a candidacy."""
        rows = await self.session.connection.fetch(
            "SELECT * FROM assessment WHERE candidacy_id = $1 ORDER BY id FOR UPDATE", candidacy
        )
        return [self.load(row) for row in rows]

    async def criteria_of(self, candidacy: UUID) -> Sequence[Criterion]:
        """The frozen criteria."""
        kept = await self.session.connection.fetchval(_CRITERIA, candidacy)
        return msgspec.convert(restored(kept), list[Criterion])

    async def being_assessed_between(self, one: UUID, other: UUID) -> Sequence[UUID]:
        """The candidacies, not assessed yet, in which one of the two assesses the other."""
        return [row["id"] for row in await self.session.connection.fetch(_BEING_ASSESSED_BETWEEN, one, other)]

    async def remove(self, assessment: Assessment, event: str) -> None:
        """Delete it, with its event."""
        await self.session.connection.execute("DELETE FROM assessment WHERE id = $1", assessment.id)
        self.record(assessment, event, [])
