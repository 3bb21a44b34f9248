"""Evaluations, and the responses in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Uuid, bindparam, exists, func, select

from service.domain.aggregates import Found
from service.domain.evaluations.model import Audience, Evaluation, EvaluationResponse, EvaluationState
from service.domain.evaluations.views import EvaluationResponseView, EvaluationView
from service.domain.sessions.attending import TAKING_PART
from service.repo import leading
from service.repo.cohorts import CohortRow
from service.repo.reading.reader import Statement, statement
from service.repo.reading.source import ME, Source, among, constant
from service.repo.store import Rows, Session
from service.repo.tables import (
    AggregateRow,
    JsonList,
    OptionalInstant,
    OptionalJsonList,
    index,
    reference,
    table,
    unique,
)
from service.repo.taking_part import PARTICIPATION


class EvaluationRow(AggregateRow, table=True):
    """What is asked about a programme."""

    __table_args__ = (
        reference("programme_id", "programme"),
        unique("uq_evaluation_programme", "programme_id"),
        index("ix_evaluation_state", "state"),
        index("ix_evaluation_due", "due_on", "id"),
        index("ix_evaluation_updated", "updated_at", "id"),
    )

    programme_id: UUID
    questions: JsonList
    due_on: date
    state: str
    results: OptionalJsonList
    closed_on: date | None


class EvaluationResponseRow(AggregateRow, table=True):
    """One respondent's part."""

    __table_args__ = (
        reference("evaluation_id", "evaluation"),
        reference("respondent_id", "person"),
        unique("uq_evaluation_response_respondent", "evaluation_id", "respondent_id", "audience"),
        index("ix_evaluation_response_respondent", "respondent_id"),
        index("ix_evaluation_response_updated", "updated_at", "id"),
    )

    evaluation_id: UUID
    respondent_id: UUID
    audience: str
    answers: JsonList
    submitted_at: OptionalInstant


def _count(row: FromClause, *, submitted: bool) -> ColumnElement[Any]:
    response = table(EvaluationResponseRow).alias()
    wanted = select(func.count()).select_from(response).where(response.c.evaluation_id == row.c.id)
    if submitted:
        wanted = wanted.where(response.c.submitted_at.is_not(None))
    return wanted.correlate(row).scalar_subquery()


def _asked(row: FromClause) -> ColumnElement[bool]:
    response = table(EvaluationResponseRow).alias()
    mine = select(response.c.id).where(response.c.evaluation_id == row.c.id, response.c.respondent_id == ME)
    return exists(mine.correlate(row))


def _unanswered(row: FromClause) -> ColumnElement[bool]:
    response = table(EvaluationResponseRow).alias()
    given = select(response.c.id).where(response.c.evaluation_id == row.c.id, response.c.submitted_at.is_not(None))
    return ~exists(given.correlate(row))


EVALUATIONS = Source(
    view=EvaluationView,
    table=table(EvaluationRow),
    named={"asked": _asked, "unanswered": _unanswered},
    columns={
        "asked": lambda row: _count(row, submitted=False),
        "answered": lambda row: _count(row, submitted=True),
    },
    joins={"responses": lambda row, target: target.c.evaluation_id == row.c.id},
)


def _open(row: FromClause) -> ColumnElement[bool]:
    evaluation = table(EvaluationRow).alias()
    wanted = select(evaluation.c.id).where(
        evaluation.c.id == row.c.evaluation_id, evaluation.c.state == constant(EvaluationState.OPEN)
    )
    return exists(wanted.correlate(row))


EVALUATION_RESPONSES = Source(
    view=EvaluationResponseView,
    table=table(EvaluationResponseRow),
    named={
        "respondent": lambda row: row.c.respondent_id == ME,
        "open": _open,
        "unsubmitted": lambda row: row.c.submitted_at.is_(None),
    },
    filters={"submitted": lambda row, value: row.c.submitted_at.is_not(None) == value},
)


def _audiences() -> Statement:
    """Participants, their nearest managers today, and the facilitators who are persons here."""
    participation, cohort = PARTICIPATION.alias(), table(CohortRow).alias()
    of_programme = select(cohort.c.id).where(cohort.c.programme_id == bindparam("programme", type_=Uuid()))
    wanted = select(participation.c.person_id, leading.nearest_manager(participation.c.person_id).label("manager_id"))
    return statement(
        wanted.where(participation.c.cohort_id.in_(of_programme), among(participation.c.state, TAKING_PART))
    )


_AUDIENCES = _audiences()
_FACILITATORS = """
SELECT DISTINCT s.facilitator_id FROM session s JOIN cohort c ON c.id = s.cohort_id
WHERE c.programme_id = $1 AND s.state = 'planned' AND s.facilitator_id IS NOT NULL
"""
_LEFT = "SELECT id FROM person WHERE id = ANY($1::uuid[]) AND left_on <= $2"
_LOCK = "SELECT FROM evaluation WHERE id = (SELECT evaluation_id FROM evaluation_response WHERE id = $1) FOR UPDATE"
_FORGET = """
UPDATE evaluation_response SET answers = '[]', version = version + 1, updated_at = $2
WHERE evaluation_id = $1 AND submitted_at IS NOT NULL
"""


@dataclass(eq=False)
class PostgresEvaluations(Rows[Evaluation]):
    """`service.domain.evaluations.ports.Evaluations` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, EVALUATIONS, Evaluation)

    async def of(self, programme: UUID) -> Evaluation | None:
        """The programme's evaluation, locked."""
        row = await self.session.connection.fetchrow(
            "SELECT * FROM evaluation WHERE programme_id = $1 FOR UPDATE", programme
        )
        return self.load(row) if row else None

    async def audiences(self, programme: UUID, today: date) -> Sequence[tuple[UUID, Audience]]:
        """Who is asked about the programme, in which part; not who has left the organisation."""
        rows = await self.session.fetch(_AUDIENCES, programme=programme)
        teaching = await self.session.connection.fetch(_FACILITATORS, programme)
        found: dict[Audience, set[UUID]] = {
            Audience.PARTICIPANT: {row["person_id"] for row in rows},
            Audience.MANAGER: {row["manager_id"] for row in rows if row["manager_id"]},
            Audience.FACILITATOR: {row[0] for row in teaching},
        }
        everybody = sorted({person for persons in found.values() for person in persons})
        left = {row[0] for row in await self.session.connection.fetch(_LEFT, everybody, today)}
        return [(person, audience) for audience, persons in found.items() for person in sorted(persons - left)]


@dataclass(eq=False)
class PostgresEvaluationResponses(Rows[EvaluationResponse]):
    """`service.domain.evaluations.ports.EvaluationResponses` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, EVALUATION_RESPONSES, EvaluationResponse)

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[EvaluationResponse]:
        """Lock the evaluation, then it. Raises NotFound, StaleVersion."""
        await self.session.connection.execute(_LOCK, identity)
        return await super().get(identity, expected_version)

    async def of(self, evaluation: UUID) -> Sequence[EvaluationResponse]:
        """All of an evaluation, whoever asks, locked."""
        rows = await self.session.connection.fetch(
            "SELECT * FROM evaluation_response WHERE evaluation_id = $1 ORDER BY id FOR UPDATE", evaluation
        )
        return [self.load(row) for row in rows]

    async def forget(self, evaluation: UUID) -> None:
        """Delete what anybody said; that somebody answered stays."""
        await self.session.connection.execute(_FORGET, evaluation, self.session.now)
