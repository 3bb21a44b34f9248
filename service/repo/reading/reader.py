"""Compiles a selection once, keeps the statement, and runs it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast
from uuid import UUID

from prometheus_client import Histogram
from sqlalchemy import Select, Uuid, bindparam, func, null, select
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from service.domain.actor import Actor
from service.domain.clock import Clock
from service.domain.reading import Reading, View
from service.domain.selection import Leaf, Page, PageArguments, RelatedPage, Selection, TypeName
from service.repo.measures import READING
from service.repo.reading import access, paging
from service.repo.reading.compiler import Compiler, first
from service.repo.reading.logged import Shown, insertions, selections
from service.repo.reading.source import Source, Sources

_KEPT = 4096
_DIALECT: Any = PGDialect_asyncpg()


@dataclass(frozen=True)
class Statement:
    """SQL with numbered parameters, their names in order, and the values that never change."""

    sql: str
    names: tuple[str, ...]
    constants: Mapping[str, Any]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The parameters' values in order."""
        return [given[name] if name in given else self.constants[name] for name in self.names]


def statement(query: Select[*tuple[Any, ...]]) -> Statement:
    """Compile with the asyncpg dialect."""
    compiled = query.compile(dialect=_DIALECT)
    names = compiled.positiontup or []
    return Statement(str(compiled), tuple(names), dict(compiled.params))


class Runner(Protocol):
    """Runs one statement for an organisation and answers its first row, or None."""

    async def fetch_row(self, organisation: UUID, sql: str, values: list[Any]) -> Any:
        """The row. Raises what the database raises."""
        ...


@dataclass(frozen=True)
class Plan:
    """A statement and the pages in it, whose arguments are bound at each reading."""

    statement: Statement
    pages: tuple[tuple[Source, Page], ...]
    time: Histogram

    def bound(self, arguments: Mapping[str, PageArguments]) -> dict[str, Any]:
        """The values of the pages' parameters. Raises Invalid (`bad_cursor`)."""
        values: dict[str, Any] = {}
        for source, page in self.pages:
            values |= paging.bind(source, page, arguments[page.key])
        return values


@dataclass(frozen=True, repr=False)
class PostgresReader:
    """The read engine: `service.domain.reading.Reader` over one runner."""

    sources: Sources
    runner: Runner
    clock: Clock
    kept: OrderedDict[Hashable, Plan] = field(default_factory=OrderedDict[Hashable, Plan])

    async def one(
        self,
        view: View,
        identity: UUID,
        selection: Selection,
        actor: Actor,
        arguments: Mapping[str, PageArguments] | None = None,
    ) -> Reading | None:
        """The row as JSON with its version, or None where there is none that the actor may see."""
        key = ("one", view.name, selection, actor.grants)
        plan = self._kept(key, lambda: self._one(view, selection, actor.grants))
        row = await self._run(plan, actor, arguments or {}, id=identity)
        return Reading(json=row[0], version=row[1]) if row else None

    async def page(self, view: View, page: Page, actor: Actor, arguments: Mapping[str, PageArguments]) -> bytes:
        """One page of rows as JSON. Raises Invalid (`bad_cursor`), Forbidden (`filter_not_allowed`)."""
        plan = self._kept(("page", view.name, page, actor.grants), lambda: self._page(view, page, actor.grants))
        row = await self._run(plan, actor, arguments)
        return cast("bytes", row[0])

    async def any_of(
        self,
        choices: Mapping[View, Selection],
        identity: UUID,
        actor: Actor,
        arguments: Mapping[str, PageArguments] | None = None,
    ) -> bytes | None:
        """The row with that id, whatever its kind; the log row of a sensitive reading comes with it."""
        listed = tuple((view.name, selection) for view, selection in choices.items())
        plan = self._kept(("any", listed, actor.grants), lambda: self._any_of(choices, actor.grants))
        row = await self._run(plan, actor, arguments or {}, id=identity)
        return cast("bytes | None", row[0])

    async def _run(self, plan: Plan, actor: Actor, arguments: Mapping[str, PageArguments], **given: Any) -> Any:
        known = {
            **given,
            **plan.bound(arguments),
            "me": actor.person,
            "subject": actor.subject,
            "now": self.clock(),
            "roles": actor.role_names,
            "scopes": actor.scope_names,
        }
        values = plan.statement.values(known)
        with plan.time.time():
            return await self.runner.fetch_row(actor.organisation, plan.statement.sql, values)

    def _kept(self, key: Hashable, compile_: Callable[[], Plan]) -> Plan:
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = compile_()
            if len(self.kept) > _KEPT:
                self.kept.popitem(last=False)
        return found

    def _one(self, view: View, selection: Selection, grants: frozenset[str]) -> Plan:
        source = self.sources[view.name]
        compiler = Compiler(self.sources, grants)
        row = source.table.alias()
        mine = (row.c.id == bindparam("id", type_=Uuid()), access.visible(source, row, grants))
        version = row.c.version if view.versioned else null()
        wanted = select(compiler.node(source, row, selection), version).where(*mine)
        shown = Shown(source, select(row).where(*mine).subquery(), selection)
        found = statement(wanted.add_cte(*insertions(compiler, shown)))
        return Plan(found, tuple(self._nested(source, selection)), READING.labels(f"{view.name} one"))

    def _page(self, view: View, page: Page, grants: frozenset[str]) -> Plan:
        source = self.sources[view.name]
        compiler = Compiler(self.sources, grants)
        wanted = select(compiler.page(source, page))
        for selection in selections(page):
            rows = compiler.listing(source, page, first(page)).subquery()
            wanted = wanted.add_cte(*insertions(compiler, Shown(source, rows, selection)))
        return Plan(statement(wanted), tuple(self._pages(source, page)), READING.labels(f"{view.name} page"))

    def _any_of(self, choices: Mapping[View, Selection], grants: frozenset[str]) -> Plan:
        compiler = Compiler(self.sources, grants)
        found: list[Any] = []
        logged: list[Any] = []
        for view, selection in choices.items():
            source = self.sources[view.name]
            row = source.table.alias()
            mine = (row.c.id == bindparam("id", type_=Uuid()), access.visible(source, row, grants))
            found.append(select(compiler.node(source, row, selection)).where(*mine).scalar_subquery())
            logged += insertions(compiler, Shown(source, select(row).where(*mine).subquery(), selection))
        pages = [one for view, selection in choices.items() for one in self._nested(self.sources[view.name], selection)]
        whole = statement(select(func.coalesce(*found, type_=JSON())).add_cte(*logged))
        return Plan(whole, tuple(pages), READING.labels("any one"))

    def _pages(self, source: Source, page: Page) -> Iterator[tuple[Source, Page]]:
        yield source, page
        for selection in selections(page):
            yield from self._nested(source, selection)

    def _nested(self, source: Source, selection: Selection) -> Iterator[tuple[Source, Page]]:
        for item in selection.items:
            if isinstance(item, Leaf | TypeName):
                continue
            target = self.sources[source.view.all_relations[item.relation].view]
            if isinstance(item, RelatedPage):
                yield from self._pages(target, item.page)
            else:
                yield from self._nested(target, item.selection)
