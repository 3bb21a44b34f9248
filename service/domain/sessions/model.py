"""Sessions of a cohort's modules, and attendance: who was there."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.errors import Invalid
from service.domain.learning import LearningForm
from service.domain.states import Action, Condition, StateMachine


class SessionState(StrEnum):
    """Whether it takes place; that it is over, its end says."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Presence(StrEnum):
    """Whether a participant was there. An excuse is noted, its reason is not."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


_PLANNED = (SessionState.PLANNED,)
_NOT_OVER = Condition(name="programmeNotOver", code="programme_over", detail="The programme is completed or cancelled.")
_BEGUN = Condition(name="begun", code="session_ahead", detail="Attendance is recorded from the session's start on.")

SESSION = StateMachine[SessionState](
    concept="session",
    initial=_PLANNED,
    actions=(
        Action(name="change", by=("hr",), sources=_PLANNED, when=(_NOT_OVER,)),
        Action(name="cancel", by=("hr",), sources=_PLANNED, target=SessionState.CANCELLED, when=(_NOT_OVER,)),
        Action(name="recordAttendance", by=("hr", "facilitator"), sources=_PLANNED, when=(_BEGUN,)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Session:
    """A time at which a cohort meets. `ends_at` is when it is over.

    A facilitator is a person of the organisation, or known by name where they come from outside. `sequence` counts
    the changes that a subscriber's calendar has to learn of (RFC 5545).
    """

    id: UUID
    cohort_id: UUID
    module: int
    title: str
    learning_form: LearningForm
    starts_at: datetime
    ends_at: datetime
    place: str | None = None
    facilitator_id: UUID | None = None
    external_facilitator: str | None = None
    state: SessionState = SessionState.PLANNED
    sequence: int = 0
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        for value, pointer in ((self.starts_at, "/startsAt"), (self.ends_at, "/endsAt")):
            if value.tzinfo is None:
                raise Invalid("offset_missing", "Give the time with its offset, such as `+01:00`.", pointer=pointer)
        if self.ends_at <= self.starts_at:
            raise Invalid("session_ends_before_it_starts", "A session ends after it starts.", pointer="/endsAt")
        if self.facilitator_id is not None and self.external_facilitator is not None:
            raise Invalid(
                "facilitator_twice",
                "A facilitator is a person here, or somebody from outside by name.",
                pointer="/externalFacilitator",
            )

    def changed(self, **values: Any) -> "Session":
        """With other values. Whatever differs, calendars learn of it. Raises Invalid."""
        wanted = replace(self, **values)
        return self if wanted == self else replace(wanted, sequence=self.sequence + 1)

    def cancelled(self) -> "Session":
        """It does not take place; calendars learn of it."""
        return replace(self, state=SessionState.CANCELLED, sequence=self.sequence + 1)


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """Whether one participant was at one session, as far as anybody has said."""

    id: UUID
    session_id: UUID
    participation_id: UUID
    person_id: UUID
    presence: Presence
    recorded_by_id: UUID | None = None
    version: int = 0

    def corrected(self, presence: Presence, by: UUID | None) -> "Attendance":
        """As it is known now."""
        return self if presence is self.presence else replace(self, presence=presence, recorded_by_id=by)
