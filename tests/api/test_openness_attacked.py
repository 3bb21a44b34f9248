"""Staff representatives who want to know more than they are shown: by subtraction, between neighbours, over time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, get_args

import pytest

from service.domain.actor import Role
from service.domain.archives.forgetting import forget_those_not_admitted
from service.domain.catalogue import VIEWS
from service.domain.reading import Many, View
from service.domain.reports.openness.model import Stage
from service.domain.reports.suppression import is_small
from tests.clock import MovableClock
from tests.domain.every_table import ranges
from tests.municipality import Municipality
from tests.openness import REPORTS, SMALL, Applicants, Selected, selected
from tests.selection import selection

NO_PEOPLE = {
    "Organisation.anonymityThreshold",
    "Organisation.retentionMonths",
    "Organisation.statementDays",
    "Organisation.offerDays",
    "Organisation.reconsiderationDays",
    "Organisation.answerDays",
    "Organisation.archiveDays",
    "Framework.edition",
    "Programme.leadersNeeded",
    "ProgrammeTemplate.plannedDays",
    "ProgrammeTemplate.daysTogether",
    "Cohort.capacity",
    "OpennessReport.threshold",
}
"""Numbers that staff representatives read and that count nobody."""

OPEN_LISTS = {"Unit", "Position", "Framework", "Programme", "ProgrammeTemplate", "Cohort", "OpennessReport"}
"""What staff representatives may count: nothing of it is a person."""


def truth(applicants: Sequence[Applicants]) -> Mapping[str, Mapping[str, Counter[Stage]]]:
    """Dimension → group → how many came to which stage and no further."""
    found: dict[str, dict[str, Counter[Stage]]] = {one: {} for one in ("administration", "gender", "age_band", "way")}
    bands = {1991: "from_30", 1984: "from_40", 1975: "from_50", None: "unknown"}
    for one in applicants:
        parts = (one.place, one.gender, bands[one.born], one.way)
        for dimension, group in zip(found, parts, strict=True):
            found[dimension].setdefault(str(group), Counter())[one.reached] += one.count
    return found


def attacked(report: dict[str, Any], applicants: Sequence[Applicants]) -> list[str]:
    """The small groups that somebody with the report, a pencil and patience narrows down further than they may."""
    stages = [one["stage"] for one in report["total"]]
    columns = [j for j, one in enumerate(report["total"]) if one["count"] is not None]
    totals = [report["total"][j]["count"] for j in columns]
    found: list[str] = []
    for dimension in report["dimensions"]:
        rows = [[one["stages"][j]["count"] for j in columns] for one in dimension["groups"]]
        for j in set(range(len(stages))) - set(columns):
            assert {one["stages"][j]["count"] for one in dimension["groups"]} <= {None, 0}, "a hidden total adds up"
        names = [
            one["labels"]["en"] if dimension["dimension"] == "administration" else one["group"]
            for one in dimension["groups"]
        ]
        known = truth(applicants)[dimension["dimension"]]
        for (row, start, end), (fewest, most) in ranges(rows, totals).items():
            reached = known.get(names[row], Counter[Stage]())
            after = stages.index(stages[columns[end]]) if end < len(columns) else len(Stage)
            size = sum(reached[one] for one in list(Stage)[columns[start] : after])
            assert fewest <= size <= most, "the attack knows what is so"
            whole = totals[start] - (totals[end] if end < len(columns) else 0)
            if is_small(size, report["threshold"]) and most - fewest < min(report["threshold"], whole):
                found.append(f"{dimension['dimension']} {names[row]}: {size} of {stages[columns[start]]}")
    return found


async def test_no_subtraction_across_rows_columns_and_totals_brings_a_small_group_back(town: Municipality) -> None:
    chosen = await selected(town, SMALL)
    report = (await chosen.council.get(await chosen.made())).json()
    assert attacked(report, SMALL) == []
    shown = [stage["count"] for one in report["dimensions"] for group in one["groups"] for stage in group["stages"]]
    assert any(shown)
    assert not any(count is not None and is_small(count, 3) for count in shown)
    await chosen.moved("complete")
    with_completion = (await chosen.council.post(f"{await _url(chosen)}/add-completion")).json()
    assert attacked(with_completion, SMALL) == []


async def test_the_attack_finds_what_is_hidden_carelessly(town: Municipality) -> None:
    chosen = await selected(town, SMALL)
    report = (await chosen.council.get(await chosen.made())).json()
    for dimension in report["dimensions"]:
        for group in dimension["groups"]:
            known = truth(SMALL)[dimension["dimension"]].get(
                group["labels"]["en"] if dimension["dimension"] == "administration" else group["group"],
                Counter[Stage](),
            )
            for place, stage in enumerate(group["stages"]):
                count = sum(known[one] for one in list(Stage)[place:])
                stage["count"] = None if is_small(count, 3) else count
    assert attacked(report, SMALL) != []


async def _url(chosen: Selected) -> str:
    (report,) = (await chosen.council.get(REPORTS, params={"programmeId": str(chosen.programme)})).json()["items"]
    return f"{REPORTS}/{report['id']}"


async def test_neighbouring_reports_have_no_candidate_in_common(town: Municipality) -> None:
    first, second = await selected(town, SMALL), await selected(town, SMALL[:4])
    await first.made("Den ene")
    both = {"name": "Begge", "programmeIds": [str(first.programme), str(second.programme)]}
    refused = await second.council.post(REPORTS, json=both)
    assert (refused.status_code, refused.json()["code"]) == (409, "programme_reported")
    await second.made("Den anden")
    listed = (await first.council.get(REPORTS, params={"expand": "programmes"})).json()["items"]
    programmes = [one["id"] for report in listed for one in report["programmes"]]
    assert sorted(programmes) == sorted({str(first.programme), str(second.programme)})


async def test_two_readings_at_two_times_are_the_same_whatever_happened_between(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await selected(town, SMALL)
    url = await chosen.made()
    first = await chosen.council.get(url)
    started = clock.now
    taking = (await chosen.hr.get("/v1/participations")).json()["items"]
    await chosen.hr.post(f"/v1/participations/{taking[0]['id']}/withdraw", json={})
    (somebody,) = (await chosen.hr.get("/v1/persons", params={"first": "1", "name": "En"})).json()["items"]
    await chosen.hr.patch(f"/v1/persons/{somebody['id']}", json={"gender": "other", "birthYear": 1950})
    await chosen.hr.patch(f"/v1/units/{chosen.places['Teknik']}", json={"name": "Miljø"})
    await chosen.hr.patch("/v1/organisation", json={"anonymityThreshold": 7})
    clock.forward(days=200)
    await town.rooms.transactions.run(town.hr, forget_those_not_admitted)
    again = await chosen.council.get(url)
    clock.now = started
    assert again.content == first.content
    assert again.headers["etag"] == first.headers["etag"]


@pytest.fixture
async def council(town: Municipality) -> Any:
    """Staff representatives of a town with candidates of every sort, and with somebody behind them who has no role."""
    chosen = await selection(town)
    await chosen.offered("Mette", "Mads")
    await chosen.assessed("Ole", "Mads")
    await chosen.applied("Per")
    return town.client(None, Role.WORKS_COUNCIL)


@pytest.mark.parametrize("view", [one for one in VIEWS.values() if not one.singleton], ids=lambda one: one.name)
async def test_no_list_counts_people_for_staff_representatives(council: Any, view: View) -> None:
    counted = (await council.get(f"/v1/{view.path}", params={"count": "true"})).json()["totalCount"]
    assert view.name in OPEN_LISTS or counted == 0
    plural = view.plural[:1].lower() + view.plural[1:]
    connections = [
        relation.name
        for relation in view.all_relations.values()
        if isinstance(relation, Many) and VIEWS[relation.view].name not in OPEN_LISTS
    ]
    asked = " ".join(f"{one} {{ totalCount }}" for one in connections)
    query = f"{{ {plural} {{ totalCount nodes {{ __typename {asked} }} }} }}"
    answer = (await council.post("/graphql", json={"query": query})).json()["data"][plural]
    assert answer["totalCount"] == counted
    assert {node[one]["totalCount"] for node in answer["nodes"] for one in connections} <= {0}


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda one: one.name)
def test_no_number_that_they_read_beside_the_reports_counts_people(view: View) -> None:
    """A number of people is for those who see the people, or it is coarse."""
    theirs = {"works_council", "everyone", *(name for name in view.visible_to if name == "published")}
    if not theirs & set(view.visible_to):
        return
    for one in view.fields:
        number = {int, float, Decimal} & {one.type, *get_args(one.type)}
        if number and theirs & set(one.readable_by or theirs) and one.exact_for is None:
            assert f"{view.name}.{one.name}" in NO_PEOPLE, (
                f"{view.name}.{one.name} is a number that staff representatives read: if it counts people, give it "
                "`readable_by` or `exact_for`, else name it in NO_PEOPLE"
            )
