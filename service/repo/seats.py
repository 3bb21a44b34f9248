"""Places of a cohort, as SQL: how many are free, for whom, and who is next.

Whoever comes from an administration with reserved seats takes one of those first. The facts of a candidacy that was
locked with its cohort decide, so capacity and reserved seats hold whoever offers at the same time.
"""

from typing import Any, cast

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
    type_coerce,
)
from sqlalchemy import table as lean
from sqlalchemy.dialects.postgresql import JSONB

from service.domain.candidacies.states import CandidacyState
from service.repo.cohorts import CohortRow, seats_taken
from service.repo.reading.source import constant
from service.repo.tables import table

_CANDIDACY = lean(
    "candidacy",
    column("id", Uuid()),
    column("cohort_id", Uuid()),
    column("administration_id", Uuid()),
    column("state", Text()),
    column("rank", Integer()),
)
_NONE = literal_column("0", Integer())


def _kept(cohort: FromClause, *of: ColumnElement[Any]) -> ColumnElement[int]:
    """Reserved seats that nobody from there has taken yet: of every administration, or of one."""
    element = func.jsonb_array_elements(cohort.c.reserved).table_valued("value").render_derived()
    reserved = cast("Any", type_coerce(element.c.value, JSONB()))
    unit = reserved["unitId"].as_string().cast(Uuid())
    left = func.greatest(reserved["seats"].as_integer() - seats_taken(cohort, unit), _NONE)
    wanted = select(func.coalesce(func.sum(left), _NONE)).select_from(element)
    for administration in of:
        wanted = wanted.where(unit == administration)
    return wanted.correlate_except(element).scalar_subquery()


def room_for(cohort: FromClause, administration: ColumnElement[Any]) -> ColumnElement[bool]:
    """Somebody from there can have a place: one of their own, or one that is kept for nobody."""
    free = cohort.c.capacity - seats_taken(cohort)
    own = _kept(cohort, administration)
    return or_(and_(free > _NONE, own > _NONE), free > _kept(cohort))


def place_free(candidacy: FromClause) -> ColumnElement[bool]:
    """The cohort has room for the candidate."""
    cohort = table(CohortRow).alias()
    can = room_for(cohort, candidacy.c.administration_id)
    wanted = select(cohort.c.id).where(cohort.c.id == candidacy.c.cohort_id, can)
    return exists(wanted.correlate_except(cohort))


def next_in_line(candidacy: FromClause) -> ColumnElement[bool]:
    """Nobody before them on the waitlist can have a place; who is not on it stands in no line."""
    other = _CANDIDACY.alias()
    before = or_(other.c.rank < candidacy.c.rank, and_(other.c.rank == candidacy.c.rank, other.c.id < candidacy.c.id))
    waiting = constant(CandidacyState.WAITLISTED)
    wanted = select(other.c.id).where(
        other.c.cohort_id == candidacy.c.cohort_id, other.c.state == waiting, before, place_free(other)
    )
    return or_(candidacy.c.state != waiting, ~exists(wanted.correlate_except(other)))
