"""Who sees what, as SQL: the same named relations for rows, for fields and for what may be done."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Text,
    Uuid,
    and_,
    case,
    column,
    false,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import array

from service.domain.names import snake
from service.domain.reading import Field
from service.repo.reading.source import THRESHOLD, Source, among, constant, is_in

_PERSON = table("person", column("id", Uuid()), column("protected_identity", Boolean()))
SHIELDED = select(_PERSON.c.id).where(_PERSON.c.protected_identity).cte("shielded")
"""The persons whose identity is protected."""


def holds(source: Source, row: FromClause, names: Iterable[str], grants: frozenset[str]) -> ColumnElement[bool]:
    """One of the named roles, scopes or relations holds; what the token settles is settled before SQL."""
    if not grants.isdisjoint(names):
        return true()
    return or_(false(), *(source.named[name](row) for name in names if name in source.named))


def visible(source: Source, row: FromClause, grants: frozenset[str]) -> ColumnElement[bool]:
    """The actor may know of this row."""
    view = source.view
    seen = holds(source, row, view.visible_to, grants)
    if view.subject and grants.isdisjoint(view.shielded_to):
        subject = source.column(row, view.subject)
        seen = and_(
            seen,
            or_(
                func.coalesce(not_(is_in(subject, SHIELDED)), true()),
                *(source.named[name](row) for name in view.shielded_to if name in source.named),
            ),
        )
    return and_(seen, source.always(row)) if source.always else seen


def readable(source: Source, row: FromClause, field: Field, grants: frozenset[str]) -> ColumnElement[bool] | None:
    """When the actor may read the field; None where seeing the row is enough."""
    if field.readable_by is None or not grants.isdisjoint(field.readable_by):
        return None
    return holds(source, row, field.readable_by, grants)


def value(source: Source, row: FromClause, field: Field, grants: frozenset[str]) -> ColumnElement[Any]:
    """The field's value, or null for who may not read it."""
    if field.name == "allowedActions":
        return allowed_actions(source, row, grants)
    found = source.column(row, field.name)
    if field.exact_for is not None and grants.isdisjoint(field.exact_for):
        coarse = func.nullif(found // THRESHOLD * THRESHOLD, literal_column("0", Integer()))
        found = case((holds(source, row, field.exact_for, grants), found), else_=coarse)
    condition = readable(source, row, field, grants)
    if condition is None:
        return found
    if condition is false() or isinstance(condition, type(false())):
        return null()
    return case((condition, found), else_=null())


def allowed_actions(source: Source, row: FromClause, grants: frozenset[str]) -> ColumnElement[Any]:
    """The names of the actions whose well-formed request would pass the guard now."""
    machine = source.view.machine
    if machine is None:
        raise KeyError("allowedActions")
    listed: list[ColumnElement[Any]] = []
    for action in machine.actions:
        may = holds(source, row, action.by, grants)
        if isinstance(may, type(false())):
            continue
        conditions = [may, *(source.named[condition.name](row) for condition in action.when)]
        if action.sources:
            conditions.append(among(row.c.state, action.sources))
        listed.append(case((and_(*conditions), constant(action.name)), else_=null()))
    return func.to_json(func.array_remove(words(listed), null()))


def words(listed: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    """An array of text, also when it is empty."""
    return array(listed, type_=cast("Any", Text()))


def facts(source: Source, row: FromClause, grants: frozenset[str]) -> dict[str, ColumnElement[bool]]:
    """Every named relation and condition of the source, and `visible`: what a guard is told."""
    found = {name: func.coalesce(predicate(row), false()) for name, predicate in source.named.items()}
    return {**found, "visible": func.coalesce(visible(source, row, grants), false())}


def subject_of(source: Source, row: FromClause) -> ColumnElement[Any]:
    """The person whose data the row is."""
    view = source.view
    return row.c[snake(view.subject)] if view.subject else null()
