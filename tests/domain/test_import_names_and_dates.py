from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.imports.dates import DateFormat, half_open
from service.domain.imports.names import split_full_name


@pytest.mark.parametrize(
    ("full", "given_name", "family_name"),
    [
        ("Anna Holm", "Anna", "Holm"),
        ("Anna  Marie Skov-Petersen ", "Anna Marie", "Skov-Petersen"),
        ("Anna Marie von der Recke", "Anna Marie", "von der Recke"),
        ("Anders de Jong", "Anders", "de Jong"),
        ("Holm, Anna Marie", "Anna Marie", "Holm"),
        ("Holm,", None, "Holm"),
        ("Ali", "Ali", None),
        ("von Holstein", "von", "Holstein"),
        ("", None, None),
    ],
)
def test_the_last_word_and_its_particles_are_the_family_name(
    full: str, given_name: str | None, family_name: str | None
) -> None:
    assert split_full_name(full) == (given_name, family_name)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_is_read_in_its_format(day: date) -> None:
    assert DateFormat.of("YYYY-MM-DD").read(day.isoformat()) == day
    assert DateFormat.of("DD.MM.YYYY").read(f"{day:%d.%m.%Y}") == day
    assert DateFormat.of("YYYYMMDD").read(f"{day:%Y%m%d}") == day


@pytest.mark.parametrize(
    "text", ["2024-1-1", "01-01-2024", "2024-02-30", "0203-01-01", "2024-01-01T00:00", "", "i går"]
)
def test_what_is_no_date_of_the_format_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not written as|day is out of range|year is not between"):
        DateFormat.of("YYYY-MM-DD").read(text)


@pytest.mark.parametrize("text", ["", "YYYY-MM", "DD-MM-YY", "YYYY-MM-DD DD", "dd-mm-yyyy", "YYYYxMMxDD"])
def test_a_format_without_each_part_once_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date format"):
        DateFormat.of(text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_last_day_ends_the_day_after_and_a_half_open_end_stays(day: date) -> None:
    assert half_open(day, is_last_day=True) == day + timedelta(days=1)
    assert half_open(day, is_last_day=False) == day


def test_the_end_of_time_means_no_end() -> None:
    never = DateFormat.of("YYYY-MM-DD").read("9999-12-31")
    assert half_open(never, is_last_day=True) is None
    assert half_open(never, is_last_day=False) is None
