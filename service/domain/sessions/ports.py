"""The repositories of sessions and of who was there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.sessions.model import Attendance, Session


class Sessions(Store[Session], Protocol):
    """Sessions. `get` locks the cohort first, as everything about a cohort's plan does."""

    async def first_of(self, cohort: UUID, module: int) -> datetime | None:
        """When the module's first session that is not called off starts."""
        ...

    async def ahead(self, programme: UUID, now: datetime) -> Sequence[Session]:
        """The sessions of the programme's cohorts that have not started and are not called off, locked."""
        ...


class Attendances(Store[Attendance], Protocol):
    """Attendance, one for each participant at each session."""

    async def of(self, session: UUID) -> Mapping[UUID, Attendance]:
        """What is recorded of a session, by participation; the session is locked by the caller."""
        ...
