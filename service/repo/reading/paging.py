"""Keyset pages: orders, cursors and filters of a list."""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, cast
from uuid import UUID

import orjson
from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Numeric,
    Text,
    Uuid,
    and_,
    bindparam,
    func,
    literal_column,
    tuple_,
)
from sqlalchemy.types import TypeEngine

from service.domain.errors import Forbidden, Invalid
from service.domain.reading import Filter
from service.domain.selection import Page, PageArguments
from service.domain.text import fold
from service.repo.reading.source import Source

_SQL_TYPES: Mapping[type, TypeEngine[Any]] = {
    UUID: Uuid(),
    str: Text(),
    bool: Boolean(),
    int: Integer(),
    date: Date(),
    datetime: DateTime(timezone=True),
    float: Numeric(),
}

_LAST = literal_column("U&'\\+10FFFF'", Text())
"""The character behind all others."""


def sql_type(python: Any) -> TypeEngine[Any]:
    """The SQL type that a filter's value is bound as; enums are words."""
    if isinstance(python, type) and issubclass(python, Enum):
        return Text()
    return _SQL_TYPES[python]


def keys(source: Source, row: FromClause, page: Page) -> list[ColumnElement[Any]]:
    """What the page is ordered by; the id settles what is equal."""
    order = source.view.all_orders[page.order]
    return [*(source.column(row, name) for name in order.fields), row.c.id]


def ordered(columns: Sequence[ColumnElement[Any]], page: Page) -> list[ColumnElement[Any]]:
    """The same as an ORDER BY."""
    return [column.desc() if page.descending else column.asc() for column in columns]


def cursor(columns: Sequence[ColumnElement[Any]], page: Page) -> ColumnElement[str]:
    """The place of a row: its keys and the list they belong to, as URL-safe base64."""
    bound = bindparam(f"{page.key}bound", type_=Text())
    text = func.json_build_array(bound, *columns).cast(Text())
    plain = func.encode(func.convert_to(text, "UTF8"), "base64")
    return func.translate(plain, "+/=\n", "-_")


def after(columns: Sequence[ColumnElement[Any]], page: Page) -> ColumnElement[bool]:
    """The rows behind the cursor that was given."""
    given = [bindparam(f"{page.key}after_{i}", type_=column.type) for i, column in enumerate(columns)]
    return tuple_(*columns) < tuple_(*given) if page.descending else tuple_(*columns) > tuple_(*given)


def narrowed(source: Source, row: FromClause, page: Page, grants: frozenset[str]) -> list[ColumnElement[bool]]:
    """The page's filters. Raises Forbidden (`filter_not_allowed`) on a field that the actor may not read.

    An order of the same name as a field goes by it, and is refused with it.
    """
    found: list[ColumnElement[bool]] = []
    _refuse_unreadable(source, page.order, "sort", grants)
    for name in page.filters:
        one = source.view.all_filters[name]
        _refuse_unreadable(source, one.subject, "filter", grants)
        type_ = sql_type(one.type)
        value = bindparam(f"{page.key}filter_{name}", type_=ARRAY(type_) if one.match == "any" else type_)
        if name in source.filters:
            found.append(source.filters[name](row, value))
            continue
        column = source.column(row, one.subject)
        match one.match:
            case "is":
                found.append(column == value)
            case "any":
                found.append(column == func.any(value))
            case "from":
                found.append(column >= value)
            case "before":
                found.append(column < value)
            case "prefix":
                found.append(starts(column, value))
    return found


def _refuse_unreadable(source: Source, name: str, what: str, grants: frozenset[str]) -> None:
    field = source.view.all_fields.get(name)
    if field and field.readable_by is not None and grants.isdisjoint(field.readable_by):
        raise Forbidden("filter_not_allowed", f"You may not {what} by {name}: you may not read it.")


def starts(column: ColumnElement[Any], value: ColumnElement[Any]) -> ColumnElement[bool]:
    """The folded word begins so: a range in the order of bytes, which one plan finds by index for every value."""
    return and_(column >= value, column < value.concat(_LAST))


def bind(source: Source, page: Page, arguments: PageArguments) -> dict[str, Any]:
    """The values behind the page's parameters. Raises Invalid (`bad_cursor`)."""
    filters = {name: _bound(source.view.all_filters[name], arguments.filters[name]) for name in page.filters}
    fingerprint = _fingerprint(page, filters)
    values: dict[str, Any] = {
        f"{page.key}first": arguments.first,
        f"{page.key}bound": fingerprint,
        **{f"{page.key}filter_{name}": value for name, value in filters.items()},
    }
    if page.after:
        for i, key in enumerate(_decode(source, page, arguments.after or "", fingerprint)):
            values[f"{page.key}after_{i}"] = key
    return values


def _bound(one: Filter, value: Any) -> Any:
    return fold(value) if one.match == "prefix" else value


def _fingerprint(page: Page, filters: Mapping[str, Any]) -> str:
    text = orjson.dumps(
        [page.order, page.descending, sorted(filters.items())], default=str, option=orjson.OPT_SORT_KEYS
    )
    return hashlib.blake2s(text, digest_size=6).hexdigest()


def _decode(source: Source, page: Page, text: str, fingerprint: str) -> list[Any]:
    order = source.view.all_orders[page.order]
    types = [source.column(source.table, name).type.python_type for name in order.fields]
    try:
        padded = text + "=" * (-len(text) % 4)
        found = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        bound, *values = cast("list[Any]", found)
        if bound != fingerprint or len(values) != len(types) + 1:
            raise ValueError(bound)
        return [_key(type_, value) for type_, value in zip([*types, UUID], values, strict=True)]
    except (binascii.Error, orjson.JSONDecodeError, UnicodeEncodeError, ValueError, TypeError) as error:
        raise Invalid(
            "bad_cursor",
            "The cursor is not one of this list in this order with these filters.",
            pointer="/after",
        ) from error


def _key(type_: type, value: Any) -> Any:
    if type_ in {UUID, datetime, date}:
        text = str(value)
        return UUID(text) if type_ is UUID else cast("type[datetime]", type_).fromisoformat(text)
    if not isinstance(value, type_):
        raise TypeError(value)
    return value
