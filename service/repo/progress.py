"""How far a participant has come, as SQL: sessions attended, projects handed in, elements done.

Who has moved to another cohort need not repeat what they have done: what they attended or handed in before counts for
the module of the same number in the cohort that they are in now, and for no more than there is in it.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    cast,
    column,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy import table as lean

from service.domain.elements.model import ElementState
from service.domain.projects.model import ProjectState
from service.domain.sessions.model import Presence, SessionState
from service.repo.reading.source import constant

# By name alone: the concepts that own these tables are built on participations, and those on this module.
_SESSION = lean(
    "session", column("id", Uuid()), column("cohort_id", Uuid()), column("module", Integer()), column("state", Text())
)
_ATTENDANCE = lean(
    "attendance", column("session_id", Uuid()), column("participation_id", Uuid()), column("presence", Text())
)
_PROJECT = lean(
    "project",
    column("id", Uuid()),
    column("cohort_id", Uuid()),
    column("after_module", Integer()),
    column("state", Text()),
)
_HAND_IN = lean("hand_in", column("project_id", Uuid()), column("participation_id", Uuid()))
_ELEMENT = lean("element", column("participation_id", Uuid()), column("state", Text()))

_YES, _NO = literal_column("true", Boolean()), literal_column("false", Boolean())


def _count(counted: Select[Any], row: FromClause) -> ColumnElement[int]:
    return counted.with_only_columns(func.count()).correlate(row).scalar_subquery()


def sessions_planned(row: FromClause) -> ColumnElement[int]:
    """How many sessions the participant's cohort has."""
    session = _SESSION.alias()
    planned = session.c.state == constant(SessionState.PLANNED)
    return _count(select(session).where(session.c.cohort_id == row.c.cohort_id, planned), row)


def projects_set(row: FromClause) -> ColumnElement[int]:
    """How many projects the participant's cohort has."""
    project = _PROJECT.alias()
    asked = project.c.state == constant(ProjectState.SET)
    return _count(select(project).where(project.c.cohort_id == row.c.cohort_id, asked), row)


def elements_done(row: FromClause) -> ColumnElement[int]:
    """How many elements of the participant's track are done: all three had agreed on those."""
    element = _ELEMENT.alias()
    done = element.c.state == constant(ElementState.DONE)
    return _count(select(element).where(element.c.participation_id == row.c.id, done), row)


def sessions_attended(row: FromClause) -> ColumnElement[int]:
    """How many of the cohort's sessions count as attended."""
    session, attendance = _SESSION.alias(), _ATTENDANCE.alias()
    there = and_(
        attendance.c.session_id == session.c.id,
        attendance.c.participation_id == row.c.id,
        attendance.c.presence == constant(Presence.PRESENT),
    )
    planned = session.c.state == constant(SessionState.PLANNED)
    here = (
        select(session.c.module.label("module"), _YES.label("here"), attendance.c.session_id.is_not(None).label("did"))
        .select_from(session.outerjoin(attendance, there))
        .where(session.c.cohort_id == row.c.cohort_id, planned)
    )
    before = (
        select(session.c.module, _NO, _YES)
        .select_from(session.join(attendance, there))
        .where(session.c.cohort_id != row.c.cohort_id, planned)
    )
    return _credited(here, before, row)


def projects_handed_in(row: FromClause) -> ColumnElement[int]:
    """How many of the cohort's projects count as handed in."""
    project, hand_in = _PROJECT.alias(), _HAND_IN.alias()
    given = and_(hand_in.c.project_id == project.c.id, hand_in.c.participation_id == row.c.id)
    asked = project.c.state == constant(ProjectState.SET)
    here = (
        select(
            project.c.after_module.label("module"), _YES.label("here"), hand_in.c.project_id.is_not(None).label("did")
        )
        .select_from(project.outerjoin(hand_in, given))
        .where(project.c.cohort_id == row.c.cohort_id, asked)
    )
    before = (
        select(project.c.after_module, _NO, _YES)
        .select_from(project.join(hand_in, given))
        .where(project.c.cohort_id != row.c.cohort_id, asked)
    )
    return _credited(here, before, row)


def _credited(here: Any, before: Any, row: FromClause) -> ColumnElement[int]:
    """Per module the more of what was done in this cohort and before, at most what there is in it; summed."""
    each = union_all(here.correlate(row), before.correlate(row)).subquery()
    there_is = func.count().filter(each.c.here)
    done = func.greatest(func.count().filter(and_(each.c.here, each.c.did)), func.count().filter(~each.c.here))
    per_module = select(func.least(there_is, done).label("credit")).group_by(each.c.module).subquery()
    total = select(func.coalesce(func.sum(per_module.c.credit), literal_column("0")))
    return cast(total.scalar_subquery(), Integer())
