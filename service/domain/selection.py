"""Selections: what one reader wants of a view, as plain data that can be compared and remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Literal, TypeAlias

LIST_LIMIT = 100
"""How many related rows `expand` shows; the related collection itself pages on."""


@dataclass(frozen=True)
class Leaf:
    """A field under the name the reader gave it; `parts` select inside a value object, or each of `many`."""

    alias: str
    field: str
    parts: tuple["Leaf | TypeName", ...] = ()
    many: bool = False


@dataclass(frozen=True)
class TypeName:
    """GraphQL's `__typename`."""

    alias: str
    name: str


@dataclass(frozen=True)
class Related:
    """A to-one relation."""

    alias: str
    relation: str
    selection: "Selection"


@dataclass(frozen=True)
class RelatedList:
    """A to-many relation as a plain list, cut at `LIST_LIMIT` (REST's `expand`)."""

    alias: str
    relation: str
    selection: "Selection"


@dataclass(frozen=True)
class RelatedPage:
    """A to-many relation as a connection."""

    alias: str
    relation: str
    page: "Page"


Item: TypeAlias = Leaf | TypeName | Related | RelatedList | RelatedPage


@dataclass(frozen=True)
class Selection:
    """What is wanted of one row, in order. Its hash is remembered: it is asked for at each request."""

    items: tuple[Item, ...]

    def __hash__(self) -> int:
        """The same for equal selections."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.items)


@dataclass(frozen=True)
class Cursor:
    """The place of an edge in its page."""

    alias: str


@dataclass(frozen=True)
class Node:
    """The row of an edge."""

    alias: str
    selection: Selection


@dataclass(frozen=True)
class Edges:
    """A connection's edges."""

    alias: str
    items: tuple[Cursor | Node | TypeName, ...]


@dataclass(frozen=True)
class Nodes:
    """A page's rows as a plain list."""

    alias: str
    selection: Selection


PageFact: TypeAlias = Literal["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"]


@dataclass(frozen=True)
class PageInfo:
    """What a reader needs to go on: pairs of (alias, fact)."""

    alias: str
    facts: tuple[tuple[str, PageFact] | TypeName, ...]


@dataclass(frozen=True)
class TotalCount:
    """How many rows the filter leaves, all pages together."""

    alias: str


@dataclass(frozen=True)
class Page:
    """One page of a list and what is wanted of it.

    `key` tells pages of the same shape at different places in one document apart: their arguments are bound
    under it.
    """

    items: tuple[Edges | Nodes | PageInfo | TotalCount | TypeName, ...]
    order: str
    descending: bool = False
    filters: tuple[str, ...] = ()
    after: bool = False
    key: str = ""

    def __hash__(self) -> int:
        """The same for equal pages; remembered."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.items, self.order, self.descending, self.filters, self.after, self.key))


@dataclass(frozen=True, kw_only=True)
class PageArguments:
    """The values that belong to a `Page`: `first` rows after `after`, those that match `filters`."""

    first: int
    after: str | None = None
    filters: Mapping[str, Any] = field(default_factory=dict[str, Any])


@lru_cache(maxsize=1_000)
def rows_at_most(selection: Selection) -> int:
    """How many related rows one row of this selection brings with it at worst; connections count apart."""
    rows = 0
    for item in selection.items:
        if isinstance(item, Related):
            rows += 1 + rows_at_most(item.selection)
        elif isinstance(item, RelatedList):
            rows += LIST_LIMIT * (1 + rows_at_most(item.selection))
    return rows
