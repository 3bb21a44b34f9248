"""Sessions, and who was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
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
from sqlalchemy.dialects.postgresql import JSONB

from service.domain.actor import Role
from service.domain.aggregates import Found
from service.domain.sessions import model
from service.domain.sessions.attending import TAKING_PART
from service.domain.sessions.model import Attendance, SessionState
from service.domain.sessions.views import AttendanceView, SessionView
from service.repo import leading
from service.repo.cohorts import COHORTS, CohortRow
from service.repo.reading.source import ME, NOW, Source, among, constant, has_role
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, Instant, check, index, reference, table, unique
from service.repo.taking_part import PARTICIPATION, is_participant, manages_participant, taking_part, teaches


class SessionRow(AggregateRow, table=True):
    """A time at which a cohort meets."""

    __table_args__ = (
        reference("cohort_id", "cohort"),
        reference("facilitator_id", "person"),
        check("ck_session_period", "ends_at > starts_at"),
        check("ck_session_facilitator", "facilitator_id IS NULL OR external_facilitator IS NULL"),
        index("ix_session_cohort", "cohort_id", "module", "starts_at"),
        index("ix_session_facilitator", "facilitator_id"),
        index("ix_session_learning_form", "learning_form"),
        index("ix_session_state", "state"),
        index("ix_session_module", "module"),
        index("ix_session_starts", "starts_at", "id"),
        index("ix_session_ends", "ends_at"),
        index("ix_session_updated", "updated_at", "id"),
    )

    cohort_id: UUID
    module: int
    title: str
    learning_form: str
    starts_at: Instant
    ends_at: Instant
    place: str | None
    facilitator_id: UUID | None
    external_facilitator: str | None
    state: str
    sequence: int


class AttendanceRow(AggregateRow, table=True):
    """Whether one participant was at one session."""

    __table_args__ = (
        reference("session_id", "session"),
        reference("participation_id", "participation"),
        reference("person_id", "person"),
        reference("recorded_by_id", "person"),
        unique("uq_attendance_participant", "session_id", "participation_id"),
        index("ix_attendance_participation", "participation_id"),
        index("ix_attendance_person", "person_id"),
        index("ix_attendance_recorded_by", "recorded_by_id"),
        index("ix_attendance_presence", "presence"),
        index("ix_attendance_updated", "updated_at", "id"),
    )

    session_id: UUID
    participation_id: UUID
    person_id: UUID
    presence: str
    recorded_by_id: UUID | None


_PERSON = lean(
    "person",
    column("id", Uuid()),
    column("given_name", Text()),
    column("family_name", Text()),
    column("protected_identity"),
)


def said_of_cohort(row: FromClause, name: str) -> ColumnElement[bool]:
    """What is said of the row's cohort, under the name that it has there."""
    cohort = table(CohortRow).alias()
    wanted = select(cohort.c.id).where(cohort.c.id == row.c.cohort_id, COHORTS.named[name](cohort))
    return exists(wanted.correlate(row))


def _module_name(row: FromClause) -> ColumnElement[Any]:
    cohort = table(CohortRow).alias()
    one = func.jsonb_array_elements(cohort.c.modules).table_valued(column("value", JSONB())).render_derived()
    number, name = literal_column("'number'", Text()), literal_column("'name'", Text())
    wanted = (
        select(one.c.value.op("->>", return_type=Text())(name))
        .select_from(cohort.join(one, literal_column("true")))
        .where(
            cohort.c.id == row.c.cohort_id,
            one.c.value.op("->>", return_type=Text())(number).cast(Integer()) == row.c.module,
        )
    )
    return wanted.correlate(row).scalar_subquery()


def facilitator_name(row: FromClause) -> ColumnElement[Any]:
    """Who teaches, by name; a protected identity is told to nobody."""
    person = _PERSON.alias()
    name = func.nullif(func.concat_ws(literal_column("' '"), person.c.given_name, person.c.family_name), "")
    known = select(name).where(person.c.id == row.c.facilitator_id, person.c.protected_identity.is_not(True))
    return func.coalesce(row.c.external_facilitator, known.correlate(row).scalar_subquery())


def lacking(session: FromClause, participation: FromClause) -> ColumnElement[bool]:
    """The session is over, the participant took part, and nobody has said whether they were there."""
    attendance = table(AttendanceRow).alias()
    said = select(attendance.c.id).where(
        attendance.c.session_id == session.c.id, attendance.c.participation_id == participation.c.id
    )
    return and_(
        session.c.cohort_id == participation.c.cohort_id,
        session.c.state == constant(SessionState.PLANNED),
        session.c.ends_at <= NOW,
        among(participation.c.state, TAKING_PART),
        ~exists(said.correlate(session, participation)),
    )


