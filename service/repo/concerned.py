"""Who has a part in a programme, as SQL."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    bindparam,
    column,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy import table as lean
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH, aggregate_order_by

from service.domain.candidacies.states import FALLS_TO, CandidacyState
from service.domain.nominations.model import NominationState
from service.domain.participations.model import PARTICIPATION
from service.domain.sessions.model import SessionState
from service.repo import leading
from service.repo.reading.reader import Statement, statement
from service.repo.reading.source import among, constant

_PROGRAMME = lean("programme", column("id", Uuid()), column("sponsor_id", Uuid()), column("modules", JSONB()))
_COHORT = lean("cohort", column("id", Uuid()), column("programme_id", Uuid()))
_CANDIDACY = lean(
    "candidacy",
    *(column(one, Uuid()) for one in ("id", "cohort_id", "person_id")),
    column("state", Text()),
)
_PARTICIPATION = lean(
    "participation", column("cohort_id", Uuid()), column("person_id", Uuid()), column("state", Text())
)
_NOMINATION = lean(
    "nomination",
    *(column(one, Uuid()) for one in ("cohort_id", "person_id", "nominator_id", "candidacy_id")),
    column("state", Text()),
)
_SESSION = lean("session", column("cohort_id", Uuid()), column("facilitator_id", Uuid()), column("state", Text()))
_ASSESSMENT = lean("assessment", column("candidacy_id", Uuid()), column("assessor_id", Uuid()))
_ID = bindparam("id", type_=Uuid())

_SENT = tuple(state for state in FALLS_TO if state is not CandidacyState.DRAFT)
"""A draft is the candidate's own: their manager does not hear of it."""


def concerned() -> Statement:
    """Each person with a part in the programme of that `id`, and the words for their parts, in order."""
    parts = union_all(*_candidacies(), *_nominations(), *_participations(), *_planned()).subquery()
    words = func.array_agg(aggregate_order_by(parts.c.part.distinct(), parts.c.part))
    wanted = select(parts.c.person_id, words.label("parts")).where(parts.c.person_id.is_not(None))
    return statement(wanted.group_by(parts.c.person_id).order_by(parts.c.person_id))


def _part(person: ColumnElement[Any], word: str) -> Select[Any, str]:
    return select(person.label("person_id"), constant(word).label("part"))


def _cohorts() -> Select[Any]:
    cohort = _COHORT.alias()
    return select(cohort.c.id).where(cohort.c.programme_id == _ID)


def _candidacies() -> list[Select[Any, str]]:
    candidacy, assessment = _CANDIDACY.alias(), _ASSESSMENT.alias()
    assessed = candidacy.join(assessment, assessment.c.candidacy_id == candidacy.c.id)
    found = [
        (_part(candidacy.c.person_id, "candidate"), FALLS_TO),
        (_part(leading.nearest_manager(candidacy.c.person_id), "manager"), _SENT),
        (_part(assessment.c.assessor_id, "assessor").select_from(assessed), FALLS_TO),
    ]
    return [one.where(candidacy.c.cohort_id.in_(_cohorts()), among(candidacy.c.state, states)) for one, states in found]


def _nominations() -> list[Select[Any, str]]:
    """Nominations that wait for an answer, and those that led to a candidacy without one."""
    nomination, candidacy = _NOMINATION.alias(), _CANDIDACY.alias()
    unanswered = select(candidacy.c.id).where(among(candidacy.c.state, FALLS_TO))
    stands = or_(nomination.c.state == constant(NominationState.PENDING), nomination.c.candidacy_id.in_(unanswered))
    found = [_part(nomination.c.person_id, "candidate"), _part(nomination.c.nominator_id, "nominator")]
    return [one.where(nomination.c.cohort_id.in_(_cohorts()), stands) for one in found]


def _participations() -> list[Select[Any, str]]:
    participation = _PARTICIPATION.alias()
    unfinished = among(participation.c.state, PARTICIPATION.action("fall").sources)
    found = [
        _part(participation.c.person_id, "participant"),
        _part(leading.nearest_manager(participation.c.person_id), "manager"),
    ]
    return [one.where(participation.c.cohort_id.in_(_cohorts()), unfinished) for one in found]


def _planned() -> list[Select[Any, str]]:
    programme = _PROGRAMME.alias()
    ids = literal_column("'$[*].facilitatorIds[*]'", Text()).cast(JSONPATH())
    leads = func.jsonb_path_query(programme.c.modules, ids).table_valued(column("value", JSONB())).render_derived()
    facilitator = leads.c.value.op("#>>")(literal_column("'{}'")).cast(Uuid())
    session = _SESSION.alias()
    teaches = _part(session.c.facilitator_id, "facilitator")
    return [
        _part(facilitator, "facilitator")
        .select_from(programme.join(leads, literal_column("true")))
        .where(programme.c.id == _ID),
        teaches.where(session.c.cohort_id.in_(_cohorts()), session.c.state == constant(SessionState.PLANNED)),
        _part(programme.c.sponsor_id, "sponsor").where(programme.c.id == _ID),
    ]
