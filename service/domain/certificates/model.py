"""Certificates: Open Badges 3.0 credentials, signed once and kept as they were signed."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.states import Action, Condition, StateMachine

CERTIFICATE = StateMachine[StrEnum](
    concept="certificate",
    actions=(
        Action(
            name="revoke",
            by=("hr",),
            when=(Condition(name="valid", code="already_revoked", detail="The certificate is revoked already."),),
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A signed credential. `status_index` is its place in the organisation's list of what was revoked."""

    id: UUID
    participation_id: UUID
    person_id: UUID
    programme_id: UUID
    name: str
    credential: str
    issued_at: datetime
    status_index: int
    revoked_at: datetime | None = None
    revoke_reason: str | None = None
    version: int = 0

    def revoked(self, reason: str, now: datetime) -> "Certificate":
        """It holds no longer: whoever verifies it from now on learns so, but not why."""
        return replace(self, revoked_at=now, revoke_reason=reason)
