"""The readiness check as SQL: what the data say of each of the ten principles, and what people say (R1 to R10).

The rules stand here once. Where data cannot answer, the answer of a person counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Text,
    Uuid,
    and_,
    case,
    column,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy import table as lean
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH

from service.domain.frameworks.model import FrameworkState
from service.domain.learning import PRACTICE_NEAR
from service.domain.participations.model import Outcome, ParticipationState
from service.domain.programmes.call import PERSONAL
from service.domain.programmes.model import FEWEST_PRACTICE_FORMS, FRAMES, ProgrammeLevel
from service.domain.programmes.readiness import Fact, Principle, Readiness
from service.repo import leading
from service.repo.frameworks import FrameworkRow
from service.repo.reading.source import among, constant
from service.repo.tables import table

_COHORT = lean("cohort", *(column(one, Uuid()) for one in ("id", "programme_id")), column("capacity", Integer()))
_PARTICIPATION = lean("participation", column("cohort_id", Uuid()), column("state", Text()), column("outcome", Text()))
_POSITION = lean("position", column("id", Uuid()), column("unit_id", Uuid()))
_CLOSURE = lean("unit_closure", column("ancestor_id", Uuid()), column("descendant_id", Uuid()))

_MET, _NOT_MET, _NOT_ANSWERED = (constant(one) for one in Readiness)


def _number(value: int) -> ColumnElement[int]:
    return literal_column(str(value), Integer())


@dataclass(frozen=True)
class Judged:
    """What the data say of a principle, and what was found; null where it is not there."""

    status: ColumnElement[Any]
    evidence: Sequence[ColumnElement[Any]] = ()


def readiness(row: FromClause) -> ColumnElement[Any]:
    """The ten principles of one programme as a list of JSON objects."""
    # What is counted is counted once, however often a rule names it: an offset keeps the two selects apart.
    known = select(*_counted(row)).correlate(row).offset(_number(0)).subquery()
    checks = [_check(row, principle, judge(row, known)) for principle, judge in _RULES.items()]
    return select(func.jsonb_build_array(*checks, type_=JSONB())).select_from(known).correlate(row).scalar_subquery()


def _check(row: FromClause, principle: Principle, judged: Judged) -> ColumnElement[Any]:
    answer = func.jsonb_path_query_first(row.c.answers, _path(f'@.principle == "{principle}"'), type_=JSONB())
    told = func.coalesce(answer["answer"].astext, _NOT_ANSWERED)
    found = func.jsonb_build_array(*judged.evidence, type_=JSONB())
    pairs = {
        "principle": constant(principle),
        "status": case((judged.status == _NOT_ANSWERED, told), else_=judged.status),
        "evidence": func.jsonb_path_query_array(found, _path("@ != null"), type_=JSONB()),
        "answer": answer,
    }
    # A key that is left out reads as null; a null inside JSON would read as an object full of nulls.
    return func.jsonb_strip_nulls(_object(pairs))


def _path(condition: str) -> ColumnElement[Any]:
    """The elements of a list for which it holds."""
    return literal_column(f"'$[*] ? ({condition})'", Text()).cast(JSONPATH())


def _object(values: Mapping[str, ColumnElement[Any]]) -> ColumnElement[Any]:
    pairs = (part for name, one in values.items() for part in (constant(name), one))
    return func.jsonb_build_object(*pairs, type_=JSONB())


def _fact(fact: Fact, there: ColumnElement[bool], **values: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((there, _object({"fact": constant(fact), **values})), else_=null())


def _counted(row: FromClause) -> list[ColumnElement[Any]]:
    """What is found in other tables, and inside the programme's own lists."""
    framework = table(FrameworkRow).alias()
    edition = _object({"state": framework.c.state, "count": framework.c.edition, "on": framework.c.published_on})
    completed = _participants(row, lambda one: one.c.state == constant(ParticipationState.COMPLETED))
    with_outcome = _participants(
        row, lambda one: and_(one.c.state == constant(ParticipationState.COMPLETED), one.c.outcome.is_not(None))
    )
    appointed = _participants(row, lambda one: one.c.outcome == constant(Outcome.LEADER_APPOINTED))
    edition_of = select(edition).where(framework.c.id == row.c.framework_id).correlate(row).scalar_subquery()
    return [
        _positions_vacant(row).label("vacant"),
        _seats(row).label("seats"),
        _planned_days(row).label("planned_days"),
        _practice_forms(row).label("practice_forms"),
        _personal_channels(row).label("personal_channels"),
        edition_of.label("framework"),
        completed.label("completed"),
        with_outcome.label("with_outcome"),
        appointed.label("appointed"),
    ]


