"""The queue in Postgres: what each organisation is woken for, and when.

It stands outside the walls between organisations, for a worker looks at all of them at once. So it holds nothing but
the name of a duty, the id of an organisation and a moment; what is due is read inside the walls (`service/clockwork`).
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import asyncpg
from pgqueuer import PgQueuer
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.domain.types import Channel
from pgqueuer.models import Schedule
from pgqueuer.queries import Queries

from service.domain.agenda import Duty, named
from service.domain.days import begin

# Every name is given, so that no variable of the environment renames what the migrations have made.
SETTINGS = DBSettings(
    prefix="",
    db_schema="queue",
    channel=Channel("ch_pgqueuer"),
    function="fn_pgqueuer_changed",
    statistics_table="pgqueuer_statistics",
    queue_status_type="pgqueuer_status",
    queue_table="pgqueuer",
    queue_table_log="pgqueuer_log",
    trigger="tg_pgqueuer_changed",
    schedules_table="pgqueuer_schedules",
    durability=Durability.durable,
    widen_id=True,
)
_KEPT = timedelta(days=30)
"""How long the log of what was done is kept."""

_ENQUEUE = QueryQueueBuilder(SETTINGS).build_enqueue_query("skip")
_BEGIN_DAYS = """
INSERT INTO queue.pgqueuer (priority, entrypoint, payload, dedupe_key, status)
SELECT 0, $1, convert_to(o::text, 'UTF8'), $1 || ':' || o || ':start', 'queued'
FROM all_organisations() AS o
WHERE NOT EXISTS
    (SELECT FROM queue.pgqueuer AS q WHERE q.entrypoint = $1 AND q.payload = convert_to(o::text, 'UTF8'))
ON CONFLICT DO NOTHING
"""
_TIDY = (
    "DELETE FROM queue.pgqueuer_log WHERE created < now() - $1::interval",
    "DELETE FROM queue.pgqueuer_statistics WHERE created < now() - $1::interval",
)


@dataclass(frozen=True)
class Wake:
    """A duty by name, and when it is wanted."""

    duty: str
    at: datetime


async def enqueue(connection: Any, organisation: UUID, wakes: Iterable[Wake], now: datetime) -> None:
    """Put wakes on the queue in the transaction of this connection; the same one twice is one.

    The queue goes by the clock of the database, so what is told is how long from now.
    """
    listed = list(dict.fromkeys(wakes))
    if not listed:
        return
    await connection.fetch(
        _ENQUEUE,
        [0] * len(listed),
        [one.duty for one in listed],
        [str(organisation).encode()] * len(listed),
        [max(one.at - now, timedelta()) for one in listed],
        [f"{one.duty}:{organisation}:{one.at.isoformat()}" for one in listed],
        [None] * len(listed),
    )


@dataclass(frozen=True, eq=False)
class PostgresAgenda:
    """`service.domain.agenda.Agenda`: wakes are collected, and enqueued with the transaction's events."""

    wakes: list[Wake]

    def wake(self, duty: Duty, at: datetime) -> None:
        """Have the duty done at that moment."""
        self.wakes.append(Wake(named(duty), at))


def first_day(now: datetime) -> Wake:
    """What a new organisation is woken for: its days begin."""
    return Wake(named(begin), now)


def queries(connection: Any) -> Queries:
    """The queue as the library works it, over a connection of its own."""
    return Queries(
        AsyncpgDriver(connection),
        qbe=QueryBuilderEnvironment(SETTINGS),
        qbq=QueryQueueBuilder(SETTINGS),
        qbs=QuerySchedulerBuilder(SETTINGS),
    )


@dataclass(frozen=True)
class Queue:
    """The queue of a database, at an address where a session is one's own: none of a pooler in transaction mode."""

    url: str

    @asynccontextmanager
    async def worked(self) -> AsyncGenerator[PgQueuer]:
        """Somebody who can work the queue: they listen for new work, and look after what belongs to no organisation.

        Raises what asyncpg raises where the database is out of reach.
        """
        connection = cast(
            "Any", await asyncpg.connect(self.url, server_settings={"application_name": "talentspor queue"})
        )
        try:
            queue = queries(connection)
            worker = PgQueuer(queue.driver, channel=Channel(SETTINGS.channel), queries=queue)
            await connection.execute(_BEGIN_DAYS, named(begin))
            worker.schedule("queue.tidy", "17 3 * * *")(tidying(queue.driver.execute))
            yield worker
        finally:
            await connection.close()


def tidying(execute: Callable[..., Awaitable[Any]]) -> Callable[[Schedule], Awaitable[None]]:
    """Forgets what was done long ago."""

    async def tidy(schedule: Schedule) -> None:
        del schedule
        for statement in _TIDY:
            await execute(statement, _KEPT)

    return tidy
