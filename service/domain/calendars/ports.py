"""The repository of calendars, and what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.calendars.model import Calendar
from service.domain.learning import LearningForm


class Calendars(Store[Calendar], Protocol):
    """Calendars."""

    async def disclose(self, secret: str) -> None:
        """Let what is read in this transaction show the address that the secret makes; nothing else ever does."""
        ...


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A session as it stands in a calendar. `revised_at` is when anything of it last changed."""

    session_id: UUID
    sequence: int
    revised_at: datetime
    planned_at: datetime
    cancelled: bool
    starts_at: datetime
    ends_at: datetime
    title: str
    learning_form: LearningForm
    place: str | None
    module: int
    module_name: str | None
    facilitator: str | None
    cohort: str
    programme: str


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A calendar as its subscriber gets it. `name` is the cohort's; a person's own calendar names nobody."""

    calendar_id: UUID
    name: str | None
    language: str
    time_zone: str
    entries: Sequence[Entry]


class Feeds(Protocol):
    """Calendars by their private addresses, without a token."""

    async def find(self, organisation: UUID, digest: str) -> Feed | None:
        """The calendar at the address that has this digest.

        None where there is none, where it is revoked, or where its owner may not read it any more.
        """
        ...
