"""How the story is told: real use cases, by whom and when it wants, all in one transaction."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from service.domain.actor import Actor, system
from service.domain.catalogue import DUTIES
from service.domain.unit_of_work import Transactions, UnitOfWork
from service.repo.database import Database
from service.repo.reading.reader import PostgresReader
from service.repo.sources import SOURCES
from service.repo.unit_of_work import PostgresTransactions

T = TypeVar("T")

_PAUSE = timedelta(minutes=7)
_MORNING = time(8, 30)
_FRIDAY, _MONDAY = 4, 7  # as `weekday` counts, the Monday being next week's


@dataclass(frozen=True, eq=False)
class _OneTransaction(Database):
    """Does all work in a transaction that is open already, so that a story is told whole or not at all."""

    connection: Any = None

    async def run(self, organisation: UUID, work: Callable[[Any], Awaitable[T]]) -> T:
        del organisation  # the transaction is bound to it
        return await work(self.connection)


@dataclass(eq=False)
class Telling:
    """Performs use cases at the moments of a story, of which `today` is the last day."""

    connection: Any
    organisation: UUID
    zone: ZoneInfo
    today: date
    now: datetime
    transactions: Transactions

    def day(self, before: int) -> date:
        """So many days before today, after it where the number is negative; on a weekend, the Monday after."""
        return workday(self.today - timedelta(days=before))

    async def on(self, day: date) -> None:
        """Go on to the morning of a day, or the Monday after, and let happen what is due; that day it stays itself.

        Raises ValueError for a day that is over.
        """
        morning = datetime.combine(workday(day), _MORNING, self.zone).astimezone(UTC)
        if morning.date() < self.now.date():
            raise ValueError(f"The story is past {day} already.")
        self.now = max(self.now, morning)
        for duty in DUTIES:
            await self.transactions.run(system(self.organisation), duty)

    async def by(self, actor: Actor, case: Callable[..., Awaitable[T]], *arguments: Any) -> T:
        """Let somebody do something, a little after what was done before. Raises DomainError."""
        self.now += _PAUSE

        async def work(uow: UnitOfWork) -> T:
            return await case(*arguments, uow)

        return await self.transactions.run(actor, work)


def workday(day: date) -> date:
    """The day, or the Monday after where it is on a weekend."""
    return day + timedelta(days=_MONDAY - day.weekday() if day.weekday() > _FRIDAY else 0)


def telling(
    database: Database, connection: Any, organisation: UUID, zone: ZoneInfo, today: date, *, address: str
) -> Telling:
    """A story told in this transaction, which is bound to the organisation, up to today.

    `address` is where the service will be reached: certificates name it.
    """

    def clock() -> datetime:
        return told.now

    inside = _OneTransaction(database.pool, clock, database.binding, connection)
    transactions = PostgresTransactions(inside, PostgresReader(SOURCES, inside, clock), address)
    told = Telling(connection, organisation, zone, today, datetime.min.replace(tzinfo=UTC), transactions)
    return told
