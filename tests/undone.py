"""Transactions that do everything and keep nothing, so that each try meets the same world."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import httpx
import pytest

from service.domain.actor import Actor
from service.domain.unit_of_work import UnitOfWork
from service.main import Rooms, application
from service.settings import Settings

T = TypeVar("T")


class UndoneError(Exception):
    """Carries the result out of a transaction that is rolled back."""


@dataclass(frozen=True)
class Undone:
    """Transactions of these rooms, each rolled back."""

    rooms: Rooms

    async def run(self, actor: Actor, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        result: list[T] = []

        async def once(uow: UnitOfWork) -> None:
            result.append(await work(uow))
            raise UndoneError

        with pytest.raises(UndoneError):
            await self.rooms.transactions.run(actor, once)
        return result[0]


def undone(rooms: Rooms) -> httpx.ASGITransport:
    """The doors of these rooms, behind which nothing is kept."""
    context = replace(rooms.context, transactions=Undone(rooms))
    return httpx.ASGITransport(application(replace(rooms, context=context), Settings(env="development")))
