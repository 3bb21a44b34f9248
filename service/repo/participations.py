"""Participations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from service.domain.participations.model import PARTICIPATION, Participation
from service.domain.participations.views import ParticipationView
from service.repo import leading
from service.repo.reading.source import ME, Source
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, index, reference, table, unique


class ParticipationRow(AggregateRow, table=True):
    """A person in a cohort."""

    __table_args__ = (
        reference("candidacy_id", "candidacy"),
        reference("person_id", "person"),
        reference("cohort_id", "cohort"),
        unique("uq_participation_candidacy", "candidacy_id"),
        index("ix_participation_person", "person_id"),
        index("ix_participation_cohort", "cohort_id"),
        index("ix_participation_state", "state"),
        index("ix_participation_outcome", "outcome"),
        index("ix_participation_updated", "updated_at", "id"),
    )

    candidacy_id: UUID
    person_id: UUID
    cohort_id: UUID
    state: str
    leave_reason: str | None
    outcome: str | None
    outcome_on: date | None


PARTICIPATIONS = Source(
    view=ParticipationView,
    table=table(ParticipationRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
    },
)


_UNFINISHED = """
SELECT * FROM participation WHERE state = ANY($2) AND cohort_id IN (SELECT id FROM cohort WHERE programme_id = $1)
ORDER BY id FOR UPDATE
"""


@dataclass(eq=False)
class PostgresParticipations(Rows[Participation]):
    """`service.domain.participations.ports.Participations` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, PARTICIPATIONS, Participation)

    async def unfinished_in(self, programme: UUID) -> Sequence[Participation]:
        """Those in a cohort of the programme that have not come to an end, locked."""
        states = list(PARTICIPATION.action("fall").sources)
        return [self.load(row) for row in await self.session.connection.fetch(_UNFINISHED, programme, states)]
