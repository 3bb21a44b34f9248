"""Engagements: an employee in a unit, with a title, from a day to a day."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Conflict, Invalid
from service.domain.states import Action, StateMachine


class FilledBy(StrEnum):
    """How a leadership position was filled."""

    ADVERTISED = "advertised"
    INTERNAL = "internal"
    ACTING = "acting"


ENGAGEMENT = StateMachine[StrEnum](
    concept="engagement",
    actions=(Action(name="change", by=("hr", "people:write")), Action(name="end", by=("hr", "people:write"))),
)


@dataclass(frozen=True, kw_only=True)
class Engagement:
    """A person in a unit. The period is half-open: `end_on` is the first day after it.

    With a position it is an appointment to that leadership position, and `filled_by` says how it came about.
    """

    id: UUID
    person_id: UUID
    unit_id: UUID
    position_title: str
    start_on: date | None = None
    end_on: date | None = None
    is_primary: bool = True
    employment_type: str | None = None
    weekly_hours: Decimal | None = None
    position_id: UUID | None = None
    filled_by: FilledBy | None = None
    source: str | None = None
    external_id: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if self.start_on and self.end_on and self.end_on <= self.start_on:
            raise Invalid("period_ends_before_it_starts", "`endOn` is the first day after.", pointer="/endOn")
        if (self.source is None) != (self.external_id is None):
            raise Invalid("half_external_id", "`source` and `externalId` come together.", pointer="/externalId")

    def ended(self, on: date) -> "Engagement":
        """It ends; the day given is the first day after it. Raises Conflict (`already_ended`)."""
        if self.end_on is not None and self.end_on <= on:
            raise Conflict("already_ended", f"The engagement ends on {self.end_on} already.")
        return replace(self, end_on=on)