def _positions_vacant(row: FromClause) -> ColumnElement[Any]:
    """Leadership positions that nobody holds today, in the administrations of the target group if it names some."""
    position, closure = _POSITION.alias(), _CLOSURE.alias()
    units = row.c.target_group["administrationIds"]
    within = exists(
        select(closure.c.ancestor_id)
        .where(
            closure.c.descendant_id == position.c.unit_id,
            units.op("?", is_comparison=True)(closure.c.ancestor_id.cast(Text())),
        )
        .correlate(position, row)
    )
    wanted = select(func.count()).select_from(position)
    found = wanted.where(leading.holder(position.c.id).is_(None), or_(_length(units) == _number(0), within))
    return found.correlate(row).scalar_subquery()


def _seats(row: FromClause) -> ColumnElement[Any]:
    cohort = _COHORT.alias()
    wanted = select(func.coalesce(func.sum(cohort.c.capacity), _number(0)))
    return wanted.where(cohort.c.programme_id == row.c.id).correlate(row).scalar_subquery()


def _planned_days(row: FromClause) -> ColumnElement[Any]:
    """Calendar days from the first module's first day to the last one's end, holidays aside; null without modules."""
    module = func.jsonb_array_elements(row.c.modules).table_valued(column("value", JSONB())).render_derived()
    starts, days, ends = (
        module.c.value[name].astext.cast(Integer()) for name in ("startsAfterDays", "days", "endsAfterDays")
    )
    span = func.max(func.coalesce(ends, starts + days)) - func.min(starts)
    return select(span).select_from(module).correlate(row).scalar_subquery()


def _practice_forms(row: FromClause) -> ColumnElement[Any]:
    """How many different practice-near forms the modules have."""
    forms = func.jsonb_path_query(row.c.modules, literal_column("'$[*].learningForms[*]'", Text()).cast(JSONPATH()))
    form = forms.table_valued(column("value", JSONB())).render_derived()
    word = form.c.value.op("#>>")(literal_column("'{}'"))
    wanted = select(func.count(word.distinct())).select_from(form)
    return wanted.where(among(word, sorted(PRACTICE_NEAR))).correlate(row).scalar_subquery()


def _personal_channels(row: FromClause) -> ColumnElement[Any]:
    channel = func.jsonb_array_elements_text(row.c.reach_by).table_valued("value").render_derived()
    wanted = select(func.count()).select_from(channel).where(among(channel.c.value, sorted(PERSONAL)))
    return wanted.correlate(row).scalar_subquery()


def _participants(row: FromClause, condition: Callable[[FromClause], ColumnElement[bool]]) -> ColumnElement[Any]:
    cohort, participation = _COHORT.alias(), _PARTICIPATION.alias()
    wanted = select(func.count()).select_from(participation.join(cohort, cohort.c.id == participation.c.cohort_id))
    found = wanted.where(cohort.c.programme_id == row.c.id, condition(participation))
    return found.correlate(row).scalar_subquery()


def _length(listed: ColumnElement[Any]) -> ColumnElement[int]:
    return func.jsonb_array_length(listed)


def _need(row: FromClause, known: FromClause) -> Judged:
    """R1: the stated need, how many by when, or else the vacancies of today. Nobody to find is a need not met (A1)."""
    need = func.coalesce(row.c.leaders_needed, func.nullif(known.c.vacant, _number(0)))
    status = case((need > _number(0), _MET), (need == _number(0), _NOT_MET), else_=_NOT_ANSWERED)
    stated = row.c.leaders_needed.is_not(None)
    return Judged(
        status,
        (
            _fact(Fact.LEADERS_NEEDED, stated, count=row.c.leaders_needed, on=row.c.needed_by),
            _fact(Fact.POSITIONS_VACANT, known.c.vacant.is_not(None), count=known.c.vacant),
            _fact(Fact.SEATS, known.c.seats > _number(0), count=known.c.seats),
        ),
    )


def _purpose(row: FromClause, known: FromClause) -> Judged:
    """R2: the planned modules last as long as the level wants; every programme states its purpose."""

    def at(level: ProgrammeLevel, days: int) -> ColumnElement[Any]:
        combined = row.c.also_levels.op("?", is_comparison=True)(constant(level))
        return case((or_(row.c.level == constant(level), combined), _number(days)), else_=null())

    fewest = func.least(*(at(level, few) for level, (few, _) in FRAMES.items()))
    most = [func.coalesce(at(level, many), _number(0)) for level, (_, many) in FRAMES.items()]
    longest = most[0] + most[1] + most[2]
    days = known.c.planned_days
    status = case((days.is_(None), _NOT_ANSWERED), (days.between(fewest, longest), _MET), else_=_NOT_MET)
    return Judged(status, (_fact(Fact.PLANNED_DAYS, days.is_not(None), count=days),))


