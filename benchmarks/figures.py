"""The figures to reach, as medians of the ratios, and whether they are reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.measuring import Measured

LIMIT, OURS, CONVENTIONAL, POSTGRAPHILE = "limit", "ours", "conventional", "postgraphile"
FIRST_PAGE, FAR_PAGE = "first page", "page 400"
HR, MANAGER = "HR", "manager"
MUNICIPALITY, REGION, ONE_OF_MANY, ALL_OF_MANY = "one of 20,000", "one of 300,000", "one of 700", "700 in turn"
IMPORT_SECONDS, COPY_SECONDS, IMPORT_MEMORY = "import seconds", "COPY seconds", "import memory"
IDLE_MEMORY = "idle memory"
MEGABYTE = 1e6

Value = Callable[[Measured], float | None]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A figure: what it is, its bound (a lower one with `at_least`), and how it follows from what was measured."""

    what: str
    bound: float
    value: Value
    at_least: bool = False
    unit: str = ""


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


def _rate(workload: str, against: str, who: str = OURS) -> Value:
    """Requests per second, as a share or a multiple of another's."""
    return lambda measured: measured.ratio(workload, who, against)


def _time(workloads: tuple[str, ...], base: str, other: str) -> Value:
    """The time that a request takes the other, as a multiple of what it takes the base; the worst of the workloads."""
    return _worst(max, *(_rate(workload, other, base) for workload in workloads))


def _worst(worst: Callable[[list[float]], float], *values: Value) -> Value:
    def found(measured: Measured) -> float | None:
        known = [value for one in values if (value := one(measured)) is not None]
        return worst(known) if known else None

    return found


def _series(name: str, against: str | None = None, *, per: float = 1.0) -> Value:
    def found(measured: Measured) -> float | None:
        ours, theirs = measured.series.get(name, []), measured.series.get(against or "", [])
        if not ours:
            return None
        if against is None:
            return median(ours) / per
        return median(one / two for one, two in zip(ours, theirs, strict=True))

    return found


_SIZES_LIST = ("sizes.list.rest", "sizes.list.graphql")
_SIZES_ONE = ("sizes.one.rest", "sizes.one.graphql")

GOALS: Mapping[str, Goal] = {
    "rest_one": Goal(
        what="REST, one talent nested, of the limit", value=_rate("one.rest", LIMIT), bound=0.45, at_least=True
    ),
    "rest_list": Goal(
        what="REST, 50 talents nested, of the limit", value=_rate("list.rest", LIMIT), bound=0.85, at_least=True
    ),
    "graphql_list": Goal(
        what="GraphQL, 50 talents nested, of the limit", value=_rate("list.graphql", LIMIT), bound=0.75, at_least=True
    ),
    "graphql_list_conventional": Goal(
        what="GraphQL, 50 talents nested, of the conventional stack",
        value=_rate("list.graphql", CONVENTIONAL),
        bound=12,
        at_least=True,
    ),
    "graphql_list_postgraphile": Goal(
        what="GraphQL, 50 talents nested, of PostGraphile 5",
        value=_rate("list.graphql", POSTGRAPHILE),
        bound=2,
        at_least=True,
    ),
    "graphql_one": Goal(
        what="GraphQL, one talent nested, of the limit", value=_rate("one.graphql", LIMIT), bound=0.40, at_least=True
    ),
    "manager": Goal(
        what="a manager's list of as many rows, of what HR gets",
        value=_worst(min, _rate("manager.rest", HR, MANAGER), _rate("manager.graphql", HR, MANAGER)),
        bound=0.80,
        at_least=True,
    ),
    "page_400": Goal(
        what="page 400 against page 1, time",
        value=_time(("page.talents", "page.persons"), FIRST_PAGE, FAR_PAGE),
        bound=1.2,
    ),
    "region_list": Goal(
        what="300,000 employees against 20,000: list of 50, time",
        value=_time(_SIZES_LIST, MUNICIPALITY, REGION),
        bound=1.3,
    ),
    "region_one": Goal(
        what="300,000 employees against 20,000: one talent, time",
        value=_time(_SIZES_ONE, MUNICIPALITY, REGION),
        bound=1.3,
    ),
    "tenants_list": Goal(
        what="700 tenants of 1,000 against one of 20,000: list of 50, time",
        value=_time(_SIZES_LIST, MUNICIPALITY, ALL_OF_MANY),
        bound=1.3,
    ),
    "tenants_one": Goal(
        what="700 tenants of 1,000 against one of 20,000: one talent, time",
        value=_time(_SIZES_ONE, MUNICIPALITY, ALL_OF_MANY),
        bound=1.3,
    ),
    "command": Goal(
        what="a signature with event and key, of the bare statements",
        value=_rate("sign.rest", LIMIT),
        bound=0.50,
        at_least=True,
    ),
    "import": Goal(
        what="import of 300,000 employees against a bare COPY, time",
        value=_series(IMPORT_SECONDS, COPY_SECONDS),
        bound=6,
    ),
    "import_memory": Goal(
        what="memory of the import above idle, MB", value=_series(IMPORT_MEMORY, per=MEGABYTE), bound=150, unit="MB"
    ),
    "idle_memory": Goal(
        what="memory of an idle worker, MB", value=_series(IDLE_MEMORY, per=MEGABYTE), bound=130, unit="MB"
    ),
}


def figures(measured: Measured) -> Mapping[str, Figure]:
    """Every figure."""
    return {name: Figure(goal=goal, value=goal.value(measured)) for name, goal in GOALS.items()}
