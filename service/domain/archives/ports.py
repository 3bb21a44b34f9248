"""The repository of archives, and the deletion of what is known of those not admitted."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.archives.model import Archive


class Archives(Store[Archive], Protocol):
    """Archives. What another transaction holds is left to it: the next look finds it."""

    async def due(self) -> Sequence[UUID]:
        """Candidacies of those not admitted whose retention period is over and that are in no archive, locked.

        A few hundred at a time.
        """
        ...

    async def put_in(self, archive: UUID, candidacies: Sequence[UUID]) -> None:
        """Let the candidacies wait in the archive."""
        ...

    async def ready(self, today: date) -> Sequence[Archive]:
        """Archives that are confirmed or past their deadline and not deleted, locked."""
        ...

    async def kept_in(self, archive: UUID) -> Sequence[UUID]:
        """The candidacies that wait in it."""
        ...

    async def take_out_living(self, archive: UUID) -> None:
        """Let go of those for which the retention period is not over after all, such as one that was reopened."""
        ...

    async def deletable(self, archive: UUID) -> Sequence[UUID]:
        """Those that wait in it, locked; what somebody else holds is not among them."""
        ...

    async def forget(self, candidacies: Sequence[UUID]) -> None:
        """Delete all that is known through these candidacies, locked by the caller.

        An anonymous row stays of each that was sent in: what the openness report counts.
        """
        ...

    async def forget_never_accepted(self) -> int:
        """Delete nominations that came to no candidacy, when they have been refused or lapsed for that period.

        A few hundred at a time; answers how many.
        """
        ...

    async def forget_late_readings(self) -> None:
        """Delete from the access log who read what was deleted in the moment of reading."""
        ...
