"""The attack on suppressed figures: every table that fits what is shown is tried, so that nothing is argued."""

from collections.abc import Sequence
from functools import cache
from itertools import product

from service.domain.reports.ranges import between

Range = tuple[int, int]


def ranges(rows: Sequence[Sequence[int | None]], totals: Sequence[int]) -> dict[tuple[int, int, int], Range]:
    """For each row and each stretch of columns, the fewest and the most people that can be in it.

    `rows` holds what is shown of each row, None where it is not; rows add up to `totals`. Columns count some of those
    of the column before.
    """
    width = len(totals)
    people = tuple(between(totals, j, j + 1) for j in range(width))

    @cache
    def fitting(row: int, room: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
        """What a row can be: how many in each column and not the next."""
        return tuple(
            one
            for one in product(*(range(free + 1) for free in room))
            if all(seen is None or seen == sum(one[j:]) for j, seen in enumerate(rows[row]))
        )

    @cache
    def filled(left: tuple[int, ...], room: tuple[int, ...]) -> bool:
        """Those rows can hold exactly these people."""
        if not left:
            return not any(room)
        return any(filled(left[1:], _less(room, one)) for one in fitting(left[0], room))

    found: dict[tuple[int, int, int], Range] = {}
    for row in range(len(rows)):
        others = tuple(other for other in range(len(rows)) if other != row)
        possible = [one for one in fitting(row, people) if filled(others, _less(people, one))]
        for start in range(width):
            for end in range(start + 1, width + 1):
                sizes = [sum(one[start:end]) for one in possible]
                found[row, start, end] = (min(sizes), max(sizes))
    return found


def _less(room: tuple[int, ...], taken: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(free - one for free, one in zip(room, taken, strict=True))
