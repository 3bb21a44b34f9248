"""Dates as an export writes them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_PARTS = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{2})", "DD": r"(?P<day>\d{2})"}
_PART = re.compile("(YYYY|MM|DD)")
_NEVER = date.max
_FIRST_YEAR = 1900
_LAST_YEAR = 2199


@dataclass(frozen=True, slots=True)
class DateFormat:
    """The order of a date's parts, such as `YYYY-MM-DD` or `DD.MM.YYYY`."""

    text: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a format; raises `ValueError` unless year, month and day stand in it once each, the year in full."""
        pieces = _PART.split(text)
        if sorted(pieces[1::2]) != ["DD", "MM", "YYYY"] or any(re.search(r"\w", sign) for sign in pieces[::2]):
            message = f"{text!r} is not a date format; write YYYY, MM and DD once each, such as DD-MM-YYYY."
            raise ValueError(message)
        pattern = "".join(_PARTS.get(piece) or re.escape(piece) for piece in pieces)
        return cls(text, re.compile(pattern, re.ASCII))

    def read(self, text: str) -> date:
        """The date; raises `ValueError` for another format, a day that does not exist, or a year out of reason."""
        match = self.pattern.fullmatch(text)
        if match is None:
            message = f"not written as {self.text}"
            raise ValueError(message)
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
        found = date(year, month, day)
        if not _FIRST_YEAR <= year <= _LAST_YEAR and found != _NEVER:
            message = f"the year is not between {_FIRST_YEAR} and {_LAST_YEAR}"
            raise ValueError(message)
        return found


def half_open(end: date, *, is_last_day: bool) -> date | None:
    """The first day after a period; `None` for 9999-12-31, which other systems write for "no end"."""
    if end == _NEVER:
        return None
    return end + timedelta(days=1) if is_last_day else end
