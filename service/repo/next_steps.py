"""Next steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Text, and_, column, func, or_, select, text
from sqlalchemy import table as lean

from service.domain.next_steps.model import NextStep, StepKind, StepState
from service.domain.next_steps.views import NextStepView
from service.repo import leading
from service.repo.reading.source import ME, TODAY, Source, constant
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, index, reference, table


class NextStepRow(AggregateRow, table=True):
    """One thing to be done for a former participant."""

    __table_args__ = (
        reference("participation_id", "participation"),
        reference("person_id", "person"),
        reference("owner_id", "person"),
        index("ix_next_step_participation", "participation_id"),
        index("ix_next_step_person", "person_id"),
        index("ix_next_step_owner", "owner_id"),
        index("ix_next_step_open", "due_on", postgresql_where=text("state = 'open'")),
        index("ix_next_step_kind", "kind"),
        index("ix_next_step_state", "state"),
        index("ix_next_step_due", "due_on", "id"),
        index("ix_next_step_updated", "updated_at", "id"),
    )

    participation_id: UUID
    person_id: UUID
    kind: str
    owner_id: UUID
    due_on: date
    description: str | None
    until: date | None
    state: str
    done_on: date | None


_PARTICIPATION = lean("participation", column("id"), column("cohort_id"), column("outcome", Text()))


def _overdue(row: FromClause) -> ColumnElement[bool]:
    return and_(row.c.state == constant(StepState.OPEN), row.c.due_on < TODAY)


def _droppable(row: FromClause) -> ColumnElement[bool]:
    """It is no contact with somebody who is kept warm."""
    return or_(row.c.kind != constant(StepKind.CONTACT), row.c.until.is_(None), row.c.until <= TODAY)


def _in_cohort(row: FromClause, cohort: ColumnElement[Any]) -> ColumnElement[bool]:
    participation = _PARTICIPATION.alias()
    return row.c.participation_id.in_(select(participation.c.id).where(participation.c.cohort_id == cohort))


def _with_outcome(row: FromClause, outcomes: ColumnElement[Any]) -> ColumnElement[bool]:
    participation = _PARTICIPATION.alias()
    wanted = select(participation.c.id).where(participation.c.outcome == func.any(outcomes))
    return row.c.participation_id.in_(wanted)


NEXT_STEPS = Source(
    view=NextStepView,
    table=table(NextStepRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
        "owner": lambda row: row.c.owner_id == ME,
        "droppable": _droppable,
    },
    columns={"overdue": _overdue},
    filters={
        "cohortId": _in_cohort,
        "outcome": _with_outcome,
        "overdue": lambda row, value: _overdue(row) == value,
    },
)

_STEP = table(NextStepRow).alias()
MY_FOLLOWED = (
    select(_STEP.c.person_id)
    .where(_STEP.c.owner_id == ME, _STEP.c.state == constant(StepState.OPEN))
    .cte("my_followed")
)
"""The persons for whom the actor still has a step to take."""

_OPEN_OF = "SELECT * FROM next_step WHERE participation_id = $1 AND state = 'open' ORDER BY id FOR UPDATE"


@dataclass(eq=False)
class PostgresNextSteps(Rows[NextStep]):
    """`service.domain.next_steps.ports.NextSteps` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, NEXT_STEPS, NextStep)

    async def open_of(self, participation: UUID) -> Sequence[NextStep]:
        """The participation's open ones, locked."""
        return [self.load(row) for row in await self.session.connection.fetch(_OPEN_OF, participation)]
