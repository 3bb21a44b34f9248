"""What a figure is made of, and when it is met."""

import pytest

from benchmarks.figures import GOALS, LIMIT, OURS, Figure, figures
from benchmarks.load import Load
from benchmarks.measuring import Measured, Sample


def samples(*rates: float) -> list[Sample]:
    return [
        Sample(
            load=Load(requests=round(rate * 10), seconds=10, p50=0.001, p99=0.002, failed=0, exhausted=False),
            cpu=0.0001,
            peak=1,
        )
        for rate in rates
    ]


def measured(workload: str, **lanes: list[Sample]) -> Measured:
    return Measured(samples={workload: {name.replace("_", " "): found for name, found in lanes.items()}})


def test_a_rate_is_compared_round_by_round_and_the_median_counts() -> None:
    it = measured("one.rest", limit=samples(1000, 100, 10), ours=samples(500, 70, 9))
    assert it.ratio("one.rest", OURS, LIMIT) == pytest.approx(0.7)
    assert figures(it)["rest_one"].value == pytest.approx(0.7)
    assert figures(it)["rest_one"].met is True


def test_what_was_not_measured_has_no_value_and_is_neither_met_nor_missed() -> None:
    found = figures(Measured())
    assert set(found) == set(GOALS)
    assert all(one.value is None and one.met is None for one in found.values())


def test_a_time_is_a_multiple_of_the_first_page_whichever_of_two_lists_is_slower() -> None:
    it = Measured(
        samples={
            "page.talents": {"first page": samples(100), "page 400": samples(90)},
            "page.persons": {"first page": samples(100), "page 400": samples(50)},
        }
    )
    figure = figures(it)["page_400"]
    assert figure.value == pytest.approx(2.0)
    assert figure.met is False


def test_a_manager_gets_the_share_of_the_door_that_gives_least() -> None:
    it = Measured(
        samples={
            "manager.rest": {"HR": samples(100), "manager": samples(95)},
            "manager.graphql": {"HR": samples(100), "manager": samples(70)},
        }
    )
    assert figures(it)["manager"].value == pytest.approx(0.7)
    assert figures(it)["manager"].met is False


def test_larger_data_is_compared_with_the_municipality() -> None:
    it = Measured(
        samples={
            "sizes.list.rest": {"one of 20,000": samples(100), "one of 300,000": samples(80)},
            "sizes.one.rest": {"one of 20,000": samples(100), "700 in turn": samples(50)},
        }
    )
    found = figures(it)
    assert found["region_list"].value == pytest.approx(1.25)
    assert found["region_list"].met is True
    assert found["tenants_one"].value == pytest.approx(2.0)
    assert found["tenants_list"].value is None


def test_an_import_is_a_multiple_of_the_copy_of_its_round_and_memory_is_in_megabytes() -> None:
    it = Measured(series={"import seconds": [40.0, 90.0], "COPY seconds": [10.0, 30.0], "import memory": [151e6]})
    found = figures(it)
    assert found["import"].value == pytest.approx(3.5)
    assert found["import_memory"].value == pytest.approx(151)
    assert found["import_memory"].met is False


def test_a_bound_itself_is_met() -> None:
    for goal in GOALS.values():
        assert Figure(goal=goal, value=goal.bound).met is True
        assert Figure(goal=goal, value=goal.bound * (0.9 if goal.at_least else 1.1)).met is False
