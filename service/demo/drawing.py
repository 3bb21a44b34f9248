"""Chance that comes out the same on every machine and in every Python.

Only `Random.random()` is promised to repeat its sequence across Python releases, and only plain IEEE arithmetic
repeats across machines; so everything here is built on these two.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Choices with whole-number weights, drawn from with replacement."""

    def __init__(self, choices: Iterable[tuple[T, int]]) -> None:
        pairs = tuple(choices)
        self._choices = tuple(choice for choice, _ in pairs)
        self._bounds = tuple(accumulate(weight for _, weight in pairs))

    def draw(self, rng: Random) -> T:
        """One choice, as likely as its weight."""
        return self._choices[bisect_right(self._bounds, int(rng.random() * self._bounds[-1]))]


def one_of(rng: Random, choices: Sequence[T]) -> T:
    """One of several equally likely choices."""
    return choices[int(rng.random() * len(choices))]


def happens(rng: Random, percent: float) -> bool:
    """Whether something that happens in so many cases of a hundred happens now."""
    return rng.random() * 100 < percent


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from first to last, both included; first when last is not after it."""
    days = max((last - first).days, 0) + 1
    return first + timedelta(days=int(rng.random() * days))


def shuffled(rng: Random, items: Iterable[T]) -> list[T]:
    """The items in a random order."""
    return [item for _, _, item in sorted((rng.random(), place, item) for place, item in enumerate(items))]


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier (later when negative); the 28th of February for a leap day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def apportioned(total: int, weights: Sequence[float]) -> list[int]:
    """The total split into whole numbers in proportion to the weights, by largest remainder; the sum is exact."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
