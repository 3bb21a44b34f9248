"""Elements of individual tracks."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Text, and_, cast, exists, func, literal_column, not_, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from service.domain.actor import Role
from service.domain.elements.model import Element, ElementState, TrackParty
from service.domain.elements.views import ElementView
from service.domain.participations.model import LIVE
from service.repo import leading
from service.repo.reading.source import ME, Source, among, constant, has_role, is_person
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, JsonList, check, index, reference, table
from service.repo.taking_part import PARTICIPATION


class ElementRow(AggregateRow, table=True):
    """A part of one talent's track."""

    __table_args__ = (
        reference("participation_id", "participation"),
        reference("person_id", "person"),
        check("ck_element_period", "ends_on > starts_on"),
        index("ix_element_participation", "participation_id"),
        index("ix_element_person", "person_id"),
        index("ix_element_learning_form", "learning_form"),
        index("ix_element_state", "state"),
        index("ix_element_starts", "starts_on"),
        index("ix_element_updated", "updated_at", "id"),
    )

    participation_id: UUID
    person_id: UUID
    title: str
    learning_form: str
    proposed_by: str
    purpose: str | None
    starts_on: date | None
    ends_on: date | None
    agreements: JsonList
    state: str
    done_on: date | None


def _has_agreed(row: FromClause, party: ColumnElement[Any]) -> ColumnElement[bool]:
    wanted = func.jsonb_build_array(func.jsonb_build_object(literal_column("'party'", Text()), cast(party, Text())))
    return row.c.agreements.op("@>", is_comparison=True)(cast(wanted, JSONB()))


def _self(row: FromClause) -> ColumnElement[bool]:
    return row.c.person_id == ME


def _nearest_manager(row: FromClause) -> ColumnElement[bool]:
    return leading.is_nearest_manager_of(row.c.person_id)


def _anothers(row: FromClause) -> ColumnElement[bool]:
    return row.c.person_id.is_distinct_from(ME)


def _unagreed(row: FromClause) -> ColumnElement[bool]:
    """The actor speaks for somebody who has not agreed; the talent speaks for nobody else, whatever their roles."""
    speaks = {
        TrackParty.TALENT: _self(row),
        TrackParty.MANAGER: _nearest_manager(row),
        TrackParty.HR: and_(_anothers(row), has_role(Role.HR)),
    }
    return or_(*(and_(is_party, not_(_has_agreed(row, constant(party)))) for party, is_party in speaks.items()))


def _live(row: FromClause) -> ColumnElement[bool]:
    participation = PARTICIPATION.alias()
    wanted = select(participation.c.id).where(
        participation.c.id == row.c.participation_id, among(participation.c.state, LIVE)
    )
    return exists(wanted.correlate(row))


def _in_cohort(row: FromClause, cohort: ColumnElement[Any]) -> ColumnElement[bool]:
    participation = PARTICIPATION.alias()
    return row.c.participation_id.in_(select(participation.c.id).where(participation.c.cohort_id == cohort))


def _awaits(row: FromClause, party: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(row.c.state == constant(ElementState.PROPOSED), not_(_has_agreed(row, party)))


ELEMENTS = Source(
    view=ElementView,
    table=table(ElementRow),
    named={
        "self": _self,
        "person": is_person,
        "nearestManager": _nearest_manager,
        "live": _live,
        "unagreed": _unagreed,
        "anothers": _anothers,
    },
    filters={"cohortId": _in_cohort, "awaits": _awaits},
)


@dataclass(eq=False)
class PostgresElements(Rows[Element]):
    """`service.domain.elements.ports.Elements` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, ELEMENTS, Element)
