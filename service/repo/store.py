"""Aggregates in rows: locked when read, saved only at the version they were read at."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.dialects.postgresql import JSONB

from service.domain.actor import Actor, Role
from service.domain.aggregates import Found
from service.domain.clock import Clock
from service.domain.errors import NotFound, StaleVersion
from service.domain.events.model import Event
from service.domain.ids import new_id
from service.domain.names import camel, snake
from service.repo.constraints import translated
from service.repo.reading.access import facts
from service.repo.reading.reader import Statement, statement
from service.repo.reading.source import Source

A = TypeVar("A", bound=Any)


@dataclass(eq=False)
class Session:
    """What the repositories of one transaction share.

    `events` and `answered`, what the idempotency key led to (key, status, resource), are written at its end.
    """

    connection: Any
    actor: Actor
    now: datetime
    clock: Clock
    events: list[Event] = field(default_factory=list[Event])
    answered: tuple[str, int, UUID] | None = None

    async def fetch(self, compiled: Statement, **given: Any) -> list[Any]:
        """Rows of a compiled statement; who asks and when is known."""
        actor = self.actor
        roles = sorted(actor.grants.intersection(Role))
        known = {"me": actor.person, "subject": actor.subject, "roles": roles, "now": self.now, **given}
        return cast("list[Any]", await self.connection.fetch(compiled.sql, *compiled.values(known)))


def stored(value: Any) -> Any:
    """A value object as the JSON that is kept of it: camelCase, as it is read."""
    if isinstance(value, tuple | list):
        return [stored(one) for one in cast("tuple[Any, ...]", value)]
    if hasattr(value, "__dataclass_fields__"):
        return {camel(one.name): stored(getattr(value, one.name)) for one in fields(value)}
    return msgspec.to_builtins(value)


def restored(value: Any) -> Any:
    """What is kept of a value object, with the names of its fields in Python."""
    if isinstance(value, dict):
        return {snake(key): restored(one) for key, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [restored(one) for one in cast("list[Any]", value)]
    return value


@dataclass(eq=False)
class Rows(Generic[A]):
    """The repository of one kind of aggregate: its fields are the columns of the source's table.

    `derived` computes columns that the aggregate does not have, such as sort keys.
    """

    session: Session
    source: Source
    kind: type[A]
    loaded: dict[UUID, A] = field(default_factory=dict[UUID, A])

    def derived(self, aggregate: A) -> dict[str, Any]:
        """Columns computed from the aggregate; none here."""
        del aggregate
        return {}

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[A]:
        """Lock it and bring the facts. Raises NotFound, StaleVersion."""
        actor = self.session.actor
        rows = await self.session.fetch(_locking(self.source, actor.grants), id=identity)
        if not rows or not rows[0]["fact_visible"]:
            raise NotFound(self.source.view.name, identity)
        found = self.load(rows[0])
        if expected_version is not None and found.version != expected_version:
            raise StaleVersion(self.source.view.name, expected_version, found.version)
        held = {name.removeprefix("fact_") for name, value in rows[0].items() if name.startswith("fact_") and value}
        return Found(it=found, facts=actor.grants | held)

    def load(self, row: Any) -> A:
        """The aggregate that a row holds; remembered, so that `save` knows what changed."""
        json = _json_columns(self.source)
        values = {one.name: restored(row[one.name]) if one.name in json else row[one.name] for one in fields(self.kind)}
        found = msgspec.convert(values, self.kind)
        self.loaded[found.id] = found
        return found

    async def add(self, aggregate: A, event: str) -> A:
        """Insert it at version 1 and record the event. Raises Conflict, Invalid for a broken constraint."""
        added = replace(aggregate, version=1)
        values = {
            "organisation_id": self.session.actor.organisation,
            **self._columns(added),
            "created_at": self.session.now,
            "updated_at": self.session.now,
        }
        names = ", ".join(values)
        places = ", ".join(f"${i + 1}" for i in range(len(values)))
        await self._execute(f"INSERT INTO {self.source.table.name} ({names}) VALUES ({places})", *values.values())  # noqa: S608  -- names from code
        self.loaded[added.id] = added
        self.record(added, event, [])
        return added

    async def save(self, aggregate: A, event: str) -> A:
        """Update what changed since it was loaded and record the event; one version up."""
        before = self._columns(self.loaded[aggregate.id])
        saved = replace(aggregate, version=aggregate.version + 1)
        changed = {name: value for name, value in self._columns(saved).items() if value != before.get(name)}
        values = {**changed, "updated_at": self.session.now}
        setters = ", ".join(f"{name} = ${i + 3}" for i, name in enumerate(values))
        done = await self._execute(
            f"UPDATE {self.source.table.name} SET {setters} WHERE id = $1 AND version = $2",  # noqa: S608  -- names from code
            saved.id,
            aggregate.version,
            *values.values(),
        )
        if done != "UPDATE 1":
            raise StaleVersion(self.source.view.name, aggregate.version, saved.version)
        self.loaded[saved.id] = saved
        own = {one.name for one in fields(self.kind)} - {"version"}
        self.record(saved, event, sorted(camel(name) for name in changed if name in own))
        return saved

    nameless = False
    """Events of this kind of aggregate name no other: whom it is about is not for everybody who reads events."""

    def record(self, aggregate: A, event: str, changed: list[str]) -> None:
        """Append the event: ids, state and the names of what changed, no free text."""
        data: dict[str, Any] = {
            camel(one.name): str(value)
            for one in fields(aggregate)
            if one.name != "id" and not self.nameless and isinstance(value := getattr(aggregate, one.name), UUID)
        }
        if state := getattr(aggregate, "state", None):
            data["state"] = str(state)
        if changed:
            data["changed"] = changed
        concept = self.source.view.name
        self.session.events.append(
            Event(
                id=new_id(),
                type=f"{self.source.table.name}.{event}",
                concept=concept,
                resource=aggregate.id,
                version=aggregate.version,
                time=self.session.now,
                data=data,
            )
        )

    def _columns(self, aggregate: A) -> dict[str, Any]:
        json = _json_columns(self.source)
        own = {
            one.name: stored(value) if one.name in json else value
            for one in fields(aggregate)
            for value in [getattr(aggregate, one.name)]
        }
        return {**own, **self.derived(aggregate)}

    async def _execute(self, sql: str, *values: Any) -> str:
        try:
            return cast("str", await self.session.connection.execute(sql, *values))
        except asyncpg.IntegrityConstraintViolationError as error:
            raise translated(error) from error


@cache
def _json_columns(source: Source) -> frozenset[str]:
    return frozenset(column.name for column in source.table.columns if isinstance(column.type, JSONB))


@cache
def _locking(source: Source, grants: frozenset[str]) -> Statement:
    row = source.table.alias()
    told = [expression.label(f"fact_{name}") for name, expression in facts(source, row, grants).items()]
    return statement(select(row, *told).where(row.c.id == bindparam("id", type_=Uuid())).with_for_update(of=row))
