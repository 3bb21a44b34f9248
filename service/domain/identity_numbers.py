"""National identity numbers: recognised so that they can be refused wherever they turn up.

Denmark's CPR, Sweden's personnummer and samordningsnummer, Norway's fødselsnummer, D-number and H-number, and
Finland's henkilötunnus. A number counts when its form is one in use and its date exists; Sweden, Norway and Finland
also have control digits. Denmark's stopped holding in 2007 and is not looked at, so a ten-digit number that happens
to begin with a date is taken for a CPR: an import mapping may declare a column of ten-digit employee numbers.
"""

import re
from collections.abc import Callable
from datetime import date

_BEFORE = r"(?:(?<![^\W_])(?<!\+)|(?<=nr)|(?<=cpr)|(?<=hetu)|(?<=nummer))"
_AFTER = r"(?![^\W_])(?![.,]\d{1,2}(?!\d))"  # with decimals it is an amount
_DAY, _MONTH, _YEAR = r"(?P<day>\d\d)", r"(?P<month>\d\d)", r"(?P<year>\d\d)"
_SERIAL = r"(?P<serial>\d{4})"
_BLANK = r"[ \u00a0\u202f]"
_DASH = rf"{_BLANK}?[-+\u2010-\u2015\u2212]{_BLANK}?"
_GAP = rf"(?:{_DASH}|{_BLANK})?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{_BEFORE}{pattern}{_AFTER}", re.IGNORECASE)


_DANISH = (
    _form(rf"{_DAY}{_MONTH}{_YEAR}{_GAP}{_SERIAL}"),
    _form(rf"{_DAY}(?P<between>[-./]){_MONTH}(?P=between){_YEAR}{_DASH}{_SERIAL}"),
)
_SWEDISH = (
    _form(rf"{_YEAR}{_MONTH}{_DAY}{_GAP}{_SERIAL}"),
    _form(rf"(?:18|19|20){_YEAR}(?P<between>-?){_MONTH}(?P=between){_DAY}{_DASH}{_SERIAL}"),
    _form(rf"(?:18|19|20){_YEAR}{_MONTH}{_DAY}{_SERIAL}"),
)
_NORWEGIAN = (_form(rf"{_DAY}(?P<between>[-./]?){_MONTH}(?P=between){_YEAR}{_GAP}(?P<serial>\d{{5}})"),)
_FINNISH = (_form(rf"{_DAY}{_MONTH}{_YEAR}(?P<century>[-+A-FU-Y])(?P<serial>\d{{3}})(?P<control>[0-9A-FHJ-NPR-Y])"),)

_WORTH_A_LOOK = re.compile(r"\d\d[-./]?\d\d[-./]?\d\d\D{0,3}\d{3}")  # what all forms have in common, and no date has
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_UUID_LENGTH = 36

_FINNISH_CONTROL = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_FINNISH_CENTURY = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
_NORWEGIAN_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_NORWEGIAN_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_NORWEGIAN_MONTHS_ADDED = (0, 40, 80)  # a person; an H-number; a number made for tests
_D_NUMBER_DAYS_ADDED = 40
_COORDINATION_DAYS_ADDED = 60


def find_identity_number(text: str) -> str | None:
    """The country (`dk`, `se`, `no`, `fi`) whose national identity number a text holds, or `None`.

    Countries with control digits are asked first. UUIDs, phone numbers, ISO dates, amounts and longer runs of
    digits are not identity numbers.
    """
    if _WORTH_A_LOOK.search(text) is None:
        return None
    for country, forms, holds in _COUNTRIES:
        for form in forms:
            if any(holds(match) and not _inside_uuid(text, match) for match in form.finditer(text)):
                return country
    return None


def _is_danish(number: re.Match[str]) -> bool:
    year = _danish_birth_year(int(number["year"]), int(number["serial"][0]))
    return year is not None and _is_day(year, int(number["month"]), int(number["day"]))


def _danish_birth_year(year: int, seventh: int) -> int | None:
    """The CPR office's table of the seventh digit; none for the 1800s, whose people are gone."""
    if seventh <= 3:  # noqa: PLR2004  -- the table's own numbers, here and below
        return 1900 + year
    if seventh in {4, 9}:
        return year + (2000 if year <= 36 else 1900)  # noqa: PLR2004
    return 2000 + year if year <= 57 else None  # noqa: PLR2004


def _is_swedish(number: re.Match[str]) -> bool:
    day = int(number["day"])
    born = day - _COORDINATION_DAYS_ADDED if day > _COORDINATION_DAYS_ADDED else day
    digits = number["year"] + number["month"] + number["day"] + number["serial"]
    return _is_day_in_some_century(int(number["year"]), int(number["month"]), born) and _passes_luhn(digits)


def _passes_luhn(digits: str) -> bool:
    weighted = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in weighted) % 10 == 0


def _is_norwegian(number: re.Match[str]) -> bool:
    day, month, year = int(number["day"]), int(number["month"]), int(number["year"])
    born = day - _D_NUMBER_DAYS_ADDED if day > _D_NUMBER_DAYS_ADDED else day
    digits = [int(digit) for digit in number["day"] + number["month"] + number["year"] + number["serial"]]
    return any(_is_day_in_some_century(year, month - added, born) for added in _NORWEGIAN_MONTHS_ADDED) and all(
        sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 == 0
        for weights in (_NORWEGIAN_FIRST, _NORWEGIAN_SECOND)
    )


def _is_finnish(number: re.Match[str]) -> bool:
    year = _FINNISH_CENTURY[number["century"].upper()] + int(number["year"])
    remainder = int(number["day"] + number["month"] + number["year"] + number["serial"]) % 31
    return (
        _is_day(year, int(number["month"]), int(number["day"]))
        and _FINNISH_CONTROL[remainder] == number["control"].upper()
    )


def _is_day_in_some_century(year: int, month: int, day: int) -> bool:
    """Two digits of a year leave its century open; 2000 had a leap day and 1900 had none, so 2000 allows more."""
    return _is_day(2000 + year, month, day)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _inside_uuid(text: str, number: re.Match[str]) -> bool:
    around = _UUID.finditer(text, max(0, number.start() - _UUID_LENGTH), number.end() + _UUID_LENGTH)
    return any(uuid.start() < number.end() and number.start() < uuid.end() for uuid in around)


_COUNTRIES: tuple[tuple[str, tuple[re.Pattern[str], ...], Callable[[re.Match[str]], bool]], ...] = (
    ("se", _SWEDISH, _is_swedish),
    ("no", _NORWEGIAN, _is_norwegian),
    ("fi", _FINNISH, _is_finnish),
    ("dk", _DANISH, _is_danish),
)
