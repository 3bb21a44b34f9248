"""What may be read: views, as plain data.

A view *is* the REST answer, the OpenAPI schema and the GraphQL type. A selection names what one reader wants of
it; `service/repo/reading` turns the two into one SQL statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, Protocol
from uuid import UUID

from service.domain.actor import Actor
from service.domain.selection import Page, PageArguments, Selection
from service.domain.states import StateMachine


@dataclass(frozen=True)
class Field:
    """A value of a view. `name` is its name on the wire; `type` a Python type, `| None` where it may be null.

    `readable_by` names roles, scopes and relations to the row; for everybody else the value is null. Reading a
    `sensitive` value is written to the access log. A count is right for those in `exact_for`; others read it rounded
    down to a whole multiple of the organisation's anonymity threshold, and null below it: no small group shows, and no
    sum or difference of such counts shows one.
    """

    name: str
    type: Any
    doc: str
    readable_by: tuple[str, ...] | None = None
    sensitive: bool = False
    example: Any = None
    exact_for: tuple[str, ...] | None = None


@dataclass(frozen=True)
class One:
    """A relation to at most one row. The field `<name>Id` comes with it unless `with_id` is off."""

    name: str
    view: str
    doc: str
    optional: bool = False
    with_id: bool = True


@dataclass(frozen=True)
class Many:
    """A relation to any number of rows: a connection in GraphQL, a list under `expand` in REST."""

    name: str
    view: str
    doc: str


@dataclass(frozen=True)
class Filter:
    """A way to narrow a list. `match` says how the value is compared with `field` (its own name by default).

    `any` takes several values and keeps the rows that have one of them; `from` is ≥, `before` is <, `prefix`
    compares the start of a folded word; `is` is equality.
    """

    name: str
    type: Any
    doc: str
    match: Literal["is", "any", "from", "before", "prefix"] = "is"
    field: str | None = None

    @property
    def subject(self) -> str:
        """The name of the view's field that is compared."""
        return self.field or self.name


@dataclass(frozen=True)
class Order:
    """A declared order: the fields compared, then the id. Never a field that may be null."""

    name: str
    fields: tuple[str, ...]
    doc: str


_BY_ID = Order("id", (), "In the order in which they were made.")


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """What may be read of a concept, by whom.

    `name` is the type (`Placement`), `path` the REST collection (`placements`). `visible_to` names roles, scopes
    and relations to the row. `machine` gives `allowedActions`. `subject` is the field that says whose data it
    is: persons with a protected identity appear to `shielded_to` alone, and the access log names them. A
    `singleton` has one row per organisation, reached without an id; what is not `kept` is made for the
    reader and has no identity.
    """

    name: str
    plural: str
    path: str
    doc: str
    visible_to: tuple[str, ...]
    fields: tuple[Field, ...]
    relations: tuple[One | Many, ...] = ()
    filters: tuple[Filter, ...] = ()
    orders: tuple[Order, ...] = ()
    machine: StateMachine[Any] | None = None
    subject: str | None = None
    shielded_to: tuple[str, ...] = ("hr", "people:read", "people:write", "self", "nearestManager")
    versioned: bool = True
    singleton: bool = False
    kept: bool = True

    @cached_property
    def all_fields(self) -> Mapping[str, Field]:
        """Every field by name: identity first, then the concept's own with the ids of its relations."""
        found = [Field("id", UUID, f"Identity of the {self.name}; a UUIDv7.")] if self.kept else []
        if self.versioned:
            found.append(Field("version", int, "Counts changes; goes into `If-Match` and `expectedVersion`."))
        found += self.fields
        found += [
            Field(f"{one.name}Id", UUID | None if one.optional else UUID, f"Identity: {one.doc}")
            for one in self.relations
            if isinstance(one, One) and one.with_id
        ]
        if self.versioned:
            found += _TIMES
        if self.machine:
            found.append(Field("allowedActions", list[str], "What the reader may do with it at this moment."))
        return {one.name: one for one in found}

    @cached_property
    def all_relations(self) -> Mapping[str, One | Many]:
        """Every relation by name."""
        return {relation.name: relation for relation in self.relations}

    @cached_property
    def all_filters(self) -> Mapping[str, Filter]:
        """Every filter by name; `ids` and, for what has versions, `updatedSince` come with each view."""
        found = [*self.filters, Filter("ids", UUID, "Any of these.", match="any", field="id")]
        if self.versioned:
            found.append(_UPDATED_SINCE)
        return {one.name: one for one in found}

    @cached_property
    def all_orders(self) -> Mapping[str, Order]:
        """Every order by name; the first is the default."""
        listed = self.orders or (_BY_ID,)
        return {order.name: order for order in listed}


_TIMES = (
    Field("createdAt", datetime, "When it was made."),
    Field("updatedAt", datetime, "When it was last changed."),
)
_UPDATED_SINCE = Filter("updatedSince", datetime, "Changed at this time or later.", match="from", field="updatedAt")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An answer: finished JSON, and the version where it is of one versioned row."""

    json: bytes
    version: int | None = None


class Reader(Protocol):
    """Reads of committed data: one statement each."""

    async def one(
        self,
        view: View,
        identity: UUID,
        selection: Selection,
        actor: Actor,
        arguments: Mapping[str, PageArguments] | None = None,
    ) -> Reading | None:
        """The row, or None where there is none that the actor may see."""
        ...

    async def page(self, view: View, page: Page, actor: Actor, arguments: Mapping[str, PageArguments]) -> bytes:
        """One page of rows. Raises Invalid (`bad_cursor`) and Forbidden (`filter_not_allowed`)."""
        ...

    async def any_of(
        self,
        choices: Mapping[View, Selection],
        identity: UUID,
        actor: Actor,
        arguments: Mapping[str, PageArguments] | None = None,
    ) -> bytes | None:
        """The row with that id, whatever it is, as the selection for its kind wants it."""
        ...
