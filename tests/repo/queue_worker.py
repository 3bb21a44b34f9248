"""A process that works the queue and stops in the middle of a duty, to be killed there."""

import asyncio
import sys
from dataclasses import replace

from service.clockwork import clockwork
from service.domain.unit_of_work import UnitOfWork
from service.main import rooms
from service.settings import Settings


async def rename(uow: UnitOfWork) -> None:
    """Change the organisation's name; done twice, it would show."""
    found = await uow.organisations.get(uow.actor.organisation)
    await uow.organisations.save(replace(found.it, name=f"{found.it.name}!"), "changed")
    if __name__ == "__main__":
        sys.stdout.write("in the middle of it\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


async def main(url: str) -> None:
    """Work until killed."""
    async with rooms(url, Settings(pool_size=2)) as joined:
        rename.__module__ = "tests.repo.queue_worker"
        async with clockwork(joined.transactions, joined.queue.worked, [rename]):
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
