"""The read engine: whatever a view declares can be asked for, by whoever may, in one valid statement."""

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import pytest

from service.api.rest.query import page_of
from service.api.selections import expanded
from service.domain.actor import Role, Scope
from service.domain.catalogue import VIEWS
from service.domain.errors import Forbidden
from service.domain.ids import new_id
from service.domain.reading import View
from service.domain.selection import Leaf, PageArguments, Selection
from service.repo.sources import SOURCES
from tests.municipality import Municipality

SAMPLES: dict[Any, Any] = {
    UUID: new_id(),
    str: "Å",
    bool: True,
    int: 1,
    date: date(2026, 1, 1),
    datetime: datetime(2026, 1, 1, tzinfo=UTC),
    Decimal: Decimal(1),
}
GRANTS: tuple[Role | Scope, ...] = (*Role, *Scope)


def sample(kind: Any) -> Any:
    return next(iter(kind)).value if isinstance(kind, type) and issubclass(kind, Enum) else SAMPLES[kind]


def test_every_view_has_its_source_and_every_relation_its_target() -> None:
    assert set(SOURCES) == set(VIEWS)
    for view in VIEWS.values():
        assert {relation.view for relation in view.relations} <= set(VIEWS)
        assert SOURCES[view.name].view is view


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.name)
def test_a_named_relation_that_a_view_or_its_machine_speaks_of_has_its_sql(view: View) -> None:
    source = SOURCES[view.name]
    known = {*source.named, *map(str, Role), *map(str, Scope), "everyone"}
    spoken = {*view.visible_to} | {name for field in view.fields for name in field.readable_by or ()}
    conditions: set[str] = set()
    if view.machine:
        spoken |= {name for action in view.machine.actions for name in action.by}
        conditions = {one.name for action in view.machine.actions for one in action.when}
    assert spoken <= known, view.name
    assert conditions <= set(source.named), view.name


@pytest.mark.parametrize("grant", GRANTS)
@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.name)
async def test_every_field_relation_filter_and_order_can_be_asked_for(
    town: Municipality, view: View, grant: Role | Scope
) -> None:
    person = await town.person("Mette") if grant is Role.EMPLOYEE else None
    actor = town.actor(person, grant)
    reader = town.rooms.context.reader
    # Everybody who is neither HR nor a person is told by the token what they see: their statements differ little.
    deep = grant in {Role.HR, Role.EMPLOYEE}
    await reader.one(view, new_id(), expanded(view, tuple(view.all_relations) if deep else ()), actor)
    if view.singleton:
        return
    selection = Selection((Leaf("id", "id"),))
    for order in view.all_orders:
        for descending in (False, True):
            page = page_of(selection, order, descending=descending, filters=(), after=False, counted=True)
            field = view.all_fields.get(order)
            if field and field.readable_by is not None and actor.grants.isdisjoint(field.readable_by):
                with pytest.raises(Forbidden):
                    await reader.page(view, page, actor, {"": PageArguments(first=1)})
                continue
            body = await reader.page(view, page, actor, {"": PageArguments(first=1)})
            assert b'"items"' in body
    for name, one in view.all_filters.items():
        page = page_of(
            selection, next(iter(view.all_orders)), descending=False, filters=(name,), after=False, counted=False
        )
        value = [sample(one.type)] if one.match == "any" else sample(one.type)
        # Refused is an answer as well: whoever may not read the field may not filter by it.
        with suppress(Forbidden):
            await reader.page(view, page, actor, {"": PageArguments(first=1, filters={name: value})})
