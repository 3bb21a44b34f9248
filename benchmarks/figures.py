"""The figures to reach, as medians of the ratios, and whether they are reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.measuring import Measured

LIMIT, OURS, CONVENTIONAL, POSTGRAPHILE = "limit", "ours", "conventional", "postgraphile"


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A figure: what it is, how it follows from what was measured, and its bound."""

    what: str
    bound: float
    at_least: bool
    value: Callable[[Measured], float | None]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A goal with what was measured; without a value it was not measured this time."""

    goal: Goal
    value: float | None

    @property
    def met(self) -> bool | None:
        """Whether the bound holds."""
        if self.value is None:
            return None
        return self.value >= self.goal.bound if self.goal.at_least else self.value <= self.goal.bound


def _rate(workload: str, against: str = LIMIT) -> Callable[[Measured], float | None]:
    return lambda measured: measured.ratio(workload, OURS, against)


GOALS: Mapping[str, Goal] = {
    "rest_one": Goal(what="REST, one talent nested, of the limit", bound=0.45, at_least=True, value=_rate("one.rest")),
    "rest_list": Goal(
        what="REST, 50 talents nested, of the limit", bound=0.85, at_least=True, value=_rate("list.rest")
    ),
    "graphql_list": Goal(
        what="GraphQL, 50 talents nested, of the limit", bound=0.75, at_least=True, value=_rate("list.graphql")
    ),
    "graphql_one": Goal(
        what="GraphQL, one talent nested, of the limit", bound=0.40, at_least=True, value=_rate("one.graphql")
    ),
}


def figures(measured: Measured) -> Mapping[str, Figure]:
    """Every figure."""
    return {name: Figure(goal=goal, value=goal.value(measured)) for name, goal in GOALS.items()}
