"""The log row of a sensitive reading, as part of the statement that reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, case, func, insert, literal_column, null, select, true
from sqlalchemy.sql.expression import CTE

from service.domain.errors import Invalid
from service.domain.selection import (
    Edges,
    Leaf,
    Node,
    Nodes,
    Page,
    Related,
    RelatedList,
    RelatedPage,
    Selection,
    TypeName,
)
from service.repo.reading import access
from service.repo.reading.access_log import AccessLogRow
from service.repo.reading.compiler import LIST_LIMIT_SQL, Above, Compiler, first, first_of
from service.repo.reading.source import ME, SUBJECT, Source, Sources, constant
from service.repo.tables import table

_COLUMNS = (
    "organisation_id", "id", "read_at", "reader", "reader_person_id", "concept", "resource_id", "person_id", "fields",
)  # fmt: skip


def selections(page: Page) -> Iterator[Selection]:
    """What a page wants of each of its rows."""
    for item in page.items:
        if isinstance(item, Nodes):
            yield item.selection
        elif isinstance(item, Edges):
            yield from (edge.selection for edge in item.items if isinstance(edge, Node))


def sensitive(source: Source, selection: Selection) -> list[str]:
    """The sensitive fields that the selection takes from the row itself."""
    leaves = [item.field for item in selection.items if isinstance(item, Leaf)]
    return sorted({name for name in leaves if source.view.all_fields[name].sensitive})


def relations(sources: Sources, source: Source, selection: Selection) -> Iterator[tuple[str, Source, Selection]]:
    """Each relation that the selection follows, with what is wanted behind it."""
    for item in selection.items:
        if isinstance(item, Leaf | TypeName):
            continue
        target = sources[source.view.all_relations[item.relation].view]
        if isinstance(item, Related | RelatedList):
            yield item.relation, target, item.selection
        else:
            for one in selections(item.page):
                yield item.relation, target, one


def refuse_deep(sources: Sources, source: Source, selection: Selection, depth: int = 0) -> None:
    """Sensitive fields stand at the root or one relation down. Raises Invalid (`sensitive_too_deep`)."""
    if depth > 1 and (names := sensitive(source, selection)):
        raise Invalid(
            "sensitive_too_deep",
            f"{source.view.name}.{names[0]} is sensitive: select it at the root or one relation down.",
        )
    for _, target, inner in relations(sources, source, selection):
        refuse_deep(sources, target, inner, depth + 1)


@dataclass(frozen=True)
class Shown:
    """Rows that the reader gets, and what is shown of them."""

    source: Source
    rows: FromClause
    selection: Selection


def insertions(compiler: Compiler, shown: Shown) -> list[CTE]:
    """The log rows for what is shown, at the root and one relation down."""
    refuse_deep(compiler.sources, shown.source, shown.selection)
    places = [shown, *_behind(compiler, shown)]
    return [
        _insertion(compiler, place, name=f"logged_{shown.source.table.name}_{i}", root=shown.rows)
        for i, place in enumerate(places)
        if sensitive(place.source, place.selection)
    ]


def _behind(compiler: Compiler, shown: Shown) -> Iterator[Shown]:
    for item in shown.selection.items:
        if isinstance(item, Leaf | TypeName):
            continue
        relation = shown.source.view.all_relations[item.relation]
        target = compiler.sources[relation.view]
        above = Above(shown.source, relation, shown.rows)
        if isinstance(item, RelatedPage):
            rows = compiler.listing(target, item.page, first(item.page), above).lateral()
            yield from (Shown(target, rows, one) for one in selections(item.page))
        else:
            rows = compiler.listing(target, first_of(target), LIST_LIMIT_SQL, above).lateral()
            yield Shown(target, rows, item.selection)


def _insertion(compiler: Compiler, shown: Shown, *, name: str, root: FromClause) -> CTE:
    source, row = shown.source, shown.rows
    names: list[ColumnElement[Any]] = []
    for field_name in sensitive(source, shown.selection):
        value = access.value(source, row, source.view.all_fields[field_name], compiler.grants)
        names.append(case((value.is_not(None), constant(field_name)), else_=null()))
    fields = func.array_remove(access.words(names), null())
    log = table(AccessLogRow)
    entries: Select[*tuple[Any, ...]] = select(
        row.c.organisation_id,
        func.gen_random_uuid(),
        func.now(),
        SUBJECT,
        ME,
        constant(source.view.name),
        row.c.id,
        access.subject_of(source, row),
        fields,
    ).where(func.cardinality(fields) > literal_column("0"))
    if row is not root:
        entries = entries.select_from(root.join(row, true()))
    return insert(log).from_select(list(_COLUMNS), entries).cte(name)
