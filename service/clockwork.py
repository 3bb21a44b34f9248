"""The clock: what is done because its date has come, beside the requests, for every organisation."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeAlias
from uuid import UUID

import structlog

from service.domain.actor import system
from service.domain.unit_of_work import Transactions, UnitOfWork

log: Any = structlog.get_logger("talentspor")

Duty: TypeAlias = Callable[[UnitOfWork], Awaitable[None]]
"""Due work inside one organisation. It skips what another worker has locked, so that any number may run at once."""

Organisations: TypeAlias = Callable[[], Awaitable[Iterable[UUID]]]
"""Lists every organisation."""


async def do_due(transactions: Transactions, organisation: UUID, duties: Sequence[Duty]) -> None:
    """Do what is due in an organisation, each duty in a transaction of its own; one that fails is logged."""
    for duty in duties:
        try:
            await transactions.run(system(organisation), duty)
        except Exception:  # whatever it is, the other duties and organisations go on
            log.exception("due work failed", duty=duty.__qualname__, organisation=str(organisation))


@asynccontextmanager
async def clockwork(
    transactions: Transactions, organisations: Organisations, duties: Sequence[Duty], *, interval: float
) -> AsyncGenerator[None]:
    """Look every `interval` seconds, from now on, at what is due everywhere; stop at once when the block is left."""
    running = asyncio.create_task(_go_on(transactions, organisations, duties, interval))
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _go_on(
    transactions: Transactions, organisations: Organisations, duties: Sequence[Duty], interval: float
) -> None:
    while True:
        try:
            for organisation in await organisations():
                await do_due(transactions, organisation, duties)
        except Exception:  # the database may be away for a while
            log.exception("the organisations cannot be listed")
        await asyncio.sleep(interval)
