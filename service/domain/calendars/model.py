"""Calendars that people subscribe to. Who knows the address reads the calendar, so only a digest of it is kept."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.states import Action, Condition, StateMachine

_SECRET_BYTES = 32

_UNREVOKED = Condition(name="unrevoked", code="calendar_revoked", detail="The calendar's address is revoked.")

CALENDAR = StateMachine[StrEnum](
    concept="calendar",
    actions=(
        Action(name="renew", by=("self",), when=(_UNREVOKED,)),
        Action(name="revoke", by=("self", "hr"), when=(_UNREVOKED,)),
    ),
)


def new_secret() -> str:
    """What makes an address private: 256 random bits, fit for an address."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def digest(secret: str) -> str:
    """What is kept of a secret. It has too many bits to be guessed, so that it needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A subscription: of a person's own sessions, or of one cohort's.

    `for_hr` says that it was made as HR; everybody else reads a cohort's calendar as long as they take part in it.
    """

    id: UUID
    person_id: UUID
    cohort_id: UUID | None = None
    for_hr: bool = False
    secret_digest: str
    revoked_at: datetime | None = None
    version: int = 0

    def renewed(self, secret: str) -> "Calendar":
        """At another address: the one before leads nowhere."""
        return replace(self, secret_digest=digest(secret))

    def revoked(self, now: datetime) -> "Calendar":
        """At no address any more."""
        return replace(self, revoked_at=now)
