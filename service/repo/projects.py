"""Projects between modules, and what is handed in."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, FromClause, Text, and_, column, exists, func, select
from sqlalchemy import table as lean

from service.domain.aggregates import Found
from service.domain.participations.model import ParticipationState
from service.domain.projects.model import HandIn, Project, ProjectState
from service.domain.projects.views import HandInView, ProjectView
from service.repo import leading
from service.repo.reading.source import ME, TODAY, Source, constant
from service.repo.sessions import said_of_cohort
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, Instant, check, index, reference, table, unique
from service.repo.taking_part import PARTICIPATION, is_participant, manages_participant, teaches, teaches_module


class ProjectRow(AggregateRow, table=True):
    """What a cohort works on between two modules."""

    __table_args__ = (
        reference("cohort_id", "cohort"),
        check("ck_project_feeds", "feeds_module > after_module"),
        index("ix_project_cohort", "cohort_id", "feeds_module"),
        index("ix_project_after_module", "after_module"),
        index("ix_project_feeds_module", "feeds_module"),
        index("ix_project_state", "state"),
        index("ix_project_due", "due_on", "id"),
        index("ix_project_updated", "updated_at", "id"),
    )

    cohort_id: UUID
    after_module: int
    feeds_module: int
    title: str
    assignment: str
    due_on: date
    state: str


class HandInRow(AggregateRow, table=True):
    """What one participant handed in."""

    __table_args__ = (
        reference("project_id", "project"),
        reference("participation_id", "participation"),
        reference("person_id", "person"),
        unique("uq_hand_in_participant", "project_id", "participation_id"),
        index("ix_hand_in_participation", "participation_id"),
        index("ix_hand_in_person", "person_id"),
        index("ix_hand_in_updated", "updated_at", "id"),
    )

    project_id: UUID
    participation_id: UUID
    person_id: UUID
    work: str | None
    reflection: str
    handed_in_at: Instant


_ORGANISATION = lean("organisation", column("time_zone", Text()))


def _my_active(row: FromClause) -> ColumnElement[bool]:
    """The actor takes part in the project's cohort just now."""
    participation = PARTICIPATION.alias()
    mine = select(participation.c.id).where(
        participation.c.cohort_id == row.c.cohort_id,
        participation.c.person_id == ME,
        participation.c.state == constant(ParticipationState.ACTIVE),
    )
    return exists(mine.correlate(row))


def _owed(row: FromClause) -> ColumnElement[bool]:
    """The actor has not handed it in."""
    handed_in = table(HandInRow).alias()
    mine = select(handed_in.c.id).where(handed_in.c.project_id == row.c.id, handed_in.c.person_id == ME)
    return ~exists(mine.correlate(row))


def _handed_in(row: FromClause) -> ColumnElement[Any]:
    handed_in = table(HandInRow).alias()
    wanted = select(func.count()).select_from(handed_in).where(handed_in.c.project_id == row.c.id)
    return wanted.correlate(row).scalar_subquery()


def owing(project: FromClause, participation: FromClause) -> ColumnElement[bool]:
    """The project's last day is over, and an active participant has not handed it in."""
    handed_in = table(HandInRow).alias()
    given = select(handed_in.c.id).where(
        handed_in.c.project_id == project.c.id, handed_in.c.participation_id == participation.c.id
    )
    return and_(
        project.c.cohort_id == participation.c.cohort_id,
        project.c.state == constant(ProjectState.SET),
        project.c.due_on < TODAY,
        participation.c.state == constant(ParticipationState.ACTIVE),
        ~exists(given.correlate(project, participation)),
    )


PROJECTS = Source(
    view=ProjectView,
    table=table(ProjectRow),
    named={
        "participant": lambda row: is_participant(row.c.cohort_id),
        "teacher": lambda row: teaches(row.c.cohort_id),
        "participantsManager": lambda row: manages_participant(row.c.cohort_id),
        "activeParticipant": _my_active,
        "programmeNotOver": lambda row: said_of_cohort(row, "programmeNotOver"),
        "owed": _owed,
    },
    columns={"handedIn": _handed_in},
)


def _next_teacher(row: FromClause) -> ColumnElement[bool]:
    """The actor teaches the module that the project feeds (L3)."""
    project = table(ProjectRow).alias()
    wanted = select(project.c.id).where(
        project.c.id == row.c.project_id, teaches_module(project, project.c.cohort_id, project.c.feeds_module)
    )
    return exists(wanted.correlate(row))


def _late(row: FromClause) -> ColumnElement[bool]:
    project, here = table(ProjectRow).alias(), _ORGANISATION.alias()
    handed_in_on = func.timezone(select(here.c.time_zone).scalar_subquery(), row.c.handed_in_at).cast(Date())
    due_on = select(project.c.due_on).where(project.c.id == row.c.project_id).correlate(row).scalar_subquery()
    return handed_in_on > due_on


def _participating(row: FromClause) -> ColumnElement[bool]:
    participation = PARTICIPATION.alias()
    wanted = select(participation.c.id).where(
        participation.c.id == row.c.participation_id, participation.c.state == constant(ParticipationState.ACTIVE)
    )
    return exists(wanted.correlate(row))


def _in_cohort(row: FromClause, cohort: ColumnElement[Any]) -> ColumnElement[bool]:
    project = table(ProjectRow).alias()
    return row.c.project_id.in_(select(project.c.id).where(project.c.cohort_id == cohort))


HAND_INS = Source(
    view=HandInView,
    table=table(HandInRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
        "nextTeacher": _next_teacher,
        "participating": _participating,
    },
    columns={"late": _late},
    filters={"cohortId": _in_cohort, "late": lambda row, value: _late(row) == value},
)

_LOCK_COHORT = "SELECT FROM cohort WHERE id = (SELECT cohort_id FROM project WHERE id = $1) FOR UPDATE"
_LAST_DUE = "SELECT max(due_on) FROM project WHERE cohort_id = $1 AND feeds_module = $2 AND state = 'set'"


@dataclass(eq=False)
class PostgresProjects(Rows[Project]):
    """`service.domain.projects.ports.Projects` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, PROJECTS, Project)

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[Project]:
        """Lock the cohort, then it. Raises NotFound, StaleVersion."""
        await self.session.connection.execute(_LOCK_COHORT, identity)
        return await super().get(identity, expected_version)

    async def last_due(self, cohort: UUID, module: int) -> date | None:
        """The latest day on which a project that feeds the module is due."""
        return await self.session.connection.fetchval(_LAST_DUE, cohort, module)


@dataclass(eq=False)
class PostgresHandIns(Rows[HandIn]):
    """`service.domain.projects.ports.HandIns` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, HAND_INS, HandIn)
