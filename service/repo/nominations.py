"""Nominations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Text, Uuid, and_, column, exists, or_, select
from sqlalchemy import table as lean

from service.domain.aggregates import Found
from service.domain.candidacies.states import OPEN_TO_WAYS, CandidacyState
from service.domain.nominations.model import Nomination, NominationState
from service.domain.nominations.views import NominationView
from service.repo import leading
from service.repo.assessments import AssessmentRow
from service.repo.cohorts import COHORTS, CohortRow
from service.repo.reading.source import ME, Source, among, constant
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, OptionalInstant, index, reference, table, unique


class NominationRow(AggregateRow, table=True):
    """One manager's nomination of one person for one cohort."""

    __table_args__ = (
        reference("person_id", "person"),
        reference("cohort_id", "cohort"),
        reference("nominator_id", "person"),
        reference("candidacy_id", "candidacy"),
        unique("uq_nomination_nominator", "person_id", "cohort_id", "nominator_id"),
        index("ix_nomination_cohort", "cohort_id", "state"),
        index("ix_nomination_nominator", "nominator_id"),
        index("ix_nomination_candidacy", "candidacy_id"),
        index("ix_nomination_state", "state"),
        index("ix_nomination_updated", "updated_at", "id"),
    )

    person_id: UUID
    cohort_id: UUID
    nominator_id: UUID
    state: str
    rationale: str | None
    from_talk: bool
    candidacy_id: UUID | None
    answered_at: OptionalInstant


_CANDIDACY = lean("candidacy", column("person_id", Uuid()), column("cohort_id", Uuid()), column("state", Text()))
_CLOSED_TO_WAYS = sorted(set(CandidacyState) - set(OPEN_TO_WAYS))


def _call_open(row: FromClause) -> ColumnElement[bool]:
    cohort = table(CohortRow).alias()
    wanted = select(cohort.c.id).where(cohort.c.id == row.c.cohort_id, COHORTS.named["callOpen"](cohort))
    return exists(wanted.correlate(row))


def _open_to_ways(row: FromClause) -> ColumnElement[bool]:
    candidacy = _CANDIDACY.alias()
    closed = select(candidacy.c.person_id).where(
        candidacy.c.person_id == row.c.person_id,
        candidacy.c.cohort_id == row.c.cohort_id,
        among(candidacy.c.state, _CLOSED_TO_WAYS),
    )
    return ~exists(closed.correlate(row))


def _assesses(row: FromClause) -> ColumnElement[bool]:
    assessment = table(AssessmentRow).alias()
    wanted = select(assessment.c.id).where(
        assessment.c.candidacy_id == row.c.candidacy_id, assessment.c.assessor_id == ME
    )
    return exists(wanted.correlate(row))


def _between(row: FromClause) -> ColumnElement[bool]:
    """Until it is accepted it is between the manager and the nominee."""
    return or_(row.c.state == constant(NominationState.ACCEPTED), row.c.person_id == ME, row.c.nominator_id == ME)


NOMINATIONS = Source(
    view=NominationView,
    table=table(NominationRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nominator": lambda row: row.c.nominator_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
        "assessor": _assesses,
        "callOpen": _call_open,
        "openToWays": _open_to_ways,
    },
    joins={
        "candidacy": lambda row, target: and_(target.c.id == row.c.candidacy_id, row.c.candidacy_id.is_not(None)),
    },
    always=_between,
)

_LOCK_COHORT = "SELECT FROM cohort WHERE id = (SELECT cohort_id FROM nomination WHERE id = $1) FOR UPDATE"
_ALL_OF = "SELECT * FROM nomination WHERE person_id = $1 AND cohort_id = $2 ORDER BY id FOR UPDATE"
_UNANSWERED = """
SELECT n.* FROM nomination n JOIN cohort c ON c.id = n.cohort_id JOIN programme p ON p.id = c.programme_id
WHERE n.state = 'pending' AND (c.apply_by <= $1 OR p.state <> 'open') ORDER BY n.id FOR UPDATE OF n SKIP LOCKED
"""


@dataclass(eq=False)
class PostgresNominations(Rows[Nomination]):
    """`service.domain.nominations.ports.Nominations` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, NOMINATIONS, Nomination)

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[Nomination]:
        """Lock the cohort, then it. Raises NotFound, StaleVersion."""
        await self.session.connection.execute(_LOCK_COHORT, identity)
        return await super().get(identity, expected_version)

    async def all_of(self, person: UUID, cohort: UUID) -> Sequence[Nomination]:
        """All of the person for the cohort, locked."""
        return [self.load(row) for row in await self.session.connection.fetch(_ALL_OF, person, cohort)]

    async def unanswered(self, now: datetime) -> Sequence[Nomination]:
        """Pending ones whose call has closed, locked; what somebody else holds is left to them."""
        return [self.load(row) for row in await self.session.connection.fetch(_UNANSWERED, now)]
