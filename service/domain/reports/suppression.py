"""Suppression: which figures of a report may be shown, so that no small group shows, by subtraction neither.

A report counts people by how far they came: each column counts some of those in the column before. It divides the same
people in several ways; each way is a table whose rows add up to the totals above it. A *group* is whoever is in one row
and came as far as one column but not as far as a later one. A group of fewer people than the threshold is small. It is
protected when a reader who knows all that is shown and all totals can narrow its size down no further than to a range
as wide as the threshold, or as the totals alone would leave it.

How narrow that is, `ranges.py` computes exactly; here is the choice of what to give up, and it is not one of the exact
kind: the smallest loss is a hard problem, a good one is found by hiding what helps most for what it costs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeAlias

from service.domain.reports.ranges import Ranges, between

Shown: TypeAlias = tuple[frozenset[int], ...]
"""Per row, the columns whose figures are shown."""

_TRIES = 200
"""Over the square of the rows: how many other choices are tried in the end. A long table takes long enough."""


def is_small(people: int, threshold: int) -> bool:
    """Such a group shows individuals; none at all shows nobody."""
    return 0 < people < threshold


def open_columns(totals: Sequence[int], threshold: int) -> tuple[int, ...]:
    """The columns whose totals may be shown; what is not among them is shown of no row either."""
    return tuple(i for i, total in enumerate(totals) if not is_small(total, threshold))


@dataclass(frozen=True)
class Division:
    """One way of dividing the people: `rows[i][j]` counts those of row i who came as far as column j, or further.

    `worth` says how much each column matters to a reader; what matters less is given up first.
    """

    rows: tuple[tuple[int, ...], ...]
    worth: tuple[int, ...]
    threshold: int

    @cached_property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.worth)

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """The sum of each column."""
        return tuple(sum(column) for column in zip(*self.rows, strict=True)) if self.rows else (0,) * self.width

    @cached_property
    def peopled(self) -> frozenset[int]:
        """The rows that count anybody; of the others it is known that they do not."""
        return frozenset(i for i, row in enumerate(self.rows) if row[0])

    def shown(self) -> Shown:
        """The figures that may be shown beside all totals."""
        every = frozenset(range(self.width))
        if len(self.peopled) == 1:  # the row is the total
            return tuple(every for _ in self.rows)
        nobody = tuple(frozenset[int]() if i in self.peopled else every for i in range(len(self.rows)))
        found = self._protected(tuple(self._own(row) for row in self.rows), nobody)
        return self._improved(nobody if found is None else self._filled(found, range(self.width)))

    def added(self, before: Shown) -> Shown | None:
        """The figures of the last column that may be shown beside those which were shown before and its total.

        None where its total may not be shown either.
        """
        last = self.width - 1
        if len(self.peopled) == 1:
            return tuple(kept | {last} for kept in before)
        more = tuple(
            kept | {last} if self._harmless(row, sorted(kept | {last})) else kept
            for kept, row in zip(before, self.rows, strict=True)
        )
        found = self._protected(more, before)
        return None if found is None else self._filled(found, [last])

    def exposed(self, shown: Shown) -> Iterator[tuple[int, int, int, float]]:
        """Small groups that are not protected: (row, from column, to before column, what their range lacks)."""
        ranges = Ranges(self.rows, self.totals, shown)
        for i, row in enumerate(self.rows):
            for start, end in combinations(range(self.width + 1), 2):
                if is_small(between(row, start, end), self.threshold):
                    wanted = min(self.threshold, between(self.totals, start, end))
                    lacking = wanted - ranges.width(i, start, end)
                    if lacking > 0:
                        yield i, start, end, lacking

    def _lacking(self, shown: Shown) -> float:
        return sum(lacking for *_, lacking in self.exposed(shown))

    def _own(self, row: tuple[int, ...]) -> frozenset[int]:
        """The most of a row that shows no small group by itself."""
        choices = (
            choice
            for size in range(self.width, -1, -1)
            for choice in combinations(range(self.width), size)
            if self._harmless(row, choice)
        )
        return frozenset(max(choices, key=lambda choice: (sum(self.worth[j] for j in choice), choice)))

    def _harmless(self, row: tuple[int, ...], columns: Sequence[int]) -> bool:
        edges = [*columns, self.width]
        return not any(is_small(between(row, *pair), self.threshold) for pair in combinations(edges, 2))

    def _protected(self, shown: Shown, kept: Shown) -> Shown | None:
        """Hide until every small group is protected, never what is `kept`; None where that does not do."""
        while lacking := self._lacking(shown):
            cells = [(i, j) for i, columns in enumerate(shown) for j in sorted(columns - kept[i])]
            if not cells:
                return None
            shown = max(
                ((self._gain(shown, cell, lacking), -place, _without(shown, cell)) for place, cell in enumerate(cells))
            )[2]
        return shown

    def _gain(self, shown: Shown, cell: tuple[int, int], lacking: float) -> tuple[float, float]:
        """How much hiding a figure helps for what it costs; where nothing helps, the cheapest."""
        cost = self._value(cell)
        return (lacking - self._lacking(_without(shown, cell))) / cost, -cost

    def _value(self, cell: tuple[int, int]) -> float:
        """What a figure is worth to a reader: more of a large row."""
        i, j = cell
        return self.worth[j] * (1 + self.rows[i][0] / max(1, self.totals[0]))

    def _worth_of(self, shown: Shown) -> float:
        return sum(self._value((i, j)) for i, columns in enumerate(shown) for j in columns)

    def _filled(self, shown: Shown, free: Sequence[int]) -> Shown:
        """Show again what need not have been given up, the most worth first."""
        for cell in self._hidden(shown, free):
            more = _with(shown, cell)
            if not self._lacking(more):
                shown = more
        return shown

    def _hidden(self, shown: Shown, free: Sequence[int]) -> list[tuple[int, int]]:
        cells = [(i, j) for i, columns in enumerate(shown) for j in free if j not in columns]
        return sorted(cells, key=lambda cell: (-self._value(cell), cell))

    def _improved(self, shown: Shown) -> Shown:
        """Try to show one more figure, and others for it no longer; keep what is worth more."""
        columns, tries = range(self.width), _TRIES // max(1, len(self.peopled) ** 2)
        tried = set[tuple[int, int]]()
        while tries and (cells := [cell for cell in self._hidden(shown, columns) if cell not in tried]):
            tries -= 1
            tried.add(cells[0])
            only = tuple(
                frozenset({cells[0][1]} if i == cells[0][0] else () if i in self.peopled else columns)
                for i in range(len(self.rows))
            )
            other = self._protected(_with(shown, cells[0]), only)
            if other is not None and self._worth_of(better := self._filled(other, columns)) > self._worth_of(shown):
                shown, tried = better, set[tuple[int, int]]()
        return shown


def _without(shown: Shown, cell: tuple[int, int]) -> Shown:
    return tuple(columns - {cell[1]} if i == cell[0] else columns for i, columns in enumerate(shown))


def _with(shown: Shown, cell: tuple[int, int]) -> Shown:
    return tuple(columns | {cell[1]} if i == cell[0] else columns for i, columns in enumerate(shown))
