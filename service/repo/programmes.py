"""Programmes."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Text, Uuid, column, exists, select
from sqlalchemy import table as lean

from service.domain.candidacies.states import AWAITING_ANSWER
from service.domain.frameworks.model import FrameworkState
from service.domain.programmes.model import Programme
from service.domain.programmes.views import ProgrammeView
from service.domain.text import sort_key
from service.repo.frameworks import FrameworkRow
from service.repo.reading.source import Source, among, constant
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, JsonList, OptionalJson, SortKey, index, reference, table


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
        index("ix_programme_name_key", "name_key", "id"),
        index("ix_programme_updated", "updated_at", "id"),
    )

    name: str
    level: str
    mix: str
    purpose: str
    framework_id: UUID
    state: str
    criteria: JsonList
    sponsor_id: UUID | None
    endorsed_on: date | None
    consultation: OptionalJson
    opened_on: date | None
    kick_off_on: date | None
    reach: str | None
    credit_to_managers: str | None
    cancel_reason: str | None
    name_key: SortKey


_COHORT = lean("cohort", column("id", Uuid()), column("programme_id", Uuid()))
_CANDIDACY = lean("candidacy", column("cohort_id", Uuid()), column("state", Text()))


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


PROGRAMMES = Source(
    view=ProgrammeView,
    table=table(ProgrammeRow),
    named={
        "published": lambda row: row.c.opened_on.is_not(None),
        "frameworkPublished": _framework_published,
        "consulted": lambda row: row.c.consultation.is_not(None),
        "hasCohort": _has_cohort,
        "everybodyAnswered": _everybody_answered,
    },
)


@dataclass(eq=False)
class PostgresProgrammes(Rows[Programme]):
    """`service.domain.programmes.ports.Programmes` in Postgres."""

    def __init__(self, session: Session, language: str) -> None:
        """Bind to one transaction; names sort in the language's alphabet."""
        super().__init__(session, PROGRAMMES, Programme)
        self.language = language

    def derived(self, aggregate: Programme) -> dict[str, Any]:
        """The name's sort key."""
        return {"name_key": sort_key(aggregate.name, self.language)}
