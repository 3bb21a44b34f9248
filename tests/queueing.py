"""Waiting for what a worker of the queue does."""

import asyncio
from collections.abc import Awaitable, Callable

_PATIENCE = 60


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it holds; a test's patience, not a promise."""
    async with asyncio.timeout(_PATIENCE):
        while not await condition():  # noqa: ASYNC110  -- what is waited for is in the database
            await asyncio.sleep(0.02)
