"""Participations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Text,
    Uuid,
    and_,
    bindparam,
    column,
    exists,
    or_,
    select,
)
from sqlalchemy import table as lean

from service.domain.aggregates import Found
from service.domain.candidacies.states import TAKING_PLACE
from service.domain.participations.model import ENDED, PARTICIPATION, Participation
from service.domain.participations.views import ParticipationView
from service.domain.programmes.completion import CompletionRule, Progress
from service.repo import leading, progress
from service.repo.cohorts import CohortRow
from service.repo.programmes import ProgrammeRow
from service.repo.projects import ProjectRow, owing
from service.repo.reading.reader import Statement, statement
from service.repo.reading.source import ME, Source, among, is_person
from service.repo.seats import room_for
from service.repo.sessions import SessionRow, lacking
from service.repo.store import Rows, Session, restored
from service.repo.tables import AggregateRow, index, reference, table, unique
from service.repo.taking_part import teaches


class ParticipationRow(AggregateRow, table=True):
    """A person in a cohort."""

    __table_args__ = (
        reference("candidacy_id", "candidacy"),
        reference("person_id", "person"),
        reference("cohort_id", "cohort"),
        reference("deferred_from_id", "cohort"),
        unique("uq_participation_candidacy", "candidacy_id"),
        index("ix_participation_person", "person_id"),
        index("ix_participation_cohort", "cohort_id"),
        index("ix_participation_deferred_from", "deferred_from_id"),
        index("ix_participation_state", "state"),
        index("ix_participation_outcome", "outcome"),
        index("ix_participation_updated", "updated_at", "id"),
    )

    candidacy_id: UUID
    person_id: UUID
    cohort_id: UUID
    state: str
    deferred_from_id: UUID | None
    leave_reason: str | None
    completed_on: date | None
    completion_reason: str | None
    outcome: str | None
    outcome_on: date | None


_CANDIDACY = lean(
    "candidacy",
    column("id", Uuid()),
    column("person_id", Uuid()),
    column("cohort_id", Uuid()),
    column("state", Text()),
    column("administration_id", Uuid()),
)
_PERSON = lean("person", column("id", Uuid()), column("given_folded", Text()), column("family_folded", Text()))


def _of_programme(row: FromClause, programme: ColumnElement[Any]) -> ColumnElement[bool]:
    cohort = table(CohortRow).alias()
    return row.c.cohort_id.in_(select(cohort.c.id).where(cohort.c.programme_id == programme))


def _from_administration(row: FromClause, unit: ColumnElement[Any]) -> ColumnElement[bool]:
    candidacy = _CANDIDACY.alias()
    return row.c.candidacy_id.in_(select(candidacy.c.id).where(candidacy.c.administration_id == unit))


def _named(row: FromClause, value: ColumnElement[Any]) -> ColumnElement[bool]:
    person = _PERSON.alias()
    starts = or_(
        person.c.given_folded.op("^@", is_comparison=True)(value),
        person.c.family_folded.op("^@", is_comparison=True)(value),
    )
    return row.c.person_id.in_(select(person.c.id).where(starts))


def _without_outcome(row: FromClause) -> ColumnElement[bool]:
    return and_(among(row.c.state, ENDED), row.c.outcome.is_(None))


def _lacks_attendance(row: FromClause) -> ColumnElement[bool]:
    session = table(SessionRow).alias()
    return exists(select(session.c.id).where(lacking(session, row)).correlate(row))


def _owes(row: FromClause) -> ColumnElement[bool]:
    project = table(ProjectRow).alias()
    return exists(select(project.c.id).where(owing(project, row)).correlate(row))


PARTICIPATIONS = Source(
    view=ParticipationView,
    table=table(ParticipationRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "person": is_person,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
        "teacher": lambda row: teaches(row.c.cohort_id),
        "anothers": lambda row: row.c.person_id.is_distinct_from(ME),
    },
    columns={
        "sessionsPlanned": progress.sessions_planned,
        "sessionsAttended": progress.sessions_attended,
        "projectsSet": progress.projects_set,
        "projectsHandedIn": progress.projects_handed_in,
        "elementsDone": progress.elements_done,
    },
    joins={"certificate": lambda row, target: target.c.participation_id == row.c.id},
    filters={
        "programmeId": _of_programme,
        "administrationId": _from_administration,
        "name": _named,
        "withoutOutcome": lambda row, value: _without_outcome(row) == value,
        "missingAttendance": lambda row, value: _lacks_attendance(row) == value,
        "missingHandIn": lambda row, value: _owes(row) == value,
    },
)


def _progress() -> Statement:
    row = table(ParticipationRow).alias()
    cohort, programme = table(CohortRow).alias(), table(ProgrammeRow).alias()
    rule = (
        select(programme.c.completion)
        .select_from(programme.join(cohort, cohort.c.programme_id == programme.c.id))
        .where(cohort.c.id == row.c.cohort_id)
    )
    wanted = select(
        rule.correlate(row).scalar_subquery().label("rule"),
        progress.sessions_planned(row).label("sessions"),
        progress.sessions_attended(row).label("sessions_attended"),
        progress.projects_set(row).label("projects"),
        progress.projects_handed_in(row).label("projects_handed_in"),
        progress.elements_done(row).label("elements_done"),
    )
    return statement(wanted.where(row.c.id == bindparam("id", type_=Uuid())))


def _room_in() -> Statement:
    """The cohort, where it has room for whoever has that candidacy."""
    cohort, candidacy = table(CohortRow).alias(), _CANDIDACY.alias()
    wanted = select(cohort.c.id).where(
        cohort.c.id == bindparam("cohort", type_=Uuid()),
        candidacy.c.id == bindparam("candidacy", type_=Uuid()),
        room_for(cohort, candidacy.c.administration_id),
    )
    return statement(wanted)


_LOCK_COHORT = "SELECT FROM cohort WHERE id = (SELECT cohort_id FROM participation WHERE id = $1) FOR UPDATE"
_PROGRESS = _progress()
_ROOM_IN = _room_in()
_HAS_PLACE = """
SELECT EXISTS (SELECT FROM participation WHERE person_id = $1 AND cohort_id = $2 AND state <> 'withdrawn')
    OR EXISTS (
        SELECT FROM candidacy c WHERE c.person_id = $1 AND c.cohort_id = $2 AND c.state = ANY($3)
        AND NOT EXISTS (SELECT FROM participation p WHERE p.candidacy_id = c.id)
    )
