"""One asyncpg pool: connections bound to an organisation, transactions, and errors in the domain's words."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from time import perf_counter
from typing import Any, Literal, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import orjson

from service.domain.clock import Clock
from service.repo.constraints import translated
from service.repo.measures import TRANSACTION, WAIT, watch

Binding = Literal["session", "transaction"]
Connection = Any  # asyncpg's own types are generic over records that no one here subclasses

T = TypeVar("T")

_RETRIES = 5


class TenantConnection(asyncpg.Connection):
    """A connection that remembers which organisation it is bound to."""

    __slots__ = ("organisation",)

    organisation: UUID | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = None

    async def bind(self, organisation: UUID) -> None:
        """Bind the session; outside any transaction, because a rollback would undo it."""
        if self.organisation != organisation:
            self.organisation = None
            await self.execute("SELECT set_config('app.organisation', $1, false)", str(organisation))
            self.organisation = organisation


def _jsonb_encoded(value: Any) -> bytes:
    return b"\x01" + orjson.dumps(value)


def _jsonb_decoded(value: bytes) -> Any:
    return orjson.loads(value[1:])


async def _prepare(connection: Connection) -> None:
    await connection.set_type_codec("json", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary")
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=_jsonb_encoded, decoder=_jsonb_decoded, format="binary"
    )


async def _keep_session(connection: Connection) -> None:
    """Nothing to reset: a session holds only its organisation, and `bind` sees to that."""


_SESSION = {
    "jit": "off",
    # A reading has dozens of tables: to plan it takes ten times as long as to run it. Each shape of list is a
    # statement of its own, so that one plan serves all its values (docs/decisions/0008).
    "plan_cache_mode": "force_generic_plan",
    "timezone": "UTC",
    "application_name": "talentspor",
}
_STATEMENTS_KEPT = 100  # per connection; Postgres holds up to 2 MB for the largest


async def open_pool(url: str, *, size: int, binding: Binding) -> Any:
    """The pool. Statements are prepared and kept only where sessions are (`binding` = session)."""
    pool = await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        init=_prepare,
        reset=_keep_session,
        connection_class=TenantConnection,
        statement_cache_size=_STATEMENTS_KEPT if binding == "session" else 0,
        max_cacheable_statement_size=0,
        server_settings=_SESSION if binding == "session" else {"application_name": "talentspor"},
    )
    watch(pool)
    return pool


@dataclass(frozen=True, eq=False)
class Database:
    """Every statement of the service goes through here, bound to one organisation."""

    pool: Any
    clock: Clock
    binding: Binding = "session"

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[Connection]:
        """A connection of the pool, given back afterwards."""
        asked = perf_counter()
        async with self.pool.acquire() as connection:
            WAIT.observe(perf_counter() - asked)
            yield connection

    @asynccontextmanager
    async def transaction(self, organisation: UUID) -> AsyncGenerator[Connection]:
        """A transaction bound to the organisation: committed when the block leaves cleanly."""
        async with self.connection() as connection:
            if self.binding == "session":
                await connection.bind(organisation)
                async with connection.transaction():
                    yield connection
            else:
                await connection.execute(f"BEGIN; SET LOCAL app.organisation = '{organisation}'")
                try:
                    yield connection
                except BaseException:
                    await connection.execute("ROLLBACK")
                    raise
                await connection.execute("COMMIT")

    async def run(self, organisation: UUID, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Do the work in a transaction; again, a few times, where the database asks for it.

        Raises the DomainError behind a broken constraint.
        """
        for attempt in range(_RETRIES):
            try:
                with TRANSACTION.time():
                    async with self.transaction(organisation) as connection:
                        return await work(connection)
            except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError):
                if attempt == _RETRIES - 1:
                    raise
            except asyncpg.IntegrityConstraintViolationError as error:
                raise translated(error) from error
        raise AssertionError

    async def fetch_row(self, organisation: UUID, sql: str, values: list[Any]) -> Any:
        """The first row of one statement, in one round trip once the session is bound."""
        if self.binding == "session":
            asked = perf_counter()
            connection = await self.pool.acquire()
            WAIT.observe(perf_counter() - asked)
            try:
                await connection.bind(organisation)
                return await connection.fetchrow(sql, *values)
            finally:
                await self.pool.release(connection)
        async with self.transaction(organisation) as connection:
            return await connection.fetchrow(sql, *values)


def local_date(now: datetime, time_zone: str) -> date:
    """The calendar day of a moment at a place."""
    return now.astimezone(ZoneInfo(time_zone)).date()
