"""Query strings: filters, order, paging and `expand`, read strictly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from starlette.datastructures import QueryParams

from service.api.errors import InputError, Malformed
from service.api.selections import LONGEST_VALUE, expanded, paths_of
from service.domain.errors import Invalid
from service.domain.reading import View
from service.domain.selection import Nodes, Page, PageArguments, PageInfo, Selection, TotalCount, rows_at_most

DEFAULT_PAGE, LARGEST_PAGE = 50, 200
LARGEST_NUMBER = 999_999_999
MOST_ROWS = 1_000_000
"""How many rows one request may bring at worst; a list under `expand` counts as full."""


@dataclass(frozen=True)
class ListQuery:
    """One list as it was asked for."""

    page: Page
    arguments: Mapping[str, PageArguments]


def list_query(view: View, query: QueryParams) -> ListQuery:
    """The page that a query string wants. Raises Malformed, naming every parameter that is wrong."""
    errors: list[InputError] = []

    def take(name: str, read: Callable[[str], Any], default: Any) -> Any:
        try:
            return read(query[name]) if name in query else default
        except ValueError as error:
            errors.append(InputError(pointer=f"/{name}", detail=str(error)))
            return default

    known = {"first", "after", "sort", "count", "expand", *view.all_filters}
    errors += [
        InputError(pointer=f"/{name}", detail="There is no such parameter.") for name in query if name not in known
    ]
    first = take("first", _first, DEFAULT_PAGE)
    counted = take("count", _boolean, default=False)
    sort, descending = take("sort", lambda text: _sort(view, text), (next(iter(view.all_orders)), False))
    filters: dict[str, Any] = {}
    for name, one in view.all_filters.items():
        given = [text for text in query.getlist(name) if text] if name in query else []
        try:
            values = [typed(one.type, text) for text in given]
        except ValueError as error:
            errors.append(InputError(pointer=f"/{name}", detail=str(error)))
            continue
        if name in query and not values:
            errors.append(InputError(pointer=f"/{name}", detail="A value is missing."))
        elif len(values) > 1 and one.match != "any":
            errors.append(InputError(pointer=f"/{name}", detail="This parameter is given once."))
        elif values:
            filters[name] = values if one.match == "any" else values[0]
    if errors:
        raise Malformed(errors)
    selection = expanded_within(view, query, first)
    return ListQuery(
        page=page_of(
            selection, sort, descending=descending, filters=tuple(filters), after="after" in query, counted=counted
        ),
        arguments={"": PageArguments(first=first, after=query.get("after"), filters=filters)},
    )


@lru_cache(maxsize=1_000)
def page_of(
    selection: Selection, order: str, *, descending: bool, filters: tuple[str, ...], after: bool, counted: bool
) -> Page:
    """A list as REST answers it: `items`, `totalCount` when asked, and `page` last."""
    total = (TotalCount("totalCount"),) if counted else ()
    info = PageInfo("page", (("endCursor", "endCursor"), ("hasNextPage", "hasNextPage")))
    return Page((Nodes("items", selection), *total, info), order, descending, filters, after)


def one_query(view: View, query: QueryParams) -> Selection:
    """What is wanted of a single resource. Raises Malformed, Invalid (`unknown_relation`)."""
    unknown = [name for name in query if name != "expand"]
    if unknown:
        raise Malformed([InputError(pointer=f"/{name}", detail="There is no such parameter.") for name in unknown])
    return expanded_within(view, query, 1)


def expanded_within(view: View, query: QueryParams, first: int) -> Selection:
    """What `expand` wants of so many rows. Raises Malformed, Invalid (`unknown_relation`, `expand_limit`)."""
    selection = expanded(view, paths_of(query.getlist("expand")))
    rows = first * (1 + rows_at_most(selection))
    if rows > MOST_ROWS:
        raise Invalid(
            "expand_limit",
            f"That is {rows} rows at worst; at most {MOST_ROWS} are allowed. Ask for fewer at a time, or expand less.",
            pointer="/expand",
        )
    return selection


def typed(kind: Any, text: str) -> Any:
    """A parameter's text as its type. Raises ValueError in words for the caller."""
    if len(text) > LONGEST_VALUE or "\x00" in text:
        raise ValueError("This is not a value that can be looked for.")
    if isinstance(kind, type) and issubclass(kind, Enum):
        values = [str(one.value) for one in kind]
        if text not in values:
            raise ValueError(f"One of: {', '.join(values)}.")
        return text
    return _READERS[kind](text)


def identity(text: str) -> UUID:
    """An id in its one written form. Raises ValueError."""
    try:
        found = UUID(text)
    except ValueError as error:
        raise ValueError("An id is a UUID.") from error
    if str(found) != text.lower():
        raise ValueError("An id is a UUID, written with hyphens.")
    return found


def _first(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or not 1 <= int(text[:9]) <= LARGEST_PAGE:
        raise ValueError(f"A number from 1 to {LARGEST_PAGE}.")
    return int(text)


def _boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("`true` or `false`.")
    return text == "true"


def _integer(text: str) -> int:
    if not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > LONGEST_VALUE:
        raise ValueError("A whole number.")
    if abs(found := int(text)) > LARGEST_NUMBER:
        raise ValueError(f"A whole number up to {LARGEST_NUMBER}.")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else _no_day()
    except ValueError as error:
        raise ValueError("A date such as 2026-01-31.") from error


def _no_day() -> date:
    raise ValueError


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise ValueError("A time such as 2026-01-31T08:00:00Z.") from error
    if found.tzinfo is None or "T" not in text.upper():
        raise ValueError("A time with its offset, such as 2026-01-31T08:00:00Z.")
    try:
        return found.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("A time in the calendar's years.") from error


def _decimal(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("A number.") from error
    if not found.is_finite():
        raise ValueError("A number.")
    return found


def _sort(view: View, text: str) -> tuple[str, bool]:
    name = text.removeprefix("-")
    if name not in view.all_orders:
        listed = ", ".join(f"{one}, -{one}" for one in view.all_orders)
        raise ValueError(f"One of: {listed}.")
    return name, text.startswith("-")


_READERS: Mapping[Any, Callable[[str], Any]] = {
    UUID: identity,
    str: str,
    bool: _boolean,
    int: _integer,
    date: _day,
    datetime: _instant,
    Decimal: _decimal,
}
