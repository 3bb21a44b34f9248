"""What can be known of a hidden figure: the range of sizes that a group may have, given all that is shown.

What is hidden is a transportation problem. The shown figures of a row cut it into *runs* of columns whose people
together are known; the sum of each column over the rows is known; the rest is not. What one run may hold in some of
its columns, the others being unknown, is the range of a generalized polymatroid cut down to its box and its sum, for
which there is a closed form (A. Frank, *Connections in Combinatorial Optimization*, 2011, part III). Such problems have
whole solutions wherever they have any, so that no fraction widens the range. tests/domain/test_suppression.py tries
every table that fits instead, and comes to the same.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf

Rows = tuple[tuple[int, ...], ...]


def between(row: Sequence[int], start: int, end: int) -> int:
    """Those who came as far as the one column and not as far as the other; the one behind the last is nobody's."""
    return row[start] - (row[end] if end < len(row) else 0)


@dataclass(frozen=True)
class _Run:
    """Columns from `start` to before `end`, whose people together are `people`, or None where that is not known."""

    start: int
    end: int
    people: int | None

    @cached_property
    def columns(self) -> int:
        """Its columns as bits."""
        return (1 << self.end) - (1 << self.start)


def _runs(row: Sequence[int], shown: frozenset[int]) -> Iterator[_Run]:
    edges = [*sorted(shown), len(row)]
    if edges[0] > 0:
        yield _Run(0, edges[0], None)
    for start, end in pairwise(edges):
        yield _Run(start, end, between(row, start, end))


class Ranges:
    """The ranges in one table: its rows and totals as they are, and per row the columns that are shown."""

    def __init__(self, rows: Rows, totals: Sequence[int], shown: Sequence[frozenset[int]]) -> None:
        """Cut every row into its runs."""
        self.rows = rows
        self.inside = [between(totals, j, j + 1) for j in range(len(totals))]
        self.runs = [list(_runs(row, columns)) for row, columns in zip(rows, shown, strict=True)]
        every = [run for listed in self.runs for run in listed]
        self.known = Counter[int]()
        self.free = Counter[int]()
        for run in every:
            if run.people is None:
                self.free[run.columns] += 1
            else:
                self.known[run.columns] += run.people
        self.kept: dict[tuple[int, int], tuple[Mapping[int, float], Mapping[int, float]]] = {}

    def width(self, row: int, start: int, end: int) -> float:
        """How wide the range of those between two columns of a row is at least.

        Where they lie in two runs, it is that of one of them while the other is told.
        """
        wide = 0.0
        for place, run in enumerate(self.runs[row]):
            asked = run.columns & ((1 << end) - (1 << start))
            if asked and not (asked == run.columns and run.people is not None):
                wide = max(wide, self._range(row, place, asked))
        return wide

    def _range(self, row: int, place: int, asked: int) -> float:
        run = self.runs[row][place]
        if (row, place) not in self.kept:
            self.kept[row, place] = self._bounds(row, run)
        low, high = self.kept[row, place]
        if run.people is None:
            return high[asked] - low[asked]
        rest = run.columns & ~asked
        return min(high[asked], run.people - low[rest]) - max(low[asked], run.people - high[rest])

    def _bounds(self, row: int, run: _Run) -> tuple[Mapping[int, float], Mapping[int, float]]:
        """For each set of the run's columns, the fewest and the most people that it can hold there."""
        sets = 1 << len(self.inside)
        least, most = self._others(row, sets)
        there = [0] * sets
        for columns in range(1, sets):
            lowest = (columns & -columns).bit_length() - 1
            own = 0 if run.columns >> lowest & 1 else between(self.rows[row], lowest, lowest + 1)
            there[columns] = there[columns & (columns - 1)] + self.inside[lowest] - own
        low: dict[int, float] = {}
        high: dict[int, float] = {}
        for columns in range(sets):
            part = columns & run.columns
            low[part] = max(low.get(part, -inf), there[columns] - most[columns])
            high[part] = min(high.get(part, inf), there[columns] - least[columns])
        # Nowhere are fewer people than none: a part holds no more than the whole, the whole no less than a part.
        return (
            {whole: max(low[part] for part in low if part & ~whole == 0) for whole in low},
            {part: min(high[whole] for whole in high if part & ~whole == 0) for part in high},
        )

    def _others(self, row: int, sets: int) -> tuple[list[float], list[float]]:
        """For each set of columns, how many people of the other rows must be in it at least and can be at most."""
        known, free = self.known.copy(), self.free.copy()
        for run in self.runs[row]:
            if run.people is None:
                free[run.columns] -= 1
            else:
                known[run.columns] -= run.people
        least, most = [0.0] * sets, [0.0] * sets
        for reach, people in known.items():
            for columns in range(sets):
                if columns & reach:
                    most[columns] += people
                    if reach & ~columns == 0:
                        least[columns] += people
        for reach, count in free.items():
            for columns in range(sets if count else 0):
                if columns & reach:
                    most[columns] = inf
        return least, most
