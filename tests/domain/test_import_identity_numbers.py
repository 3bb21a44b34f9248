"""Every number here is computed while the test runs; none stands in this file."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.domain.identity_numbers import find_identity_number

DAYS = st.dates(date(1901, 1, 1), date(1999, 12, 31))
SERIALS = st.integers(0, 999)
DASHES = st.sampled_from(["", "-", " ", " - ", "\u2013", "\u2011"])
CLEARLY_A_DATE = date(1983, 11, 27)


def danish(born: date, serial: int, dash: str = "") -> str:
    return f"{born:%d%m%y}{dash}{serial % 4:d}{serial:03d}"


def luhn_digit(nine: str) -> int:
    weighted = [int(digit) * (2, 1)[place % 2] for place, digit in enumerate(nine)]
    return -sum(sum(map(int, str(number))) for number in weighted) % 10


def swedish(born: date, serial: int, dash: str = "", *, century: str = "", days_added: int = 0) -> str:
    nine = f"{born:%y%m}{born.day + days_added:02d}{serial:03d}"
    return f"{century}{nine[:6]}{dash}{nine[6:]}{luhn_digit(nine)}"


def norwegian(born: date, serial: int, dash: str = "", *, days_added: int = 0) -> str | None:
    nine = f"{born.day + days_added:02d}{born:%m%y}{serial:03d}"
    first = -sum(w * int(d) for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), nine, strict=True)) % 11
    ten = f"{nine}{first}"
    second = -sum(w * int(d) for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), ten[:10], strict=True)) % 11
    return None if max(first, second) > 9 else f"{nine[:6]}{dash}{nine[6:]}{first}{second}"


def finnish(born: date, serial: int, century: str = "-") -> str:
    control = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(f"{born:%d%m%y}{serial:03d}") % 31]
    return f"{born:%d%m%y}{century}{serial:03d}{control}"


@given(DAYS, SERIALS, DASHES)
def test_a_danish_number_is_found_with_and_without_a_dash(born: date, serial: int, dash: str) -> None:
    assert find_identity_number(danish(born, serial, dash)) is not None


def test_a_danish_number_needs_no_control_digit() -> None:
    numbers = [danish(CLEARLY_A_DATE, serial) for serial in range(200)]
    assert None not in {find_identity_number(number) for number in numbers}


@given(DAYS, st.integers(0, 999))
def test_a_danish_number_is_found_when_its_date_is_dotted(born: date, serial: int) -> None:
    assert find_identity_number(f"{born:%d.%m.%y}-{serial:04d}") == "dk"


@given(st.integers(32, 99), SERIALS)
def test_ten_digits_that_begin_with_no_date_are_not_danish(day: int, serial: int) -> None:
    assert find_identity_number(f"{day}138{serial:05d}") is None


def test_the_seventh_digit_tells_a_birth_in_the_1800s_and_those_people_are_gone() -> None:
    assert find_identity_number(f"{date(1931, 11, 27):%d%m%y}6001") == "dk"
    assert find_identity_number(f"{date(1983, 11, 27):%d%m%y}6001") is None


def test_the_leap_day_depends_on_the_century_of_the_seventh_digit() -> None:
    leap_day = f"{date(2000, 2, 29):%d%m%y}"
    assert find_identity_number(f"{leap_day}4001") == "dk"
    assert find_identity_number(f"{leap_day}1001") is None


@given(DAYS, SERIALS, DASHES)
def test_a_swedish_number_is_found_in_both_lengths(born: date, serial: int, dash: str) -> None:
    assert find_identity_number(swedish(born, serial, dash)) == "se"
    assert find_identity_number(swedish(born, serial, dash.replace(" ", ""), century="19")) == "se"


@given(DAYS, SERIALS)
def test_a_swedish_number_of_somebody_past_a_hundred_and_an_iso_date_are_found(born: date, serial: int) -> None:
    number = swedish(born, serial)
    assert find_identity_number(swedish(born, serial, "+")) == "se"
    assert find_identity_number(f"{born:%Y-%m-%d}-{number[6:]}") == "se"


@given(DAYS, SERIALS, DASHES)
def test_a_swedish_coordination_number_is_found(born: date, serial: int, dash: str) -> None:
    assert find_identity_number(swedish(born, serial, dash, days_added=60)) == "se"


@given(DAYS, SERIALS, st.integers(1, 9))
def test_a_wrong_control_digit_is_not_swedish(born: date, serial: int, added: int) -> None:
    number = swedish(born, serial, century="19")
    wrong = number[:-1] + str((int(number[-1]) + added) % 10)
    assert find_identity_number(wrong) is None


@given(DAYS, SERIALS, DASHES, st.sampled_from([0, 40]))
def test_a_norwegian_number_and_a_d_number_are_found(born: date, serial: int, dash: str, added: int) -> None:
    number = norwegian(born, serial, dash, days_added=added)
    assume(number is not None)
    assert find_identity_number(f"{number}") == "no"


@given(DAYS, SERIALS, st.sampled_from([9, 10]), st.integers(1, 9))
def test_a_wrong_control_digit_is_not_norwegian(born: date, serial: int, place: int, added: int) -> None:
    number = norwegian(born, serial)
    assume(number is not None)
    digits = list(f"{number}")
    digits[place] = str((int(digits[place]) + added) % 10)
    assert find_identity_number("".join(digits)) is None


@given(DAYS, st.integers(2, 899), st.sampled_from("-YXWVU"))
def test_a_finnish_number_is_found(born: date, serial: int, century: str) -> None:
    found = find_identity_number(finnish(born, serial, century))
    assert found in {"fi", "se"}  # some hold as a Swedish one too
    assert find_identity_number(finnish(born, serial, century).lower()) == found


def test_a_finnish_number_of_this_century_needs_its_control_character() -> None:
    number = finnish(date(2004, 2, 29), 123, "A")
    assert find_identity_number(number) == "fi"
    assert find_identity_number(number[:-1] + ("1" if number[-1] != "1" else "2")) is None


@given(
    st.sampled_from(["cpr {}.", "({})", "CPR{}", "pnr.{}", "Navn;{};x", "id={}", "nummer:{}\n", "a, {}, b", "_{}_"]),
    DAYS,
    SERIALS,
)
def test_a_number_is_found_anywhere_in_a_text(text: str, born: date, serial: int) -> None:
    assert find_identity_number("Samtale den 3. maj. " * 50 + text.format(danish(born, serial, "-"))) is not None


def test_a_list_of_numbers_separated_by_commas_is_found() -> None:
    numbers = [danish(CLEARLY_A_DATE + timedelta(days=day), 77) for day in range(3)]
    assert find_identity_number(",".join(numbers)) is not None


@given(st.uuids())
def test_a_uuid_is_never_an_identity_number(value: uuid.UUID) -> None:
    assert find_identity_number(f"{value}") is None


@given(DAYS, SERIALS)
def test_a_uuid_that_begins_or_ends_like_a_number_is_none(born: date, serial: int) -> None:
    long = swedish(born, serial, century="19")
    assert find_identity_number(f"{long[:8]}-{long[8:]}-4e1e-a890-51bd3bf26e2b") is None
    assert find_identity_number(f"c5d76586-32fe-41e8-b702-{long}") is None


@given(st.integers(20_000_000, 99_999_999))
def test_a_phone_number_of_eight_digits_is_none(number: int) -> None:
    digits = f"{number}"
    assert find_identity_number(f"tlf. {digits}") is None
    assert find_identity_number(f"+45{digits}") is None
    assert find_identity_number(" ".join(digits[place : place + 2] for place in range(0, 8, 2))) is None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1)))  # noqa: DTZ001  -- only its digits matter
def test_an_iso_date_is_none(moment: datetime) -> None:
    assert find_identity_number(moment.isoformat()) is None
    assert find_identity_number(f"{moment:%Y-%m-%d %H%M}") is None
    assert find_identity_number(f"{moment:%d.%m.%Y} kl. {moment:%H:%M}") is None


@given(st.integers(10**12, 10**13 - 1))
def test_a_longer_run_of_digits_is_none(number: int) -> None:
    assert find_identity_number(f"EAN {number}") is None


@pytest.mark.parametrize("amount", ["1.250.000,00", "1 200 000 kr.", "12000.50", "-010.101,0"])
def test_an_amount_is_none(amount: str) -> None:
    assert find_identity_number(amount) is None


def test_ten_digits_with_decimals_are_an_amount() -> None:
    assert find_identity_number(danish(CLEARLY_A_DATE, 0) + ",50") is None


def test_a_long_text_without_six_digits_in_a_row_is_left_after_one_look() -> None:
    assert find_identity_number("Nogle ord om ledelse, 12 345 gange. " * 20_000) is None
