"""The time, so that a test can move it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Answers the present moment in UTC."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)
