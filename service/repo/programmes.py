"""Programmes."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    Text,
    Uuid,
    and_,
    bindparam,
    column,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy import table as lean
from sqlalchemy.sql.expression import CTE

from service.domain.candidacies.states import AWAITING_ANSWER
from service.domain.evaluations.model import EvaluationState
from service.domain.events.model import Event
from service.domain.frameworks.model import FrameworkState
from service.domain.ids import new_id
from service.domain.programmes.model import Programme, ProgrammeState
from service.domain.programmes.views import ProgrammeView
from service.domain.text import fold, sort_key
from service.repo.concerned import concerned
from service.repo.frameworks import FrameworkRow
from service.repo.levels import of_level
from service.repo.readiness import readiness
from service.repo.reading.reader import statement
from service.repo.reading.source import ME, NOW, Predicate, Source, among, constant, is_among
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, Json, JsonList, OptionalJson, SortKey, index, reference, table
from service.repo.taking_part import MY_COHORTS, MY_TAUGHT
from service.repo.target_groups import in_target_group, leads_target_group


class ProgrammeRow(AggregateRow, table=True):
    """A programme."""

    __table_args__ = (
        reference("framework_id", "framework"),
        reference("sponsor_id", "person"),
        index("ix_programme_framework", "framework_id"),
        index("ix_programme_sponsor", "sponsor_id"),
        index("ix_programme_state", "state"),
        index("ix_programme_level", "level"),
        index("ix_programme_mix", "mix"),
        index("ix_programme_template", "template_id"),
        index("ix_programme_name_key", "name_key", "id"),
        index("ix_programme_name_folded", "name_folded"),
        index("ix_programme_updated", "updated_at", "id"),
    )

    name: str
    level: str
    also_levels: JsonList
    mix: str
    purpose: str
    leaders_needed: int | None
    needed_by: date | None
    framework_id: UUID
    template_id: UUID | None
    target_group: Json
    state: str
    criteria: JsonList
    sponsor_id: UUID | None
    endorsed_on: date | None
    consultation: OptionalJson
    opened_on: date | None
    starts_on: date | None
    modules: JsonList
    kick_off_on: date | None
    kick_off_place: str | None
    reach: str | None
    reach_by: JsonList
    credit_to_managers: str | None
    credits: JsonList
    ways: JsonList
    ways_weighed: str | None
    roles: JsonList
    asks_of_managers: str | None
    answers: JsonList
    completion: OptionalJson
    cancel_reason: str | None
    name_key: SortKey
    name_folded: SortKey


_COHORT = lean("cohort", *(column(one, Uuid()) for one in ("id", "programme_id")), column("apply_by", DateTime()))
_CANDIDACY = lean(
    "candidacy", *(column(one, Uuid()) for one in ("id", "cohort_id", "person_id")), column("state", Text())
)
_NOMINATION = lean("nomination", *(column(one, Uuid()) for one in ("cohort_id", "person_id", "nominator_id")))
_ASSESSMENT = lean("assessment", *(column(one, Uuid()) for one in ("candidacy_id", "assessor_id")))
_EVALUATION = lean("evaluation", column("programme_id", Uuid()), column("state", Text()))


def _framework_published(row: FromClause) -> ColumnElement[bool]:
    framework = table(FrameworkRow).alias()
    wanted = select(framework.c.id).where(
        framework.c.id == row.c.framework_id, framework.c.state == constant(FrameworkState.PUBLISHED)
    )
    return exists(wanted.correlate(row))


def _has_cohort(row: FromClause) -> ColumnElement[bool]:
    cohort = _COHORT.alias()
    return exists(select(cohort.c.programme_id).where(cohort.c.programme_id == row.c.id).correlate(row))


def _everybody_answered(row: FromClause) -> ColumnElement[bool]:
    """No candidacy for a cohort of it waits for an answer (F5)."""
    cohort, candidacy = _COHORT.alias(), _CANDIDACY.alias()
    waiting = (
        select(candidacy.c.cohort_id)
        .select_from(candidacy.join(cohort, cohort.c.id == candidacy.c.cohort_id))
        .where(cohort.c.programme_id == row.c.id, among(candidacy.c.state, AWAITING_ANSWER))
    )
    return ~exists(waiting.correlate(row))


def _evaluated(row: FromClause, *conditions: EvaluationState) -> ColumnElement[bool]:
    """The programme has an evaluation, in one of those states where any are named."""
    evaluation = _EVALUATION.alias()
    wanted = select(evaluation.c.programme_id).where(evaluation.c.programme_id == row.c.id)
    if conditions:
        wanted = wanted.where(among(evaluation.c.state, conditions))
    return exists(wanted.correlate(row))


def _published(row: FromClause) -> ColumnElement[bool]:
    return row.c.opened_on.is_not(None)


def _involved(row: FromClause) -> ColumnElement[bool]:
    """The actor is a candidate or takes part, is nominated or nominated somebody, or assesses, wherever they work."""
    cohort, candidacy, assessment = _COHORT.alias(), _CANDIDACY.alias(), _ASSESSMENT.alias()
    assesses = select(assessment.c.candidacy_id).where(
        assessment.c.candidacy_id == candidacy.c.id, assessment.c.assessor_id == ME
    )
    wanted = (
        select(candidacy.c.id)
        .select_from(candidacy.join(cohort, cohort.c.id == candidacy.c.cohort_id))
        .where(
            cohort.c.programme_id == row.c.id,
            or_(candidacy.c.person_id == ME, exists(assesses.correlate(candidacy))),
        )
    )
    called, nomination = _COHORT.alias(), _NOMINATION.alias()
    nominated = (
        select(nomination.c.cohort_id)
        .select_from(nomination.join(called, called.c.id == nomination.c.cohort_id))
        .where(called.c.programme_id == row.c.id, or_(nomination.c.person_id == ME, nomination.c.nominator_id == ME))
    )
    return or_(exists(wanted.correlate(row)), exists(nominated.correlate(row)), _has_mine(row, MY_COHORTS))


def _facilitates(row: FromClause) -> ColumnElement[bool]:
    """The actor is planned to lead a module, or teaches a session; JSON containment finds the id in any module."""
    module = func.jsonb_build_object(constant("facilitatorIds"), func.jsonb_build_array(ME))
    planned = row.c.modules.op("@>", is_comparison=True)(func.jsonb_build_array(module))
    return or_(planned, _has_mine(row, MY_TAUGHT))


def _has_mine(row: FromClause, mine: CTE) -> ColumnElement[bool]:
    """A cohort of the programme is one of those."""
    cohort = _COHORT.alias()
    return exists(
        select(cohort.c.id).where(cohort.c.programme_id == row.c.id, is_among(cohort.c.id, mine)).correlate(row)
    )


def _open_until(row: FromClause, *, later: bool) -> ColumnElement[bool]:
    """The programme is open and has a cohort whose deadline is to come."""
    cohort = _COHORT.alias()
    ahead = select(cohort.c.id).where(cohort.c.programme_id == row.c.id, cohort.c.apply_by > NOW)
    found = exists(ahead.correlate(row))
    return and_(row.c.state == constant(ProgrammeState.OPEN), found if later else not_(found))


READERS: dict[str, Predicate] = {
    "called": lambda row: and_(_published(row), in_target_group(row, ME)),
    "leadsCalled": lambda row: and_(_published(row), leads_target_group(row)),
    "involved": _involved,
    "facilitates": _facilitates,
}
"""Who reads a programme, and so its cohorts, by what they have to do with it."""

PROGRAMMES = Source(
    view=ProgrammeView,
    table=table(ProgrammeRow),
    named={
        **READERS,
        "inTargetGroup": lambda row: in_target_group(row, ME),
        "frameworkPublished": _framework_published,
        "consulted": lambda row: row.c.consultation.is_not(None),
        "hasCohort": _has_cohort,
        "everybodyAnswered": _everybody_answered,
        "evaluationOpen": lambda row: _evaluated(row, EvaluationState.OPEN),
        "unasked": lambda row: ~_evaluated(row),
    },
    columns={"readiness": readiness},
    joins={"evaluation": lambda row, target: target.c.programme_id == row.c.id},
    filters={
        "level": of_level,
        "openNow": lambda row, value: _open_until(row, later=True) == value,
        "deadlinePassed": lambda row, value: _open_until(row, later=False) == value,
    },
)


def _targets() -> Any:
    row = table(ProgrammeRow).alias()
    person = bindparam("person", type_=Uuid())
    wanted = select(in_target_group(row, person).label("targets"))
    return statement(wanted.where(row.c.id == bindparam("id", type_=Uuid())))


_TARGETS = _targets()
_CONCERNED = concerned()


@dataclass(eq=False)
class PostgresProgrammes(Rows[Programme]):
    """`service.domain.programmes.ports.Programmes` in Postgres."""

    def __init__(self, session: Session, language: str) -> None:
        """Bind to one transaction; names sort in the language's alphabet."""
        super().__init__(session, PROGRAMMES, Programme)
        self.language = language

    def derived(self, aggregate: Programme) -> dict[str, Any]:
        """The name's sort and search keys."""
        return {"name_key": sort_key(aggregate.name, self.language), "name_folded": fold(aggregate.name)}

    async def targets(self, programme: UUID, person: UUID) -> bool:
        """The person is in the target group of the programme's call."""
        (found,) = await self.session.fetch(_TARGETS, id=programme, person=person)
        return found["targets"]

    async def tell_concerned(self, programme: Programme, event: str) -> None:
        """Record the event once for each person who has a part in the programme."""
        for row in await self.session.fetch(_CONCERNED, id=programme.id):
            self.session.events.append(
                Event(
                    id=new_id(),
                    type=f"programme.{event}",
                    concept=self.source.view.name,
                    resource=programme.id,
                    version=programme.version,
                    time=self.session.now,
                    data={
                        "personId": str(row["person_id"]),
                        "parts": list(row["parts"]),
                        "state": str(programme.state),
                    },
                )
            )