def _good_leader(row: FromClause, known: FromClause) -> Judged:
    """R3: a leadership framework that is or was published says what a good leader is."""
    framework = known.c.framework
    issued = among(framework["state"].astext, (FrameworkState.PUBLISHED, FrameworkState.RETIRED))
    found = {"count": framework["count"], "on": framework["on"], "id": row.c.framework_id}
    return Judged(case((issued, _MET), else_=_NOT_MET), (_fact(Fact.FRAMEWORK, issued, **found),))


def _top_management(row: FromClause, known: FromClause) -> Judged:
    """R4: somebody in top management has endorsed it (W1)."""
    del known
    there = row.c.sponsor_id.is_not(None)
    found = _fact(Fact.SPONSOR, there, id=row.c.sponsor_id, on=row.c.endorsed_on)
    return Judged(case((there, _MET), else_=_NOT_MET), (found,))


def _ways_in(row: FromClause, known: FromClause) -> Judged:
    """R5: the ways in are chosen, and it is said how they were weighed."""
    del known
    ways = _length(row.c.ways)
    chosen, weighed = ways > _number(0), row.c.ways_weighed.is_not(None)
    status = case((and_(chosen, weighed), _MET), (or_(chosen, weighed), _NOT_MET), else_=_NOT_ANSWERED)
    return Judged(status, (_fact(Fact.WAYS_IN, chosen, count=ways),))


def _reward(row: FromClause, known: FromClause) -> Judged:
    """R6: managers get something for letting talents go (W4). Once the call is open, nothing planned means nothing."""
    del known
    credits_ = _length(row.c.credits)
    status = case((credits_ > _number(0), _MET), (row.c.opened_on.is_not(None), _NOT_MET), else_=_NOT_ANSWERED)
    return Judged(status, (_fact(Fact.CREDITS, credits_ > _number(0), count=credits_),))


def _practice(row: FromClause, known: FromClause) -> Judged:
    """R7: the modules train leading in a range of practice-near forms."""
    forms = known.c.practice_forms
    status = case(
        (_length(row.c.modules) == _number(0), _NOT_ANSWERED),
        (forms >= _number(FEWEST_PRACTICE_FORMS), _MET),
        else_=_NOT_MET,
    )
    return Judged(status, (_fact(Fact.PRACTICE_FORMS, known.c.planned_days.is_not(None), count=forms),))


def _involved(row: FromClause, known: FromClause) -> Judged:
    """R8: the works council was heard (W5), everybody hears of the call (F1), and a kick-off is planned (W4)."""
    heard, told = row.c.consultation.is_not(None), known.c.personal_channels > _number(0)
    kick_off = row.c.kick_off_on.is_not(None)
    status = case((and_(heard, told, kick_off), _MET), (or_(heard, told, kick_off), _NOT_MET), else_=_NOT_ANSWERED)
    return Judged(
        status,
        (
            _fact(Fact.CONSULTATION, heard, on=row.c.consultation["heldOn"]),
            _fact(Fact.PERSONAL_CHANNELS, told, count=known.c.personal_channels),
            _fact(Fact.KICK_OFF, kick_off, on=row.c.kick_off_on),
        ),
    )


def _afterwards(row: FromClause, known: FromClause) -> Judged:
    """R9: whoever completed it has an outcome, so that nobody is dropped. Before that a person says what is planned."""
    del row
    completed, outcomes = known.c.completed, known.c.with_outcome
    status = case((completed == _number(0), _NOT_ANSWERED), (outcomes == completed, _MET), else_=_NOT_MET)
    there = completed > _number(0)
    found = (_fact(Fact.COMPLETED, there, count=completed), _fact(Fact.OUTCOMES, there, count=outcomes))
    return Judged(status, found)


def _new_leaders(row: FromClause, known: FromClause) -> Judged:
    """R10: a person says how new leaders are helped to start; data say how many there are to help."""
    del row
    return Judged(
        _NOT_ANSWERED,
        (_fact(Fact.LEADERS_APPOINTED, known.c.appointed > _number(0), count=known.c.appointed),),
    )


_RULES: Mapping[Principle, Callable[[FromClause, FromClause], Judged]] = {
    Principle.R1: _need,
    Principle.R2: _purpose,
    Principle.R3: _good_leader,
    Principle.R4: _top_management,
    Principle.R5: _ways_in,
    Principle.R6: _reward,
    Principle.R7: _practice,
    Principle.R8: _involved,
    Principle.R9: _afterwards,
    Principle.R10: _new_leaders,
}
