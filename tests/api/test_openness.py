"""The openness report over both doors: who applied and who came how far, and never who."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from service.domain.actor import Role, Scope
from service.domain.archives.forgetting import forget_those_not_admitted
from service.domain.candidacies.model import WayIn
from service.domain.ids import new_id
from service.domain.persons.model import Gender
from service.domain.reconsiderations.model import Reconsideration
from service.domain.reports.openness.model import Stage
from service.domain.unit_of_work import UnitOfWork
from tests.clock import MovableClock
from tests.municipality import Municipality
from tests.openness import REPORTS, SMALL, Applicants, selected

LARGE = (
    Applicants(24, "Sundhed", Gender.FEMALE, 1984, WayIn.APPLICATION, Stage.ASSESSED),
    Applicants(10, "Sundhed", Gender.FEMALE, 1984, WayIn.APPLICATION, Stage.COMPLETED),
    Applicants(14, "Teknik", Gender.MALE, 1975, WayIn.NOMINATION, Stage.ASSESSED),
    Applicants(8, "Teknik", Gender.MALE, 1975, WayIn.NOMINATION, Stage.ACCEPTED),
)
"""Large groups: nothing of them is small."""


def figures(report: dict[str, Any], dimension: str) -> dict[str, list[int | None]]:
    (found,) = [one for one in report["dimensions"] if one["dimension"] == dimension]
    return {one["labels"]["da"]: [stage["count"] for stage in one["stages"]] for one in found["groups"]}


async def test_staff_representatives_management_and_hr_read_the_same_figures(town: Municipality) -> None:
    chosen = await selected(town, LARGE)
    url = await chosen.made()
    bodies: list[Any] = []
    for role in (Role.WORKS_COUNCIL, Role.HR, Role.TOP_MANAGEMENT):
        answer = await town.client(None, role).get(url)
        assert answer.status_code == 200
        bodies.append(answer.json())
    assert bodies[0] == bodies[1] == bodies[2]
    report = bodies[0]
    assert [(one["stage"], one["count"], one["percent"]) for one in report["total"]] == [
        ("applied", 56, 100),
        ("assessed", 56, 100),
        ("offered", 18, 32),
        ("accepted", 18, 32),
    ]
    nobody = [0, 0, 0, 0]
    assert figures(report, "administration") == {
        "Kultur": nobody,
        "Sundhed": [34, 34, 10, 10],
        "Teknik": [22, 22, 8, 8],
        "Uden for forvaltningerne": nobody,
    }
    assert figures(report, "gender")["Kvinder"] == [34, 34, 10, 10]
    assert figures(report, "age_band")["50\u201359 år"] == [22, 22, 8, 8]
    assert figures(report, "way")["Indstilling"] == [22, 22, 8, 8]
    assert (report["threshold"], report["completionAsOf"]) == (3, None)
    assert {one["term"] for one in report["definitions"]} >= {"applied", "gender", "suppression", "as_of"}


@pytest.mark.parametrize("who", [Role.ADMIN, Scope.PEOPLE_READ, Scope.EVENTS_READ, None])
async def test_nobody_else_reads_or_makes_one(town: Municipality, who: Role | Scope | None) -> None:
    chosen = await selected(town, LARGE)
    url = await chosen.made()
    await town.person("Ole")
    other = town.client(None, who) if who else town.client("Ole")
    for path in (url, f"{url}/table.csv", f"{url}/chart.svg"):
        assert (await other.get(path)).status_code == 404
    assert (await other.get(REPORTS)).json()["items"] == []
    body = {"name": "Min", "programmeIds": [str(chosen.programme)]}
    assert (await other.post(REPORTS, json=body)).status_code in {403, 404}


async def test_it_is_the_same_over_graphql(town: Municipality) -> None:
    chosen = await selected(town)
    url = await chosen.made()
    rest = (await chosen.council.get(url)).json()
    query = """query Report($programme: ID!) {
      opennessReports(filter: { programmeId: $programme }) { nodes {
        id name threshold asOf completionAsOf
        total { stage count percent }
        dimensions { dimension labels { da sv nb en } groups {
          group labels { da sv nb en } stages { stage count percent } } }
        definitions { term labels { da sv nb en } meaning { da sv nb en } }
        programmes { nodes { id } } } } }"""
    asked = {"query": query, "variables": {"programme": str(chosen.programme)}}
    (read,) = (await chosen.council.post("/graphql", json=asked)).json()["data"]["opennessReports"]["nodes"]
    assert read.pop("programmes") == {"nodes": [{"id": str(chosen.programme)}]}
    assert read == {name: rest[name] for name in read}


async def test_a_report_is_made_when_the_selection_is_over_and_not_before(town: Municipality) -> None:
    chosen = await selected(town, LARGE, running=False)
    body = {"name": "For tidligt", "programmeIds": [str(chosen.programme)]}
    for verb in ("start-selecting", "start"):
        refused = await chosen.council.post(REPORTS, json=body)
        assert (refused.status_code, refused.json()["code"]) == (409, "selection_not_over")
        await chosen.moved(verb)
    sql = "UPDATE candidacy SET state = $1 WHERE id IN (SELECT id FROM candidacy WHERE state = $2 LIMIT 1) RETURNING id"
    await town.rooms.database.fetch_row(town.organisation, sql, ["offered", "accepted"])
    waiting = await chosen.council.post(REPORTS, json=body)
    assert waiting.json()["code"] == "selection_not_over"
    await town.rooms.database.fetch_row(town.organisation, sql, ["accepted", "offered"])
    assert (await chosen.council.post(REPORTS, json=body)).status_code == 201
    twice = {"name": "To gange", "programmeIds": [str(chosen.programme)] * 2}
    refused = await chosen.council.post(REPORTS, json=twice)
    assert (refused.status_code, refused.json()["code"]) == (422, "programme_twice")


async def test_a_report_waits_for_a_decline_that_is_being_reconsidered(town: Municipality) -> None:
    chosen = await selected(town, LARGE)
    query = {"cohortId": str(chosen.cohort), "state": "declined", "first": "1"}
    (declined,) = (await chosen.hr.get("/v1/candidacies", params=query)).json()["items"]

    async def ask(uow: UnitOfWork) -> UUID:
        asked = Reconsideration(
            id=new_id(),
            candidacy_id=UUID(declined["id"]),
            person_id=UUID(declined["personId"]),
            cohort_id=chosen.cohort,
            grounds="Se på det igen.",
            due_on=uow.today,
        )
        return (await uow.reconsiderations.add(asked, "asked")).id

    url = f"/v1/reconsiderations/{await town.run(ask)}/answer"
    body = {"name": "Hold 1", "programmeIds": [str(chosen.programme)]}
    assert (await chosen.council.post(REPORTS, json=body)).json()["code"] == "selection_not_over"
    await town.person("Ida")
    answer = {"succeeds": False, "answer": "Vi har set på det."}
    assert (await town.client("Ida", Role.HR).post(url, json=answer)).status_code == 200
    assert (await chosen.council.post(REPORTS, json=body)).status_code == 201


async def test_a_programme_is_in_one_report_whoever_asks_at_the_same_time(town: Municipality) -> None:
    chosen = await selected(town, LARGE)
    body = {"name": "Samtidig", "programmeIds": [str(chosen.programme)]}
    answers = await asyncio.gather(*(chosen.hr.post(REPORTS, json=body) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"programme_reported"}


async def test_small_programmes_say_together_what_none_could_say_alone(town: Municipality) -> None:
    few = (Applicants(3, "Sundhed", Gender.FEMALE, 1984, WayIn.APPLICATION, Stage.ASSESSED),)
    first, second = await selected(town, few, threshold=5), await selected(town, few, threshold=5)
    body = {"name": "Begge", "programmeIds": [str(first.programme), str(second.programme)]}
    made = await first.hr.post(REPORTS, json=body)
    assert made.json()["total"][0]["count"] == 6
    third = await selected(town, few, threshold=5)
    alone = (await third.council.get(await third.made())).json()
    assert {one["count"] for one in alone["total"]} == {None, 0}


async def test_the_last_stage_is_added_when_the_programme_is_completed(town: Municipality) -> None:
    chosen = await selected(town, LARGE)
    url = await chosen.made()
    before = (await chosen.council.get(url)).json()
    assert before["allowedActions"] == []
    early = await chosen.council.post(f"{url}/add-completion")
    assert (early.status_code, early.json()["code"]) == (409, "programme_not_over")
    await chosen.moved("complete")
    assert (await chosen.council.get(url)).json()["allowedActions"] == ["addCompletion"]
    done = await chosen.council.post(f"{url}/add-completion")
    assert done.status_code == 200, done.text
    after = done.json()
    assert after["total"][-1] == {"stage": "completed", "count": 10, "percent": 18}
    assert figures(after, "gender")["Kvinder"] == [34, 34, 10, 10, 10]
    assert figures(after, "gender")["Mænd"] == [22, 22, 8, 8, 0]
    assert after["completionAsOf"] is not None
    assert [stage[:-1] for stage in figures(after, "way").values()] == list(figures(before, "way").values())
    again = await chosen.council.post(f"{url}/add-completion")
    assert (again.status_code, again.json()["code"]) == (409, "completion_added")


async def test_a_programme_that_is_over_already_has_all_stages_at_once(town: Municipality) -> None:
    chosen = await selected(town, LARGE)
    await chosen.moved("complete")
    report = (await chosen.council.get(await chosen.made())).json()
    assert [one["stage"] for one in report["total"]] == ["applied", "assessed", "offered", "accepted", "completed"]
    assert report["completionAsOf"] == report["asOf"]


async def test_those_who_were_forgotten_are_counted_still(town: Municipality, clock: MovableClock) -> None:
    before = clock.now
    chosen = await selected(town, SMALL)
    twin = await selected(town, SMALL)
    kept = (await chosen.council.get(await chosen.made())).json()
    clock.forward(days=190)
    await town.rooms.transactions.run(town.hr, forget_those_not_admitted)
    left = await chosen.hr.get("/v1/candidacies", params={"cohortId": str(twin.cohort), "count": "true"})
    assert left.json()["totalCount"] == 7
    later = (await twin.council.get(await twin.made())).json()
    assert (later["total"], later["dimensions"]) == (kept["total"], kept["dimensions"])
    clock.now = before
