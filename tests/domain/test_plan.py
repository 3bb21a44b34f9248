"""Planned modules: what they are made of, and the days on which they fall."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.calendar import is_working_day, working_days
from service.domain.errors import Invalid
from service.domain.learning import LearningForm
from service.domain.organisations.model import Country
from service.domain.programmes.plan import PlannedModule, dated


def module(
    title: str = "Modul", *, starts_after_days: int = 0, days: int = 0, ends_after_days: int | None = None
) -> PlannedModule:
    return PlannedModule(
        title=title,
        learning_forms=(LearningForm.TEACHING,),
        starts_after_days=starts_after_days,
        days=days,
        ends_after_days=ends_after_days,
    )


@pytest.mark.parametrize(
    ("day", "free_in"),
    [
        (date(2027, 3, 25), {Country.DK, Country.NO}),  # Maundy Thursday
        (date(2027, 3, 26), set(Country)),  # Good Friday
        (date(2027, 5, 1), set(Country)),  # a Saturday
        (date(2027, 5, 17), {Country.DK, Country.NO}),  # Whit Monday, and the seventeenth of May
        (date(2027, 6, 25), {Country.SE, Country.FI}),  # Midsummer Eve
        (date(2028, 6, 5), {Country.DK, Country.NO}),  # Constitution Day, and Whit Monday
        (date(2027, 12, 24), {Country.DK, Country.SE, Country.FI}),  # Christmas Eve
        (date(2027, 9, 1), set[Country]()),
    ],
)
def test_weekends_and_holidays_are_those_of_the_country(day: date, free_in: set[Country]) -> None:
    assert {country for country in Country if not is_working_day(day, country)} == free_in


def test_days_together_wait_for_a_week_that_holds_them() -> None:
    # Wednesday before Easter 2027 in Denmark: three days in a row are free again from Tuesday.
    (found,) = dated([module(days=3)], date(2027, 3, 24), Country.DK)
    assert (found.starts_on, found.ends_on) == (date(2027, 3, 30), date(2027, 4, 2))
    (norwegian,) = dated([module(days=1)], date(2027, 5, 17), Country.NO)
    assert norwegian.starts_on == date(2027, 5, 18)


def test_a_module_that_waited_pushes_the_next_one_on() -> None:
    first, second = module("A", days=2), module("B", starts_after_days=2, days=2)
    found = dated([second, first], date(2027, 3, 24), Country.DK)
    assert [(one.title, one.starts_on) for one in found] == [("A", date(2027, 3, 30)), ("B", date(2027, 4, 1))]


def test_more_than_a_working_week_runs_over_the_weekend() -> None:
    (found,) = dated([module(days=7)], date(2027, 9, 1), Country.SE)
    assert (found.starts_on, found.ends_on) == (date(2027, 9, 1), date(2027, 9, 10))


def test_ones_own_time_lasts_from_the_first_working_day_to_the_last() -> None:
    (found,) = dated([module(starts_after_days=1, ends_after_days=15)], date(2027, 3, 26), Country.DK)
    assert (found.starts_on, found.ends_on) == (date(2027, 3, 30), date(2027, 4, 10))


def test_without_a_first_day_there_are_no_days() -> None:
    on_days = dated([module(days=2)], date(2027, 9, 1), Country.DK)
    assert dated(on_days, None, Country.DK) == (module(days=2),)


@pytest.mark.parametrize("start", [date(1999, 12, 31), date(2201, 1, 1), date.max])
def test_a_start_beyond_the_known_holidays_is_refused(start: date) -> None:
    with pytest.raises(Invalid, match="start_out_of_calendar"):
        dated([module(days=1)], start, Country.DK)


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 0},
        {"days": 1, "ends_after_days": 5},
        {"starts_after_days": 5, "ends_after_days": 5},
        {"days": -1},
        {"days": 1, "starts_after_days": -1},
    ],
)
def test_a_module_has_days_together_or_a_while_of_ones_own(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="module_without_time"):
        module(**wrong)


def test_a_module_says_how_one_learns_in_it() -> None:
    with pytest.raises(Invalid, match="no_learning_form"):
        PlannedModule(title="M", learning_forms=(), starts_after_days=0, days=1)


@st.composite
def _planned(draw: st.DrawFn) -> PlannedModule:
    after = draw(st.integers(0, 400))
    if draw(st.booleans()):
        return module(starts_after_days=after, days=draw(st.integers(1, 12)))
    return module(starts_after_days=after, ends_after_days=after + draw(st.integers(1, 60)))


@given(
    st.lists(_planned(), min_size=1, max_size=8),
    st.dates(date(2024, 1, 1), date(2034, 12, 31)),
    st.sampled_from(list(Country)),
)
def test_however_it_is_planned_it_falls_on_working_days_in_order_and_never_before_its_time(
    modules: list[PlannedModule], start: date, country: Country
) -> None:
    found = dated(modules, start, country)
    assert sorted(one.starts_after_days for one in modules) == [one.starts_after_days for one in found]
    free_from = start
    for one in found:
        assert one.starts_on is not None
        assert one.ends_on is not None
        assert one.starts_on >= start + timedelta(days=one.starts_after_days)
        assert is_working_day(one.starts_on, country)
        assert is_working_day(one.ends_on - timedelta(days=1), country)
        if one.days:
            assert len(working_days(one.starts_on, one.ends_on, country)) == one.days
            assert one.starts_on >= free_from
            free_from = one.ends_on
            if one.days <= 5:
                assert (one.ends_on - one.starts_on).days == one.days
    assert dated(found, start, country) == found
