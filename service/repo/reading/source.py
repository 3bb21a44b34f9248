"""Where a view comes from: its table, how it joins its relations, and who each named relation is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Table,
    Text,
    Uuid,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.sql.expression import CTE

from service.domain.names import snake
from service.domain.reading import Many, One, View

Predicate: TypeAlias = Callable[[FromClause], ColumnElement[bool]]
Expression: TypeAlias = Callable[[FromClause], ColumnElement[Any]]
Join: TypeAlias = Callable[[FromClause, FromClause], ColumnElement[bool]]
Narrowing: TypeAlias = Callable[[FromClause, BindParameter[Any]], ColumnElement[bool]]

ME = bindparam("me", type_=Uuid())
"""The person who asks; null for a system."""

NOW = bindparam("now", type_=DateTime(timezone=True))
"""The moment of asking."""

_ORGANISATION = table("organisation", column("time_zone", Text()), column("anonymity_threshold", Integer()))
_HERE = select(func.timezone(_ORGANISATION.c.time_zone, NOW).cast(Date()).label("today")).cte("here")
TODAY: ColumnElement[date] = select(_HERE.c.today).correlate(None).scalar_subquery()
"""The date where the organisation is: row-level security leaves one organisation to look at."""

_RULE = select(_ORGANISATION.c.anonymity_threshold).cte("rule")
THRESHOLD: ColumnElement[int] = select(_RULE.c.anonymity_threshold).correlate(None).scalar_subquery()
"""The smallest group that an aggregate of the organisation shows."""

SUBJECT = bindparam("subject", type_=Text())
"""How the token's issuer names who asks."""

ROLES = bindparam("roles", type_=ARRAY(Text()))
"""The roles that the token grants."""


def constant(value: StrEnum | str) -> ColumnElement[str]:
    """A word of the domain, written into the statement so that partial indexes match."""
    if not str(value).replace("_", "").replace(":", "").isalnum():
        raise ValueError(value)
    return literal_column(f"'{value}'", Text())


def among(column: ColumnElement[Any], values: Iterable[StrEnum | str]) -> ColumnElement[bool]:
    """The column holds one of the domain's words."""
    return column.in_([constant(value) for value in values])


def has_role(role: StrEnum | str) -> ColumnElement[bool]:
    """The actor's token grants that role; where a rule is about the row, `View` and `Action` name roles themselves."""
    return constant(role) == func.any(ROLES)


def is_person(row: FromClause) -> ColumnElement[bool]:
    """The actor is a person, no system (`A_PERSON`)."""
    del row
    return ME.is_not(None)


def is_among(column: ColumnElement[Any], known: CTE) -> ColumnElement[bool]:
    """The column is among what is known of the actor: found once per statement, however often it is asked.

    As an array, so that the few rows of a list that are theirs are found by index, beside other conditions too.
    """
    return column == func.any(func.array(select(*known.c).correlate(None).scalar_subquery()))


def is_in(column: ColumnElement[Any], known: CTE) -> ColumnElement[bool]:
    """The column is in a set that may be large: looked up by hash for each row."""
    return column.in_(select(*known.c).correlate(None))


@dataclass(frozen=True, eq=False, kw_only=True)
class Source:
    """A view joined to its table.

    `named` holds one SQL expression per relation of the actor to a row (`self`, `nearestManager`) and per
    condition of its state machine. They feed visibility, `allowedActions` and the facts a command's guard
    receives, so that a rule is written once. `columns` computes what is not stored under the field's own
    name; `joins` says how a relation is found where the ids do not say it; `filters` likewise.
    """

    view: View
    table: Table | CTE
    named: Mapping[str, Predicate] = field(default_factory=dict[str, Predicate])
    columns: Mapping[str, Expression] = field(default_factory=dict[str, Expression])
    joins: Mapping[str, Join] = field(default_factory=dict[str, Join])
    filters: Mapping[str, Narrowing] = field(default_factory=dict[str, Narrowing])
    always: Predicate | None = None

    def column(self, row: FromClause, name: str) -> ColumnElement[Any]:
        """The expression behind a field or an order's key, by its camelCase name."""
        if name in self.columns:
            return self.columns[name](row)
        return row.c[snake(name)]

    def join(self, relation: One | Many, row: FromClause, target: FromClause) -> ColumnElement[bool]:
        """How a row finds what the relation names."""
        if relation.name in self.joins:
            return self.joins[relation.name](row, target)
        if isinstance(relation, One):
            return target.c.id == row.c[f"{snake(relation.name)}_id"]
        return target.c[f"{snake(self.view.name)}_id"] == row.c.id


Sources: TypeAlias = Mapping[str, Source]
