"""No small group shows, by no sum and no difference: tables made at random, attacked by trying all that would fit."""

from itertools import combinations

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from service.domain.reports.ranges import Ranges, between
from service.domain.reports.suppression import Division, Shown, is_small, open_columns
from tests.domain.every_table import ranges

THRESHOLDS = st.sampled_from([3, 4, 5])


@st.composite
def rows(draw: st.DrawFn, width: int | None = None) -> tuple[tuple[int, ...], ...]:
    """A table of one to four rows, each column counting some of those in the column before."""
    columns = width or draw(st.integers(1, 3))
    listed: list[tuple[int, ...]] = []
    for _ in range(draw(st.integers(1, 4))):
        row: list[int] = []
        for _ in range(columns):
            row.append(draw(st.integers(0, row[-1] if row else 7)))
        listed.append(tuple(row))
    return tuple(listed)


def divided(table: tuple[tuple[int, ...], ...], threshold: int) -> Division:
    """The table by the columns whose totals may be shown."""
    whole = Division(table, tuple(range(len(table[0]), 0, -1)), threshold)
    columns = open_columns(whole.totals, threshold)
    assume(columns)
    return Division(
        tuple(tuple(row[j] for j in columns) for row in table), tuple(whole.worth[j] for j in columns), threshold
    )


def exposed(division: Division, shown: Shown) -> list[tuple[int, int, int]]:
    """The small groups that the attack narrows down further than it may."""
    seen = [
        [people if j in columns else None for j, people in enumerate(row)]
        for row, columns in zip(division.rows, shown, strict=True)
    ]
    found: list[tuple[int, int, int]] = []
    for (row, start, end), (fewest, most) in ranges(seen, division.totals).items():
        size = between(division.rows[row], start, end)
        assert fewest <= size <= most
        wanted = min(division.threshold, between(division.totals, start, end))
        if is_small(size, division.threshold) and most - fewest < wanted:
            found.append((row, start, end))
    return found


@settings(max_examples=150, deadline=None)
@given(rows(), THRESHOLDS)
@example(((40, 12), (25, 6), (2, 1)), 5)
@example(((5, 5, 5), (7, 5, 5)), 5)
def test_no_linear_combination_of_what_is_shown_tells_the_size_of_a_small_group(
    table: tuple[tuple[int, ...], ...], threshold: int
) -> None:
    division = divided(table, threshold)
    shown = division.shown()
    if len(division.peopled) > 1:
        assert exposed(division, shown) == []
    for row, columns in zip(division.rows, shown, strict=True):
        if len(division.peopled) > 1:
            assert not any(is_small(row[j], threshold) for j in columns)


@settings(max_examples=80, deadline=None)
@given(rows(width=3), THRESHOLDS)
def test_a_column_that_is_added_later_tells_nothing_of_those_shown_before(
    table: tuple[tuple[int, ...], ...], threshold: int
) -> None:
    totals = Division(table, (3, 2, 1), threshold).totals
    assume(not any(is_small(total, threshold) for total in totals))
    before = Division(tuple(row[:2] for row in table), (3, 2), threshold).shown()
    division = Division(table, (3, 2, 1), threshold)
    assume(len(division.peopled) > 1)
    added = division.added(before)
    if added is None:
        # Not even its total may be shown: with it alone, something small is known.
        nothing_more = tuple(columns & {0, 1} for columns in before)
        assert list(division.exposed(nothing_more)) != []
    else:
        assert [columns & {0, 1} for columns in added] == list(before)
        assert exposed(division, added) == []


@settings(max_examples=80, deadline=None)
@given(rows(), st.data())
def test_the_ranges_are_exact_where_they_lie_in_one_run(
    table: tuple[tuple[int, ...], ...], data: st.DataObject
) -> None:
    width = len(table[0])
    shown = tuple(frozenset(data.draw(st.sets(st.integers(0, width - 1)))) for _ in table)
    division = Division(table, (1,) * width, 5)
    known = Ranges(table, division.totals, shown)
    seen = [
        [people if j in columns else None for j, people in enumerate(row)]
        for row, columns in zip(table, shown, strict=True)
    ]
    for (row, start, end), (fewest, most) in ranges(seen, division.totals).items():
        width_known = known.width(row, start, end)
        assert width_known <= most - fewest
        inside = [edge for edge in shown[row] if start < edge < end]
        if not inside:
            assert width_known == most - fewest


def test_what_need_not_be_hidden_is_shown() -> None:
    division = Division(((30, 28, 12), (22, 22, 10), (15, 15, 8)), (3, 1, 2), 5)
    assert division.shown() == (frozenset({0, 2}), frozenset({0, 1, 2}), frozenset({0, 2}))
    nobody_is_small = Division(((30, 20, 10), (22, 15, 8)), (3, 1, 2), 5)
    assert nobody_is_small.shown() == (frozenset({0, 1, 2}),) * 2


def test_hiding_the_small_alone_would_not_do() -> None:
    """The attack works: hide nothing but what is small, and it is found."""
    division = Division(((40,), (25,), (2,)), (1,), 5)
    only_the_small = (frozenset({0}), frozenset({0}), frozenset[int]())
    assert exposed(division, only_the_small) == [(2, 0, 1)]
    assert list(division.exposed(only_the_small)) == [(2, 0, 1, 5)]


def test_who_stopped_between_two_stages_is_a_group_too() -> None:
    """Ten applied and nine were assessed: who was the one?"""
    division = Division(((10, 9), (12, 8)), (2, 1), 5)
    shown = division.shown()
    assert exposed(division, shown) == []
    assert all(len(columns) < 2 for columns in shown[:1])


def test_a_group_in_which_nobody_is_shows_that() -> None:
    division = Division(((20, 10), (0, 0), (15, 6)), (2, 1), 5)
    assert division.shown() == (frozenset({0, 1}),) * 3


def test_a_long_table_is_done_in_good_time() -> None:
    table = tuple((people, people - people // 9, people // 3, people // 4) for people in range(60, 0, -2))
    division = Division(table, (8, 3, 6, 4), 5)
    shown = division.shown()
    assert list(division.exposed(shown)) == []
    assert sum(map(len, shown)) > len(table)
    assert all(
        not is_small(between(row, *pair), 5)
        for row, columns in zip(table, shown, strict=True)
        for pair in combinations([*sorted(columns), 4], 2)
    )
