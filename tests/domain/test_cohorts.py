"""Cohorts: seats and dates."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.domain.cohorts.model import Cohort, ReservedSeats
from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id

SCHOOLS, CARE = new_id(), new_id()
COHORT = Cohort(
    id=new_id(),
    programme_id=new_id(),
    name="Hold 1",
    capacity=12,
    reserved=(ReservedSeats(unit_id=SCHOOLS, seats=3), ReservedSeats(unit_id=CARE, seats=4)),
    apply_by=datetime(2026, 10, 1, 12, tzinfo=UTC),
    starts_on=date(2026, 11, 2),
)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"capacity": 0, "reserved": ()}, "no_seats"),
        ({"capacity": 6}, "reserved_over_capacity"),
        ({"reserved": (ReservedSeats(unit_id=CARE, seats=1), ReservedSeats(unit_id=CARE, seats=1))}, "reserved_twice"),
        ({"apply_by": datetime(2026, 10, 1, 12)}, "offset_missing"),  # noqa: DTZ001  -- what is refused
        ({"starts_on": date(2026, 9, 30)}, "deadline_after_start"),
        ({"ends_on": date(2026, 11, 2)}, "period_ends_before_it_starts"),
    ],
)
def test_a_cohort_that_cannot_be_is_refused(values: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        replace(COHORT, **values)


def test_all_seats_may_be_reserved() -> None:
    assert replace(COHORT, capacity=7).reserved_for(CARE) == 4


def test_nobody_reserves_no_seat() -> None:
    with pytest.raises(Invalid, match="no_seats"):
        ReservedSeats(unit_id=CARE, seats=0)


def test_reserved_seats_are_released_for_one_administration_or_for_all() -> None:
    assert COHORT.released(CARE).reserved == (ReservedSeats(unit_id=SCHOOLS, seats=3),)
    assert COHORT.released(None).reserved == ()
    with pytest.raises(Conflict, match="nothing_reserved"):
        COHORT.released(new_id())


def test_capacity_holds_the_seats_that_are_taken() -> None:
    assert COHORT.holding(12) is COHORT
    with pytest.raises(Conflict, match="capacity_below_taken"):
        COHORT.holding(13)
