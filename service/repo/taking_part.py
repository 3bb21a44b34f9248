"""Who takes part in which cohort, and who teaches there, as SQL."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Text, Uuid, column, exists, select
from sqlalchemy import table as lean

from service.domain.participations.model import ParticipationState
from service.domain.sessions.model import SessionState
from service.repo import leading
from service.repo.reading.source import ME, among, constant, is_among

# By name alone: the concepts that own these tables are built on this module.
PARTICIPATION = lean(
    "participation",
    column("id", Uuid()),
    column("person_id", Uuid()),
    column("cohort_id", Uuid()),
    column("candidacy_id", Uuid()),
    column("state", Text()),
)
_SESSION = lean(
    "session", column("cohort_id", Uuid()), column("facilitator_id", Uuid()), column("state", Text()), column("module")
)
_S = ParticipationState

_MINE, _THEIRS, _PUPIL = PARTICIPATION.alias(), PARTICIPATION.alias(), PARTICIPATION.alias()

MY_COHORTS = (
    select(_MINE.c.cohort_id).where(_MINE.c.person_id == ME, _MINE.c.state != constant(_S.WITHDRAWN)).cte("my_cohorts")
)
"""The cohorts in which the actor takes or took part."""

MY_PEOPLES_COHORTS = (
    select(_THEIRS.c.cohort_id)
    .where(is_among(_THEIRS.c.person_id, leading.MY_PEOPLE), _THEIRS.c.state != constant(_S.WITHDRAWN))
    .cte("my_peoples_cohorts")
)
"""Those in which somebody does whose nearest manager the actor is."""

MY_TAUGHT = (
    select(_SESSION.c.cohort_id)
    .where(_SESSION.c.facilitator_id == ME, _SESSION.c.state == constant(SessionState.PLANNED))
    .cte("my_taught")
)
"""Those in which the actor teaches a session that is not called off."""

MY_PUPILS = (
    select(_PUPIL.c.person_id)
    .where(is_among(_PUPIL.c.cohort_id, MY_TAUGHT), among(_PUPIL.c.state, (_S.ENROLLED, _S.ACTIVE)))
    .cte("my_pupils")
)
"""The persons whom the actor teaches, as long as they take part."""


def is_participant(cohort: ColumnElement[Any]) -> ColumnElement[bool]:
    """The actor takes or took part in the cohort."""
    return is_among(cohort, MY_COHORTS)


def manages_participant(cohort: ColumnElement[Any]) -> ColumnElement[bool]:
    """The actor is the nearest manager of somebody who takes or took part in the cohort."""
    return is_among(cohort, MY_PEOPLES_COHORTS)


def teaches(cohort: ColumnElement[Any]) -> ColumnElement[bool]:
    """The actor teaches a session of the cohort."""
    return is_among(cohort, MY_TAUGHT)


def teaches_module(row: FromClause, cohort: ColumnElement[Any], module: ColumnElement[Any]) -> ColumnElement[bool]:
    """The actor teaches a session in that module of the cohort; both are said of the row."""
    session = _SESSION.alias()
    mine = select(session.c.cohort_id).where(
        session.c.cohort_id == cohort,
        session.c.module == module,
        session.c.facilitator_id == ME,
        session.c.state == constant(SessionState.PLANNED),
    )
    return exists(mine.correlate(row))


def taking_part(person: ColumnElement[Any]) -> Any:
    """The cohorts in which a person takes or took part."""
    participation = PARTICIPATION.alias()
    return select(participation.c.cohort_id).where(
        participation.c.person_id == person, participation.c.state != constant(_S.WITHDRAWN)
    )
