"""Persons."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, func, or_, select, text, union

from service.domain.persons.model import Person
from service.domain.persons.views import PersonView
from service.domain.text import fold, sort_key
from service.repo import assessments, leading, next_steps, placements, reviews, taking_part
from service.repo.reading import paging
from service.repo.reading.source import ME, TODAY, Expression, Source, is_among
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, SortKey, index, table, unique


class PersonRow(AggregateRow, table=True):
    """A person."""

    __table_args__ = (
        unique("uq_person_external", "source", "external_id"),
        index("ix_person_name_key", "name_key", "id"),
        index("ix_person_given_folded", "given_folded"),
        index("ix_person_family_folded", "family_folded"),
        index("ix_person_email", text("lower(email)")),
        index("ix_person_external_id", "external_id"),
        index("ix_person_updated", "updated_at", "id"),
        index("ix_person_protected", "id", postgresql_where=text("protected_identity")),
    )

    given_name: str | None
    family_name: str | None
    email: str | None
    birth_date: date | None
    birth_year: int | None
    gender: str
    professional_field: str | None
    first_hired_on: date | None
    left_on: date | None
    left_reason: str | None
    external: bool
    protected_identity: bool
    source: str | None
    external_id: str | None
    name_key: SortKey
    given_folded: SortKey
    family_folded: SortKey


def _full_name(row: FromClause) -> ColumnElement[Any]:
    return func.nullif(func.concat_ws(" ", row.c.given_name, row.c.family_name), "")


def _starts_so(row: FromClause, value: ColumnElement[Any]) -> ColumnElement[bool]:
    given, family = table(PersonRow).alias(), table(PersonRow).alias()
    found = union(
        select(given.c.id).where(paging.starts(given.c.given_folded, value)),
        select(family.c.id).where(paging.starts(family.c.family_folded, value)),
    )
    # As an array: the planner would rather walk all persons by name, in the hope of meeting enough who are called so.
    return row.c.id == func.any(func.array(found.scalar_subquery()))


def _in_unit(row: FromClause, unit: ColumnElement[Any]) -> ColumnElement[bool]:
    engagement = leading.primary()
    return row.c.id.in_(select(engagement.c.person_id).where(engagement.c.unit_id == unit))


def _within_unit(row: FromClause, unit: ColumnElement[Any]) -> ColumnElement[bool]:
    engagement = leading.primary()
    return row.c.id.in_(select(engagement.c.person_id).where(leading.within(engagement.c.unit_id, unit)))


_HOSTS = placements.hosts().cte("my_hosts")
_ASKED = reviews.reviewed().cte("my_asked")


def _unseen_in_selection(name: str) -> Expression:
    """Whoever assesses somebody does not read it of them until they are answered, whatever their token grants."""
    return lambda row: case((~assessments.in_selection(row), row.c[name]))


PERSONS = Source(
    view=PersonView,
    table=table(PersonRow),
    named={
        "self": lambda row: row.c.id == ME,
        "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.id),
        "ownManager": lambda row: is_among(row.c.id, leading.MY_MANAGER),
        "hostOf": lambda row: is_among(row.c.id, placements.MY_HOSTED),
        "ownHost": lambda row: is_among(row.c.id, _HOSTS),
        "assessor": lambda row: is_among(row.c.id, assessments.MY_ASSESSED),
        "asked": lambda row: is_among(row.c.id, _ASKED),
        "teacher": lambda row: is_among(row.c.id, taking_part.MY_PUPILS),
        "follows": lambda row: is_among(row.c.id, next_steps.MY_FOLLOWED),
    },
    columns={
        "name": _full_name,
        "birthDate": _unseen_in_selection("birth_date"),
        "birthYear": _unseen_in_selection("birth_year"),
        "gender": _unseen_in_selection("gender"),
        "nearestManagerId": lambda row: leading.nearest_manager(row.c.id),
        "unitId": lambda row: leading.unit_of(row.c.id),
    },
    joins={
        "nearestManager": lambda row, target: target.c.id == leading.nearest_manager(row.c.id),
        "unit": lambda row, target: target.c.id == leading.unit_of(row.c.id),
        "talent": lambda row, target: and_(target.c.person_id == row.c.id, target.c.ended_on.is_(None)),
    },
    filters={
        "name": _starts_so,
        "email": lambda row, value: func.lower(row.c.email) == func.lower(value),
        "unitId": _in_unit,
        "withinUnitId": _within_unit,
        "managedById": lambda row, value: row.c.id.in_(leading.people_of(value)),
        "employed": lambda row, value: or_(row.c.left_on.is_(None), row.c.left_on > TODAY) == value,
    },
)


def name_keys(given: str | None, family: str | None, language: str) -> dict[str, str]:
    """The sort and search keys of a name; the nameless sort last."""
    parts = [part for part in (family, given) if part]
    return {
        "name_key": sort_key(" ".join(parts), language) if parts else "~",
        "given_folded": fold(given or ""),
        "family_folded": fold(family or ""),
    }


@dataclass(eq=False)
class PostgresPersons(Rows[Person]):
    """`service.domain.persons.ports.Persons` in Postgres."""

    def __init__(self, session: Session, language: str) -> None:
        """Bind to one transaction; names sort in the language's alphabet."""
        super().__init__(session, PERSONS, Person)
        self.language = language

    def derived(self, aggregate: Person) -> dict[str, Any]:
        """The name's sort and search keys."""
        return name_keys(aggregate.given_name, aggregate.family_name, self.language)