"""
_IN_COHORT = "SELECT * FROM participation WHERE person_id = $1 AND cohort_id = $2 AND state = 'active'"
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

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[Participation]:
        """Lock the cohort, then it. Raises NotFound, StaleVersion."""
        await self.session.connection.execute(_LOCK_COHORT, identity)
        return await super().get(identity, expected_version)

    async def cohort_of(self, identity: UUID) -> UUID | None:
        """The cohort that it is in at this moment."""
        return await self.session.connection.fetchval("SELECT cohort_id FROM participation WHERE id = $1", identity)

    async def in_cohort(self, person: UUID, cohort: UUID) -> Participation | None:
        """The person's active participation in the cohort."""
        row = await self.session.connection.fetchrow(_IN_COHORT, person, cohort)
        return self.load(row) if row else None

    async def progress(self, participation: UUID) -> tuple[CompletionRule | None, Progress]:
        """What the programme asks for, and how far the participant has come."""
        (row,) = await self.session.fetch(_PROGRESS, id=participation)
        found = dict(row)
        rule = found.pop("rule")
        return msgspec.convert(restored(rule), CompletionRule | None), Progress(**found)

    async def fits(self, participation: Participation, cohort: UUID) -> bool:
        """The cohort has room for the participant: a seat reserved for their own, or one kept for nobody."""
        return bool(await self.session.fetch(_ROOM_IN, cohort=cohort, candidacy=participation.candidacy_id))

    async def has_place(self, person: UUID, cohort: UUID) -> bool:
        """The person is offered a place in the cohort, or has one."""
        return await self.session.connection.fetchval(_HAS_PLACE, person, cohort, list(TAKING_PLACE))

    async def unfinished_in(self, programme: UUID) -> Sequence[Participation]:
        """Those in a cohort of the programme that have not come to an end, locked."""
        states = list(PARTICIPATION.action("fall").sources)
        return [self.load(row) for row in await self.session.connection.fetch(_UNFINISHED, programme, states)]