def _attendance_missing(row: FromClause) -> ColumnElement[Any]:
    participation = PARTICIPATION.alias()
    wanted = select(func.count()).select_from(participation).where(lacking(row, participation))
    return wanted.correlate(row).scalar_subquery()


def _lacks_attendance(row: FromClause) -> ColumnElement[bool]:
    participation = PARTICIPATION.alias()
    return exists(select(participation.c.id).where(lacking(row, participation)).correlate(row))


def _of_programme(row: FromClause, programme: ColumnElement[Any]) -> ColumnElement[bool]:
    cohort = table(CohortRow).alias()
    return row.c.cohort_id.in_(select(cohort.c.id).where(cohort.c.programme_id == programme))


def _of_person(row: FromClause, person: ColumnElement[Any]) -> ColumnElement[bool]:
    """Who takes part where is told to those who see the participation, whatever else they see of the cohort."""
    known = or_(has_role(Role.HR), person == ME, leading.is_nearest_manager_of(person))
    return and_(known, row.c.cohort_id.in_(taking_part(person)))


def _facilitates(row: FromClause) -> ColumnElement[bool]:
    return row.c.facilitator_id == ME


SESSIONS = Source(
    view=SessionView,
    table=table(SessionRow),
    named={
        "participant": lambda row: is_participant(row.c.cohort_id),
        "teacher": lambda row: teaches(row.c.cohort_id),
        "participantsManager": lambda row: manages_participant(row.c.cohort_id),
        "facilitator": _facilitates,
        "programmeNotOver": lambda row: said_of_cohort(row, "programmeNotOver"),
        "begun": lambda row: row.c.starts_at <= NOW,
    },
    columns={
        "moduleName": _module_name,
        "facilitatorName": facilitator_name,
        "external": lambda row: row.c.external_facilitator.is_not(None),
        "attendanceMissing": _attendance_missing,
    },
    filters={
        "programmeId": _of_programme,
        "personId": _of_person,
        "missingAttendance": lambda row, value: _lacks_attendance(row) == value,
    },
)


def _of_session(row: FromClause) -> ColumnElement[bool]:
    session = table(SessionRow).alias()
    wanted = select(session.c.id).where(session.c.id == row.c.session_id, _facilitates(session))
    return exists(wanted.correlate(row))


def _in_cohort(row: FromClause, cohort: ColumnElement[Any]) -> ColumnElement[bool]:
    session = table(SessionRow).alias()
    return row.c.session_id.in_(select(session.c.id).where(session.c.cohort_id == cohort))


ATTENDANCES = Source(
    view=AttendanceView,
    table=table(AttendanceRow),
    named={
        "self": lambda row: row.c.person_id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
        "facilitator": _of_session,
    },
    filters={"cohortId": _in_cohort},
)

_LOCK_COHORT = "SELECT FROM cohort WHERE id = (SELECT cohort_id FROM session WHERE id = $1) FOR UPDATE"
_FIRST = "SELECT min(starts_at) FROM session WHERE cohort_id = $1 AND module = $2 AND state = 'planned'"
_AHEAD = """
SELECT s.* FROM session s JOIN cohort c ON c.id = s.cohort_id
WHERE c.programme_id = $1 AND s.state = 'planned' AND s.starts_at > $2 ORDER BY s.id FOR UPDATE OF s
"""


@dataclass(eq=False)
class PostgresSessions(Rows[model.Session]):
    """`service.domain.sessions.ports.Sessions` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, SESSIONS, model.Session)

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[model.Session]:
        """Lock the cohort, then it. Raises NotFound, StaleVersion."""
        await self.session.connection.execute(_LOCK_COHORT, identity)
        return await super().get(identity, expected_version)

    async def first_of(self, cohort: UUID, module: int) -> datetime | None:
        """When the module's first session that is not called off starts."""
        return await self.session.connection.fetchval(_FIRST, cohort, module)

    async def ahead(self, programme: UUID, now: datetime) -> Sequence[model.Session]:
        """The sessions of the programme's cohorts that have not started and are not called off, locked."""
        return [self.load(row) for row in await self.session.connection.fetch(_AHEAD, programme, now)]


@dataclass(eq=False)
class PostgresAttendances(Rows[Attendance]):
    """`service.domain.sessions.ports.Attendances` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, ATTENDANCES, Attendance)

    async def of(self, session: UUID) -> Mapping[UUID, Attendance]:
        """What is recorded of a session, by participation."""
        rows = await self.session.connection.fetch("SELECT * FROM attendance WHERE session_id = $1 FOR UPDATE", session)
        return {one.participation_id: one for one in map(self.load, rows)}
