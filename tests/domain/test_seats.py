"""Places of a cohort: capacity, reserved seats, and who is next."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.seats import Seats
from service.domain.candidacies.states import CandidacyState
from service.domain.candidacies.waitlist import pushed_back
from service.domain.cohorts.model import Cohort, ReservedSeats
from service.domain.errors import Conflict
from service.domain.ids import new_id

HEALTH, TECHNICS, SCHOOLS = new_id(), new_id(), new_id()


def cohort(capacity: int, reserved: dict[UUID, int] | None = None) -> Cohort:
    return Cohort(
        id=new_id(),
        programme_id=new_id(),
        name="Hold 1",
        capacity=capacity,
        reserved=tuple(ReservedSeats(unit_id=unit, seats=seats) for unit, seats in (reserved or {}).items()),
        apply_by=datetime(2026, 9, 30, 12, tzinfo=UTC),
        starts_on=date(2026, 11, 1),
    )


def seats(capacity: int, reserved: dict[UUID, int] | None = None, *, taken: tuple[UUID | None, ...] = ()) -> Seats:
    return Seats(cohort=cohort(capacity, reserved), taken=taken)


def waiting(rank: int, administration: UUID | None = None) -> Candidacy:
    return Candidacy(
        id=new_id(),
        person_id=new_id(),
        cohort_id=new_id(),
        state=CandidacyState.WAITLISTED,
        administration_id=administration,
        rank=rank,
    )


def test_a_full_cohort_takes_nobody() -> None:
    with pytest.raises(Conflict, match="cohort_full"):
        seats(2, taken=(HEALTH, None)).take(TECHNICS)


def test_a_reserved_seat_is_for_its_own_administration() -> None:
    last = seats(2, {TECHNICS: 1}, taken=(HEALTH,))
    assert last.free_for(TECHNICS)
    assert not last.free_for(HEALTH)
    assert not last.free_for(None)


def test_the_refusal_says_how_many_places_are_kept_for_others() -> None:
    with pytest.raises(Conflict, match="1 of 2 places are free, 1 of them reserved for others"):
        seats(2, {TECHNICS: 1}, taken=(HEALTH,)).take(HEALTH)


def test_who_comes_from_a_reserved_administration_takes_its_seat_first() -> None:
    one_in = seats(3, {TECHNICS: 1}, taken=(TECHNICS,))
    assert one_in.kept_for(TECHNICS) == 0
    assert one_in.free_for(HEALTH)


def test_an_administration_may_have_more_than_its_reserved_seats() -> None:
    assert seats(3, {TECHNICS: 1}, taken=(TECHNICS, TECHNICS)).free_for(TECHNICS)


def test_a_freed_reserved_seat_goes_to_its_own_first_though_others_wait_longer() -> None:
    longer, own = waiting(1, HEALTH), waiting(2, TECHNICS)
    assert seats(2, {TECHNICS: 1}, taken=(HEALTH,)).next_of([longer, own]) is own


def test_a_freed_open_seat_goes_to_the_first_in_line() -> None:
    first, own = waiting(1, HEALTH), waiting(2, TECHNICS)
    assert seats(2, {TECHNICS: 1}, taken=(TECHNICS,)).next_of([first, own]) is first


def test_nobody_is_next_where_nobody_can_have_the_place() -> None:
    assert seats(2, {TECHNICS: 1}, taken=(HEALTH,)).next_of([waiting(1, HEALTH)]) is None


@given(
    asking=st.lists(st.sampled_from([HEALTH, TECHNICS, SCHOOLS, None]), max_size=30),
    capacity=st.integers(1, 8),
    technics=st.integers(0, 4),
    schools=st.integers(0, 4),
)
def test_capacity_and_reserved_seats_hold_whoever_asks_in_which_order(
    asking: list[UUID | None], capacity: int, technics: int, schools: int
) -> None:
    technics = min(technics, capacity)
    schools = min(schools, capacity - technics)
    reserved = {unit: kept for unit, kept in ((TECHNICS, technics), (SCHOOLS, schools)) if kept}
    taken: tuple[UUID | None, ...] = ()
    for one in asking:
        if seats(capacity, reserved, taken=taken).free_for(one):
            taken = (*taken, one)
    assert len(taken) <= capacity
    for unit, kept in reserved.items():
        others = len(taken) - taken.count(unit)
        assert others <= capacity - kept
        assert taken.count(unit) >= min(asking.count(unit), kept)


def test_who_gets_a_rank_pushes_back_those_who_stand_there_and_nobody_beyond_a_gap() -> None:
    first, second, fourth = waiting(1), waiting(2), waiting(4)
    moved = pushed_back([first, second, fourth], 1)
    assert [(one.id, one.rank) for one in moved] == [(first.id, 2), (second.id, 3)]
    assert pushed_back([first, second, fourth], 3) == []
