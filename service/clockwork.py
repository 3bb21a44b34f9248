"""The clock: what is done because its time has come, beside the requests, for every organisation."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

import structlog
from pgqueuer import PgQueuer
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job

from service.domain.actor import system
from service.domain.agenda import Duty, named
from service.domain.unit_of_work import Transactions, UnitOfWork

log: Any = structlog.get_logger("talentspor")

Queue: TypeAlias = Callable[[], AbstractAsyncContextManager[PgQueuer]]
"""Opens the queue for a worker. Raises what asyncpg raises where the database is out of reach."""

LOST = timedelta(seconds=30)
"""After how long without a sign of life another worker takes up what one was about."""

_GRACE = 5.0  # seconds for what is being done when told to stop
_PAUSE = 5.0  # seconds before the queue is looked for again where it could not be worked
_BATCH = 2
_SOONEST = timedelta(seconds=1)
_LATEST = timedelta(minutes=5)


async def perform(transactions: Transactions, organisation: UUID, duty: Duty) -> None:
    """Do what is due in an organisation, in one transaction with the wish to be woken again. Raises what it raises."""

    async def work(uow: UnitOfWork) -> None:
        at = await duty(uow)
        if at is not None:
            uow.agenda.wake(duty, max(at, uow.now + _SOONEST))

    await transactions.run(system(organisation), work)


@dataclass(eq=False)
class Clockwork:
    """Works the queue in this process; any number of processes may work the same one."""

    transactions: Transactions
    queue: Queue
    duties: Iterable[Duty]
    lost: timedelta = LOST
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    at_work: set[asyncio.Task[Any]] = field(default_factory=set[asyncio.Task[Any]])

    async def go_on(self) -> None:
        """Work until told to stop, and again where the database was away for a while."""
        while not self.stop.is_set():
            try:
                async with self.queue() as worker:
                    await self._work(worker)
            except Exception:  # whatever it is, work goes on when it is over
                log.exception("the queue cannot be worked")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.stop.wait(), _PAUSE)

    async def _work(self, worker: PgQueuer) -> None:
        for duty in self.duties:
            worker.entrypoint(named(duty))(self._doing(duty))
        told = asyncio.create_task(self._tell(worker))
        try:
            await worker.run(
                batch_size=_BATCH,
                max_concurrent_tasks=2 * _BATCH,
                heartbeat_timeout=self.lost,
                shutdown_on_listener_failure=True,
            )
        finally:
            told.cancel()

    async def _tell(self, worker: PgQueuer) -> None:
        await self.stop.wait()
        worker.shutdown.set()

    def _doing(self, duty: Duty) -> Callable[[Job], Any]:
        """A job of the queue is done, or put back: a duty is never given up."""

        async def do(job: Job) -> None:
            task = asyncio.current_task()
            self.at_work |= {task} if task else set()
            delay = None
            try:
                await perform(self.transactions, UUID((job.payload or b"").decode()), duty)
            except asyncio.CancelledError:  # told to stop in the middle of it: somebody else does it
                delay = timedelta()
            except Exception:
                log.exception("due work failed", duty=named(duty), organisation=(job.payload or b"").decode())
                delay = min(_SOONEST * 2 ** min(job.attempts, 10), _LATEST)
            finally:
                self.at_work -= {task} if task else set()
            if delay is not None:  # outside of the handler: the queue's own log gets no traceback with values in it
                raise RetryRequested(delay=delay, reason="put back")

        return do


@asynccontextmanager
async def clockwork(
    transactions: Transactions, queue: Queue, duties: Iterable[Duty], *, lost: timedelta = LOST
) -> AsyncGenerator[None]:
    """While it is entered, duties are done when they are due; what is being done is finished, or else put back."""
    clock = Clockwork(transactions, queue, tuple(duties), lost)
    running = asyncio.create_task(clock.go_on())
    try:
        yield
    finally:
        clock.stop.set()
        _, late = await asyncio.wait({running}, timeout=_GRACE)
        if late:
            for one in list(clock.at_work):
                one.cancel()
            _, late = await asyncio.wait({running}, timeout=_GRACE)
        if late:
            running.cancel()
