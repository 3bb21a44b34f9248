"""Compiles a selection once, keeps the statement, and runs it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, func, null, select
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from service.domain.actor import Actor, Role
from service.domain.clock import Clock
from service.domain.reading import Reading, View
from service.domain.selection import Leaf, Page, PageArguments, RelatedPage, Selection, TypeName
from service.repo.reading import access, paging
from service.repo.reading.compiler import Compiler, first
from service.repo.reading.logged import Shown, insertions, selections
from service.repo.reading.source import Sources

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
class PostgresReader:
    """The read engine: `service.domain.reading.Reader` over one runner."""

    sources: Sources
    runner: Runner
    clock: Clock
    kept: OrderedDict[Hashable, Statement] = field(default_factory=OrderedDict[Hashable, Statement])

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
        compiled = self._kept(key, lambda: self._one(view, selection, actor.grants))
        given = {"id": identity, **self._nested(view, selection, arguments or {})}
        row = await self._run(compiled, actor, given)
        return Reading(json=row[0], version=row[1]) if row else None

    async def page(self, view: View, page: Page, actor: Actor, arguments: Mapping[str, PageArguments]) -> bytes:
        """One page of rows as JSON. Raises Invalid (`bad_cursor`), Forbidden (`filter_not_allowed`)."""
        compiled = self._kept(("page", view.name, page, actor.grants), lambda: self._page(view, page, actor.grants))
        row = await self._run(compiled, actor, self._bound(view, page, arguments))
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
        compiled = self._kept(("any", listed, actor.grants), lambda: self._any_of(choices, actor.grants))
        given: dict[str, Any] = {"id": identity}
        for view, selection in choices.items():
            given |= self._nested(view, selection, arguments or {})
        row = await self._run(compiled, actor, given)
        return cast("bytes | None", row[0])

    async def _run(self, compiled: Statement, actor: Actor, given: Mapping[str, Any]) -> Any:
        known = {
            **given,
            "me": actor.person,
            "subject": actor.subject,
            "now": self.clock(),
            "roles": sorted(actor.grants.intersection(Role)),
            "scopes": sorted(actor.scopes),
        }
        return await self.runner.fetch_row(actor.organisation, compiled.sql, compiled.values(known))

    def _kept(self, key: Hashable, compile_: Callable[[], Statement]) -> Statement:
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = compile_()
            if len(self.kept) > _KEPT:
                self.kept.popitem(last=False)
        return found

    def _one(self, view: View, selection: Selection, grants: frozenset[str]) -> Statement:
        source = self.sources[view.name]
        compiler = Compiler(self.sources, grants)
        row = source.table.alias()
        mine = (row.c.id == bindparam("id", type_=Uuid()), access.visible(source, row, grants))
        version = row.c.version if view.versioned else null()
        wanted = select(compiler.node(source, row, selection), version).where(*mine)
        shown = Shown(source, select(row).where(*mine).subquery(), selection)
        return statement(wanted.add_cte(*insertions(compiler, shown)))

    def _page(self, view: View, page: Page, grants: frozenset[str]) -> Statement:
        source = self.sources[view.name]
        compiler = Compiler(self.sources, grants)
        wanted = select(compiler.page(source, page))
        for selection in selections(page):
            rows = compiler.listing(source, page, first(page)).subquery()
            wanted = wanted.add_cte(*insertions(compiler, Shown(source, rows, selection)))
        return statement(wanted)

    def _any_of(self, choices: Mapping[View, Selection], grants: frozenset[str]) -> Statement:
        compiler = Compiler(self.sources, grants)
        found: list[Any] = []
        logged: list[Any] = []
        for view, selection in choices.items():
            source = self.sources[view.name]
            row = source.table.alias()
            mine = (row.c.id == bindparam("id", type_=Uuid()), access.visible(source, row, grants))
            found.append(select(compiler.node(source, row, selection)).where(*mine).scalar_subquery())
            logged += insertions(compiler, Shown(source, select(row).where(*mine).subquery(), selection))
        return statement(select(func.coalesce(*found, type_=JSON())).add_cte(*logged))

    def _bound(self, view: View, page: Page, arguments: Mapping[str, PageArguments]) -> dict[str, Any]:
        values = paging.bind(self.sources[view.name], page, arguments[page.key])
        for selection in selections(page):
            values |= self._nested(view, selection, arguments)
        return values

    def _nested(self, view: View, selection: Selection, arguments: Mapping[str, PageArguments]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for item in selection.items:
            if isinstance(item, Leaf | TypeName):
                continue
            target = self.sources[view.all_relations[item.relation].view].view
            if isinstance(item, RelatedPage):
                values |= self._bound(target, item.page, arguments)
            else:
                values |= self._nested(target, item.selection, arguments)
        return values
