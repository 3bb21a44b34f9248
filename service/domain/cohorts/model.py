"""Cohorts (hold): how many seats, for whom some are kept, until when one can apply, when it runs."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.errors import Conflict, Invalid
from service.domain.states import A_PERSON, Action, Condition, StateMachine

_NOT_OVER = Condition(name="programmeNotOver", code="programme_over", detail="The programme is completed or cancelled.")

COHORT = StateMachine[StrEnum](
    concept="cohort",
    actions=(
        Action(name="change", by=("hr",), when=(_NOT_OVER,)),
        Action(
            name="releaseReserved",
            by=("hr",),
            when=(
                _NOT_OVER,
                Condition(name="hasReserved", code="nothing_reserved", detail="No seats are reserved in the cohort."),
            ),
        ),
        Action(
            name="planSessions",
            by=("hr",),
            when=(
                _NOT_OVER,
                Condition(name="hasPlan", code="nothing_planned", detail="The programme has no modules planned."),
                Condition(
                    name="unplanned", code="modules_planned", detail="The cohort has modules or sessions already."
                ),
            ),
        ),
        Action(name="planSession", by=("hr",), when=(_NOT_OVER,)),
        Action(name="setProject", by=("hr",), when=(_NOT_OVER,)),
        Action(name="subscribe", by=("hr", "participant"), when=(A_PERSON,)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class CohortModule:
    """A part of the course, made of sessions. Modules are gone through in the order of their numbers."""

    number: Annotated[int, Doc("Its place in the order, from 1; sessions and projects name it by this.")]
    name: Annotated[str, Doc("What it is called.")]
    purpose: Annotated[str | None, Doc("What the participants are to learn in it.")] = None

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if self.number < 1:
            raise Invalid("bad_module_number", "Modules are numbered from 1.", pointer="/modules")


@dataclass(frozen=True, kw_only=True)
class ReservedSeats:
    """Seats kept for the candidates of one administration until HR releases them."""

    unit_id: Annotated[UUID, Doc("The administration.")]
    seats: Annotated[int, Doc("How many seats are kept for it.")]

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if self.seats < 1:
            raise Invalid("no_seats", "At least one seat is reserved.", pointer="/reserved")


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """The people who go through a programme together. Applications close at `apply_by`; it ends before `ends_on`."""

    id: UUID
    programme_id: UUID
    name: str
    capacity: int
    reserved: tuple[ReservedSeats, ...] = ()
    apply_by: datetime
    starts_on: date
    ends_on: date | None = None
    modules: tuple[CohortModule, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if self.capacity < 1:
            raise Invalid("no_seats", "A cohort has at least one seat.", pointer="/capacity")
        if len({one.unit_id for one in self.reserved}) < len(self.reserved):
            raise Invalid("reserved_twice", "Each administration is named once.", pointer="/reserved")
        if sum(one.seats for one in self.reserved) > self.capacity:
            raise Invalid("reserved_over_capacity", "More seats are reserved than there are.", pointer="/reserved")
        if self.apply_by.tzinfo is None:
            raise Invalid("offset_missing", "Give the time with its offset, such as `+01:00`.", pointer="/applyBy")
        if self.apply_by.astimezone(UTC).date() > self.starts_on:
            raise Invalid("deadline_after_start", "Applications close before the cohort starts.", pointer="/applyBy")
        if self.ends_on and self.ends_on <= self.starts_on:
            raise Invalid("period_ends_before_it_starts", "`endsOn` is the first day after.", pointer="/endsOn")
        if len({one.number for one in self.modules}) < len(self.modules):
            raise Invalid("module_twice", "Each module has a number of its own.", pointer="/modules")

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of its modules."""
        return frozenset(one.number for one in self.modules)

    def holding_module(self, number: int, pointer: str) -> None:
        """Let a module's number pass. Raises Invalid (`unknown_module`)."""
        if number not in self.numbers:
            raise Invalid("unknown_module", f"The cohort has no module {number}.", pointer=pointer)

    def keeping(self, used: frozenset[int]) -> "Cohort":
        """The cohort, given the modules that have sessions or projects. Raises Conflict (`module_in_use`)."""
        if gone := sorted(used - self.numbers):
            raise Conflict("module_in_use", f"Module {gone[0]} has sessions or projects.", pointer="/modules")
        return self

    def reserved_for(self, unit_id: UUID) -> int:
        """How many seats are kept for the administration."""
        return sum(one.seats for one in self.reserved if one.unit_id == unit_id)

    def holding(self, seats_taken: int) -> "Cohort":
        """The cohort, given the seats that are offered or accepted. Raises Conflict (`capacity_below_taken`)."""
        if self.capacity < seats_taken:
            raise Conflict(
                "capacity_below_taken", f"{seats_taken} seats are offered or accepted already.", pointer="/capacity"
            )
        return self

    def released(self, unit_id: UUID | None) -> "Cohort":
        """Open to everybody: the seats of that administration, or all. Raises Conflict (`nothing_reserved`)."""
        kept = tuple(one for one in self.reserved if unit_id is not None and one.unit_id != unit_id)
        if len(kept) == len(self.reserved):
            raise Conflict("nothing_reserved", "No seats are reserved for that administration.", pointer="/unitId")
        return replace(self, reserved=kept)
