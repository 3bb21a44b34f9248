"""From what was counted to what is shown: every figure of an openness report, or that it is suppressed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.domain.labels.model import Words
from service.domain.reports.openness.model import (
    Counted,
    Dimension,
    DimensionCounts,
    GroupCounts,
    Stage,
    StageCount,
)
from service.domain.reports.suppression import Division, open_columns

_WORTH = {Stage.APPLIED: 8, Stage.ASSESSED: 3, Stage.OFFERED: 6, Stage.ACCEPTED: 4, Stage.COMPLETED: 5}
"""How much a stage matters beside the others, where not all can be shown: who applied, who was offered a place."""

Figures = tuple[tuple[StageCount, ...], tuple[DimensionCounts, ...]]
"""The total, and how it is divided."""


def figures(counted: Counted, stages: Sequence[Stage], threshold: int, labels: Mapping[str, Words]) -> Figures:
    """What may be shown of what was counted. `labels` name every dimension and group."""
    totals = _totals(counted, len(stages))
    columns = open_columns(totals, threshold)
    dimensions: list[DimensionCounts] = []
    for dimension, groups in counted.items():
        rows = list(groups.values())
        shown = (
            _division(rows, columns, stages, threshold).shown() if columns else tuple(frozenset[int]() for _ in rows)
        )
        listed = tuple(
            GroupCounts(
                group=group,
                labels=labels[group],
                stages=_counts(stages, row, {columns[j] for j in seen}),
            )
            for (group, row), seen in zip(groups.items(), shown, strict=True)
        )
        dimensions.append(DimensionCounts(dimension=dimension, labels=labels[dimension], groups=listed))
    return _counts(stages, totals, set(columns)), tuple(dimensions)


def with_completion(
    before: Figures, counted: Counted, done: Mapping[Dimension, Mapping[str, int]], threshold: int
) -> Figures:
    """The same with the last stage, beside what was shown before; where that would show too much, nothing of it.

    `counted` is what the figures before were made of, `done` how many completed since. Somebody's group may have been
    corrected meanwhile: then that dimension shows nothing of the last stage.
    """
    total, dimensions = before
    people = sum(next(iter(done.values())).values())
    columns = [j for j, one in enumerate(total) if one.count is not None]
    stages = [*(one.stage for one in total), Stage.COMPLETED]
    tables = [
        _added(one, columns, stages, counted[one.dimension], done[one.dimension], threshold) for one in dimensions
    ]
    safe = bool(columns) and not 0 < people < threshold and all(table is not None for table in tables)
    return (
        (*total, _count(Stage.COMPLETED, people if safe else None, total[0].count)),
        tuple(
            replace(
                one,
                groups=tuple(
                    replace(group, stages=(*group.stages, _count(Stage.COMPLETED, completed, group.stages[0].count)))
                    for group, completed in zip(
                        one.groups, table if safe and table else [None] * len(one.groups), strict=True
                    )
                ),
            )
            for one, table in zip(dimensions, tables, strict=True)
        ),
    )


def _added(
    one: DimensionCounts,
    columns: Sequence[int],
    stages: Sequence[Stage],
    counted: Mapping[str, tuple[int, ...]],
    done: Mapping[str, int],
    threshold: int,
) -> list[int | None] | None:
    """What each group may show of the last stage; None where not even its total may be shown."""
    groups = [group.group for group in one.groups]
    corrected = done.keys() - set(groups) or any(done.get(group, 0) > counted[group][-1] for group in groups)
    rows = [(*counted[group], min(done.get(group, 0), counted[group][-1])) for group in groups]
    last = len(stages) - 1
    before = tuple(
        frozenset(place for place, j in enumerate(columns) if group.stages[j].count is not None) for group in one.groups
    )
    shown = _division(rows, [*columns, last], stages, threshold).added(before)
    if shown is None:
        return None
    return [
        row[last] if len(columns) in seen and not corrected else None for row, seen in zip(rows, shown, strict=True)
    ]


def _totals(counted: Counted, width: int) -> tuple[int, ...]:
    rows = list(next(iter(counted.values())).values())
    return tuple(sum(column) for column in zip(*rows, strict=True)) if rows else (0,) * width


def _division(
    rows: Sequence[tuple[int, ...]], columns: Sequence[int], stages: Sequence[Stage], threshold: int
) -> Division:
    return Division(
        rows=tuple(tuple(row[j] for j in columns) for row in rows),
        worth=tuple(_WORTH[stages[j]] for j in columns),
        threshold=threshold,
    )


def _counts(stages: Sequence[Stage], row: Sequence[int], seen: set[int]) -> tuple[StageCount, ...]:
    applied = row[0] if 0 in seen else None
    return tuple(
        _count(stage, people if j in seen else None, applied)
        for j, (stage, people) in enumerate(zip(stages, row, strict=True))
    )


def _count(stage: Stage, people: int | None, applied: int | None) -> StageCount:
    """A figure, and its share of those who applied in whole percent, a half rounded up."""
    share = None if people is None or not applied else (200 * people + applied) // (2 * applied)
    return StageCount(stage=stage, count=people, percent=share)
