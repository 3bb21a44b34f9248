"""The days on which people of the organisation's country are at work."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from service.domain.organisations.model import Country

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = timedelta(days=1)
_SATURDAY = 5
_CUSTOMARY = {Country.DK: ("optional",), Country.SE: ("de_facto",)}
"""What is no public holiday by law and yet a day off in nearly every town hall, such as Christmas Eve."""


@cache
def _holidays(country: Country, year: int) -> Container[date]:
    from holidays import country_holidays  # noqa: PLC0415  -- 8 MB that an idle worker does without

    categories = ("public", *_CUSTOMARY.get(country, ()))
    return frozenset(country_holidays(country.upper(), years=year, categories=categories))


def is_working_day(day: date, country: Country) -> bool:
    """The day is neither in a weekend nor a holiday of the country."""
    return day.weekday() < _SATURDAY and day not in _holidays(country, day.year)


def working_days(starts_on: date, ends_on: date, country: Country) -> list[date]:
    """The working days of a half-open period."""
    return [day for day in _days(starts_on, ends_on) if is_working_day(day, country)]


def _days(starts_on: date, ends_on: date) -> "Iterator[date]":
    while starts_on < ends_on:
        yield starts_on
        starts_on += _DAY
