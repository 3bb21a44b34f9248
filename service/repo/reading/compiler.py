"""A selection over a source, compiled to one statement.

Each relation becomes a scalar sub-select correlated with the row above it; a page is selected first, by keyset,
and everything nests under its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    null,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSON, JSONB, aggregate_order_by

from service.domain.reading import Many, One
from service.domain.selection import (
    LIST_LIMIT,
    Cursor,
    Edges,
    Item,
    Leaf,
    Node,
    Nodes,
    Page,
    PageInfo,
    RelatedList,
    RelatedPage,
    Selection,
    TotalCount,
    TypeName,
)
from service.repo.reading import access, paging
from service.repo.reading.source import Source, Sources, constant

_ALWAYS: ColumnElement[bool] = literal_column("true", Boolean())
EMPTY_LIST = literal_column("'[]'::json", JSON())
LIST_LIMIT_SQL: ColumnElement[int] = literal_column(str(LIST_LIMIT), Integer())


def quoted(text: str) -> ColumnElement[str]:
    """A GraphQL name as a literal; the grammar of names leaves nothing to escape."""
    return literal_column(f"'{text}'", Text()) if text.isidentifier() else constant("invalid")


def first(page: Page) -> ColumnElement[int]:
    """How many rows the reader wants."""
    return bindparam(f"{page.key}first", type_=Integer())


def first_of(target: Source) -> Page:
    """The page that `expand` shows of a relation."""
    return Page(items=(), order=next(iter(target.view.all_orders)))


@dataclass(frozen=True)
class Above:
    """The row that a relation starts from."""

    source: Source
    relation: One | Many
    row: FromClause


@dataclass(frozen=True)
class Compiler:
    """Compiles for one set of grants: what a token settles is settled here, what data settles in SQL."""

    sources: Sources
    grants: frozenset[str]

    def listing(self, source: Source, page: Page, limit: ColumnElement[int], above: Above | None = None) -> Select[Any]:
        """The rows of one page: those that the actor may see and the filters leave, after the cursor, in order."""
        row, wanted = self.matching(source, page, above)
        keys = paging.keys(source, row, page)
        listed = wanted.where(paging.after(keys, page)) if page.after else wanted
        return listed.order_by(*paging.ordered(keys, page)).limit(limit)

    def matching(self, source: Source, page: Page, above: Above | None = None) -> tuple[FromClause, Select[Any]]:
        """All pages' rows, in no order."""
        row = source.table.alias()
        wanted = select(row).where(
            access.visible(source, row, self.grants), *paging.narrowed(source, row, page, self.grants)
        )
        if above:
            wanted = wanted.where(above.source.join(above.relation, above.row, row)).correlate(above.row)
        return row, wanted

    def node(self, source: Source, row: FromClause, selection: Selection) -> ColumnElement[Any]:
        """One row as a JSON object."""
        inner = select(*self.columns(source, row, selection)).correlate(row).subquery()
        return select(func.row_to_json(inner.table_valued(), type_=JSON())).scalar_subquery()

    def columns(self, source: Source, row: FromClause, selection: Selection) -> Iterator[ColumnElement[Any]]:
        """What a selection wants of a row, each under the reader's own name for it."""
        for item in selection.items:
            yield self.item(source, row, item).label(item.alias)

    def item(self, source: Source, row: FromClause, item: Item) -> ColumnElement[Any]:
        """One value of a row."""
        if isinstance(item, TypeName):
            return quoted(item.name)
        if isinstance(item, Leaf):
            field = source.view.all_fields[item.field]
            value = access.value(source, row, field, self.grants)
            return self.parts(value, item, row) if item.parts else value
        relation = source.view.all_relations[item.relation]
        target = self.sources[relation.view]
        above = Above(source, relation, row)
        if isinstance(item, RelatedPage):
            return self.page(target, item.page, above)
        if isinstance(item, RelatedList):
            found = self.listing(target, first_of(target), LIST_LIMIT_SQL, above).subquery()
            listed = func.json_agg(self.node(target, found, item.selection), type_=JSON())
            answer = select(func.coalesce(listed, EMPTY_LIST)).select_from(found)
            return answer.correlate(row).scalar_subquery()
        inner = target.table.alias()
        one = (
            select(*self.columns(target, inner, item.selection))
            .where(source.join(relation, row, inner), access.visible(target, inner, self.grants))
            .correlate(row)
            .limit(literal_column("1", Integer()))
            .subquery()
        )
        return select(func.row_to_json(one.table_valued(), type_=JSON())).scalar_subquery()

    def parts(self, value: ColumnElement[Any], leaf: Leaf, row: FromClause) -> ColumnElement[Any]:
        """What is wanted inside a stored value object, or inside each of a list of them."""
        document = type_coerce(value, JSONB())
        if not leaf.many:
            inner = select(*self.inside(document, leaf, row)).correlate(row).subquery()
            one = select(func.row_to_json(inner.table_valued(), type_=JSON())).scalar_subquery()
            return case((document.is_not(None), one), else_=null())
        element = func.jsonb_array_elements(document).table_valued("value", with_ordinality="place").render_derived()
        each = type_coerce(element.c.value, JSONB())
        inside = select(*self.inside(each, leaf, element)).correlate(element, row).subquery()
        one = select(func.row_to_json(inside.table_valued(), type_=JSON())).correlate(element, row).scalar_subquery()
        listed = func.json_agg(aggregate_order_by(one, element.c.place), type_=JSON())
        found = select(func.coalesce(listed, EMPTY_LIST)).select_from(element)
        return case((document.is_not(None), found.correlate(row).scalar_subquery()), else_=null())

    def inside(self, document: ColumnElement[Any], leaf: Leaf, row: FromClause) -> Iterator[ColumnElement[Any]]:
        """The parts of one value object, those of objects inside it included."""
        for part in leaf.parts:
            if isinstance(part, TypeName):
                yield quoted(part.name).label(part.alias)
                continue
            value = cast("Any", document)[quoted(part.field)]
            yield (self.parts(value, part, row) if part.parts else value).label(part.alias)

    def page(self, source: Source, page: Page, above: Above | None = None) -> ColumnElement[Any]:
        """One page of a list, as a JSON object with the items that were asked for."""
        if any(isinstance(item, Nodes) for item in page.items) and not any(
            isinstance(item, Edges | PageInfo) for item in page.items
        ):
            return self.rows_alone(source, page, above)
        found = self.listing(source, page, first(page) + literal_column("1", Integer()), above).subquery()
        numbered = self.numbered(source, found, page)
        pairs: list[ColumnElement[Any]] = []
        for i, item in enumerate(page.items):
            if isinstance(item, TotalCount):
                value = self.total(source, page, above)
            else:
                value = self.page_item(numbered, page, i, item)
            pairs += [quoted(item.alias), value]
        # All rows are one group, also where nothing that is asked for counts or lists them: one page, one answer.
        answer = select(func.json_build_object(*pairs, type_=JSON())).select_from(numbered).having(_ALWAYS)
        return (answer.correlate(above.row) if above else answer).scalar_subquery()

    def rows_alone(self, source: Source, page: Page, above: Above | None) -> ColumnElement[Any]:
        """A page of which nobody asks where it ends: no row is counted or numbered, none is read ahead."""
        found = self.listing(source, page, first(page), above).subquery()
        pairs: list[ColumnElement[Any]] = []
        for item in page.items:
            match item:
                case Nodes():
                    listed = func.json_agg(self.node(source, found, item.selection), type_=JSON())
                    value: ColumnElement[Any] = func.coalesce(listed, EMPTY_LIST)
                case TotalCount():
                    value = self.total(source, page, above)
                case _:
                    value = quoted(cast("TypeName", item).name)
            pairs += [quoted(item.alias), value]
        answer = select(func.json_build_object(*pairs, type_=JSON())).select_from(found)
        return (answer.correlate(above.row) if above else answer).scalar_subquery()

    def total(self, source: Source, page: Page, above: Above | None) -> ColumnElement[Any]:
        """How many rows all pages have together."""
        _, wanted = self.matching(source, page, above)
        return select(func.count()).select_from(wanted.subquery()).scalar_subquery()

    def numbered(self, source: Source, found: Subquery, page: Page) -> Subquery:
        """The page's rows with their place, how many they are, and what each item wants of them."""
        cursor = paging.cursor(paging.keys(source, found, page), page)
        columns: list[ColumnElement[Any]] = [
            func.row_number().over().label("place"),
            func.count().over().label("found"),
            cursor.label("cursor"),
        ]
        for i, item in enumerate(page.items):
            if isinstance(item, Nodes):
                columns.append(self.node(source, found, item.selection).label(f"item_{i}"))
            elif isinstance(item, Edges):
                edge = self.edge(source, found, item, cursor)
                columns.append(edge.label(f"item_{i}"))
        return select(*columns).select_from(found).subquery()

    def edge(self, source: Source, row: FromClause, edges: Edges, cursor: ColumnElement[str]) -> ColumnElement[Any]:
        """One edge of a connection."""
        pairs: list[ColumnElement[Any]] = []
        for item in edges.items:
            match item:
                case Cursor():
                    value: ColumnElement[Any] = cursor
                case Node():
                    value = self.node(source, row, item.selection)
                case TypeName():
                    value = quoted(item.name)
            pairs += [quoted(item.alias), value]
        return func.json_build_object(*pairs, type_=JSON())

    def page_item(
        self, rows: Subquery, page: Page, i: int, item: Nodes | Edges | PageInfo | TypeName
    ) -> ColumnElement[Any]:
        """One of the things a page answers with."""
        match item:
            case Nodes() | Edges():
                column = cast("ColumnElement[Any]", rows.c[f"item_{i}"])
                listed = func.json_agg(aggregate_order_by(column, rows.c.place), type_=JSON())
                return func.coalesce(listed.filter(rows.c.place <= first(page)), EMPTY_LIST)
            case TypeName():
                return quoted(item.name)
            case PageInfo():
                last = func.least(rows.c.found, first(page))
                facts: dict[str, ColumnElement[Any]] = {
                    "hasNextPage": func.count() > first(page),
                    "hasPreviousPage": literal_column("true" if page.after else "false"),
                    "startCursor": func.max(rows.c.cursor).filter(rows.c.place == literal_column("1")),
                    "endCursor": func.max(rows.c.cursor).filter(rows.c.place == last),
                }
                pairs: list[ColumnElement[Any]] = []
                for fact in item.facts:
                    if isinstance(fact, TypeName):
                        pairs += [quoted(fact.alias), quoted(fact.name)]
                    else:
                        pairs += [quoted(fact[0]), facts[fact[1]]]
                return func.json_build_object(*pairs, type_=JSON())
