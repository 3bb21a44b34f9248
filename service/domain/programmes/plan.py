"""What a programme consists of: its planned modules, and the days on which they fall."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.calendar import is_working_day, working_days
from service.domain.errors import Invalid
from service.domain.learning import LearningForm
from service.domain.organisations.model import Country

FIRST_YEAR, LAST_YEAR = 2000, 2200
"""Between these the holidays of the four countries are known."""

_DAY = timedelta(days=1)
_WORKING_WEEK = 5
_FAR = 60
"""Days within which a week without a holiday is always found."""


@dataclass(frozen=True, kw_only=True)
class PlannedModule:
    """A part of a programme: days together, or something that everyone does in their own time.

    It has either `days` together, or none and `ends_after_days`. Offsets count calendar days from the first day of
    the programme, and `starts_on` and `ends_on` are what they come to; half-open, as every period.
    """

    title: Annotated[str, Doc("What it is called.")]
    learning_forms: Annotated[tuple[LearningForm, ...], Doc("How one learns in it.")]
    starts_after_days: Annotated[int, Doc("Calendar days from the programme's first day to its own.")]
    days: Annotated[int, Doc("Working days together, in a row; 0 for what everyone does in their own time.")]
    ends_after_days: Annotated[
        int | None, Doc("With no days together: calendar days from the programme's first day to the first day after.")
    ] = None
    description: Annotated[str | None, Doc("What happens in it.")] = None
    asks_of_managers: Annotated[str | None, Doc("What the participants' managers do for it (W3).")] = None
    facilitator_ids: Annotated[tuple[UUID, ...], Doc("Who is planned to lead it; they can read the programme.")] = ()
    starts_on: Annotated[date | None, Doc("First day, where the programme's is known.")] = None
    ends_on: Annotated[date | None, Doc("First day after it.")] = None

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`no_learning_form`, `module_without_time`)."""
        if not self.learning_forms:
            raise Invalid("no_learning_form", f"Say how one learns in {self.title}.", pointer="/modules")
        until, begins = self.ends_after_days, self.starts_after_days
        timed = self.days > 0 if until is None else self.days == 0 and until > begins
        if not timed or begins < 0:
            raise Invalid(
                "module_without_time",
                "A module has days together, or none and an end that comes after its start.",
                pointer="/modules",
            )

    @property
    def ends_after(self) -> int:
        """Calendar days from the programme's first day to the first day after it, holidays aside."""
        return self.ends_after_days or self.starts_after_days + self.days


def dated(modules: Iterable[PlannedModule], starts_on: date | None, country: Country) -> tuple[PlannedModule, ...]:
    """The modules in their order in time, with the days on which they fall from that first day on; none without one.

    Nothing falls on a weekend or a holiday. Up to five days together stay in one working week, and the module moves
    on to where they do; the next one then waits for it. Raises Invalid (`start_out_of_calendar`).
    """
    ordered = sorted(modules, key=lambda one: one.starts_after_days)
    if starts_on is None:
        return tuple(replace(one, starts_on=None, ends_on=None) for one in ordered)
    if not FIRST_YEAR <= starts_on.year <= LAST_YEAR:
        raise Invalid(
            "start_out_of_calendar", f"A programme starts between {FIRST_YEAR} and {LAST_YEAR}.", pointer="/startsOn"
        )
    free_from, found = starts_on, list[PlannedModule]()
    for one in ordered:
        wanted = starts_on + timedelta(days=one.starts_after_days)
        if one.ends_after_days is None:
            first, end = _together(one.days, max(wanted, free_from), country)
            free_from = end
        else:
            first, end = _in_own_time(wanted, starts_on + timedelta(days=one.ends_after_days), country)
        found.append(replace(one, starts_on=first, ends_on=end))
    return tuple(found)


def _together(days: int, wanted: date, country: Country) -> tuple[date, date]:
    """The first day that is wanted or after it from which that many working days follow on each other."""
    if days <= _WORKING_WEEK:
        length = timedelta(days=days)
        for later in range(_FAR):
            first = wanted + later * _DAY
            if len(working_days(first, first + length, country)) == days:
                return first, first + length
    fall = working_days(wanted, wanted + (days * 3 + _FAR) * _DAY, country)
    return fall[0], fall[days - 1] + _DAY


def _in_own_time(wanted: date, until: date, country: Country) -> tuple[date, date]:
    """From the first working day of the period to its last."""
    fall = working_days(wanted, until, country)
    if fall:
        return fall[0], fall[-1] + _DAY
    while not is_working_day(wanted, country):
        wanted += _DAY
    return wanted, wanted + _DAY
