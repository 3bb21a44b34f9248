"""Reconsiderations."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Uuid, and_, column, exists, or_, select
from sqlalchemy import table as lean
from sqlalchemy.dialects.postgresql import JSONB

from service.domain.aggregates import Found
from service.domain.reconsiderations.model import Reconsideration
from service.domain.reconsiderations.views import ReconsiderationView
from service.repo.assessments import AssessmentRow
from service.repo.reading.source import ME, TODAY, Source
from service.repo.relations import related
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, OptionalInstant, index, reference, table, unique


class ReconsiderationRow(AggregateRow, table=True):
    """A decline to be looked at once more."""

    __table_args__ = (
        reference("candidacy_id", "candidacy"),
        reference("person_id", "person"),
        reference("cohort_id", "cohort"),
        reference("answered_by_id", "person"),
        unique("uq_reconsideration_candidacy", "candidacy_id"),
        index("ix_reconsideration_person", "person_id"),
        index("ix_reconsideration_cohort", "cohort_id"),
        index("ix_reconsideration_answered_by", "answered_by_id"),
        index("ix_reconsideration_due", "due_on", "id"),
        index("ix_reconsideration_updated", "updated_at", "id"),
    )

    candidacy_id: UUID
    person_id: UUID
    cohort_id: UUID
    grounds: str
    due_on: date
    succeeds: bool | None
    answer: str | None
    answered_by_id: UUID | None
    answered_at: OptionalInstant


_CANDIDACY = lean("candidacy", column("id", Uuid()), column("decided_by_id", Uuid()), column("statement", JSONB()))
_NOMINATION = lean(
    "nomination", column("person_id", Uuid()), column("cohort_id", Uuid()), column("nominator_id", Uuid())
)


def overdue(row: FromClause) -> ColumnElement[bool]:
    """The last day for an answer is over, and there is none."""
    return and_(row.c.answered_at.is_(None), row.c.due_on < TODAY)


def _uninvolved(row: FromClause) -> ColumnElement[bool]:
    """The actor is a person who had no part in it."""
    assessment, candidacy, nomination = table(AssessmentRow).alias(), _CANDIDACY.alias(), _NOMINATION.alias()
    assessed = select(assessment.c.id).where(
        assessment.c.candidacy_id == row.c.candidacy_id, assessment.c.assessor_id == ME
    )
    gave = candidacy.c.statement["byId"].as_string().cast(Uuid()) == ME
    decided = select(candidacy.c.id).where(
        candidacy.c.id == row.c.candidacy_id, or_(candidacy.c.decided_by_id == ME, gave)
    )
    nominated = select(nomination.c.person_id).where(
        nomination.c.person_id == row.c.person_id,
        nomination.c.cohort_id == row.c.cohort_id,
        nomination.c.nominator_id == ME,
    )
    return and_(
        ME.is_not(None),
        row.c.person_id != ME,
        ~exists(assessed.correlate(row)),
        ~exists(decided.correlate(row)),
        ~exists(nominated.correlate(row)),
        ~related(row.c.person_id, ME),
    )


RECONSIDERATIONS = Source(
    view=ReconsiderationView,
    table=table(ReconsiderationRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "unanswered": lambda row: row.c.answered_at.is_(None),
        "uninvolved": _uninvolved,
    },
    columns={"overdue": overdue},
    filters={
        "answered": lambda row, value: row.c.answered_at.is_not(None) == value,
        "overdue": lambda row, value: overdue(row) == value,
    },
)

_LOCK_COHORT = "SELECT FROM cohort WHERE id = (SELECT cohort_id FROM reconsideration WHERE id = $1) FOR UPDATE"


@dataclass(eq=False)
class PostgresReconsiderations(Rows[Reconsideration]):
    """`service.domain.reconsiderations.ports.Reconsiderations` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, RECONSIDERATIONS, Reconsideration)

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[Reconsideration]:
        """Lock the cohort, then it. Raises NotFound, StaleVersion."""
        await self.session.connection.execute(_LOCK_COHORT, identity)
        return await super().get(identity, expected_version)
