"""What HR looks for among candidacies: by name, by way in, by what is missing and what is overdue."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    DateTime,
    FromClause,
    Text,
    Uuid,
    and_,
    column,
    exists,
    func,
    or_,
    select,
    union,
)
from sqlalchemy import table as lean

from service.domain.assessments.model import FEWEST_ASSESSORS
from service.domain.candidacies.states import CandidacyState
from service.repo.assessments import AssessmentRow
from service.repo.reading import paging
from service.repo.reading.source import NOW, TODAY, Narrowing, constant
from service.repo.reconsiderations import ReconsiderationRow, overdue
from service.repo.tables import table

_COHORT = lean(
    "cohort", column("id", Uuid()), column("programme_id", Uuid()), column("apply_by", DateTime(timezone=True))
)
_PERSON = lean("person", column("id", Uuid()), column("given_folded", Text()), column("family_folded", Text()))


def _is(row: FromClause, state: CandidacyState) -> ColumnElement[bool]:
    return row.c.state == constant(state)


def _unstated(row: FromClause) -> ColumnElement[bool]:
    return and_(_is(row, CandidacyState.SUBMITTED), row.c.statement.is_(None))


def _unscored(row: FromClause) -> ColumnElement[bool]:
    """It is up for assessment, and has too few assessors, or one who has not submitted."""
    assessment = table(AssessmentRow).alias()
    submitted = select(func.count()).select_from(assessment)
    submitted = submitted.where(assessment.c.candidacy_id == row.c.id, assessment.c.submitted_at.is_not(None))
    missing = select(assessment.c.id).where(assessment.c.candidacy_id == row.c.id, assessment.c.submitted_at.is_(None))
    few = submitted.correlate(row).scalar_subquery() < FEWEST_ASSESSORS
    return and_(_is(row, CandidacyState.SUBMITTED), or_(few, exists(missing.correlate(row))))


def deadline_passed(row: FromClause) -> ColumnElement[bool]:
    """Something that was due on it is not done."""
    cohort, reconsideration = _COHORT.alias(), table(ReconsiderationRow).alias()
    closed = select(cohort.c.id).where(cohort.c.id == row.c.cohort_id, cohort.c.apply_by <= NOW)
    late = select(reconsideration.c.id).where(reconsideration.c.candidacy_id == row.c.id, overdue(reconsideration))
    return func.coalesce(
        or_(
            and_(_unstated(row), row.c.statement_due_on < TODAY),
            and_(_is(row, CandidacyState.OFFERED), row.c.answer_by <= NOW),
            and_(_is(row, CandidacyState.DRAFT), exists(closed.correlate(row))),
            exists(late.correlate(row)),
        ),
        False,
    )


def _of_programme(row: FromClause, value: ColumnElement[Any]) -> ColumnElement[bool]:
    cohort = _COHORT.alias()
    return row.c.cohort_id.in_(select(cohort.c.id).where(cohort.c.programme_id == value))


def _named(row: FromClause, value: ColumnElement[Any]) -> ColumnElement[bool]:
    person = _PERSON.alias()

    given, family = (
        select(person.c.id).where(paging.starts(word, value))
        for word in (person.c.given_folded, person.c.family_folded)
    )
    return row.c.person_id.in_(union(given, family))


def _way(row: FromClause, value: BindParameter[Any]) -> ColumnElement[bool]:
    return row.c.ways.op("@>", is_comparison=True)(func.jsonb_build_array(value))


FILTERS: Mapping[str, Narrowing] = {
    "programmeId": _of_programme,
    "name": _named,
    "way": _way,
    "deadlinePassed": lambda row, value: deadline_passed(row) == value,
    "statementMissing": lambda row, value: _unstated(row) == value,
    "scoreMissing": lambda row, value: _unscored(row) == value,
}
