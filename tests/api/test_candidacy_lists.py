"""What an HR consultant looks for among candidacies, and the ranking of a cohort."""

from datetime import timedelta
from typing import Any

import httpx

from service.domain.candidacies.statements import remind_of_statements
from tests.clock import MovableClock
from tests.events import told
from tests.municipality import Municipality
from tests.selection import selection

CANDIDACIES = "/v1/candidacies"


async def found(client: httpx.AsyncClient, **query: Any) -> list[str]:
    """The first names of those whom the list shows, in its order."""
    listed = await client.get(CANDIDACIES, params={**query, "expand": "person"})
    assert listed.status_code == 200, listed.text
    return [one["person"]["givenName"] for one in listed.json()["items"]]


async def test_hr_finds_candidacies_by_state_cohort_programme_administration_and_name(town: Municipality) -> None:
    chosen = await selection(town)
    await town.person("Åse Mørk", chosen.technics)
    await town.person("Asger Ås", chosen.team)
    for name in ("Mette", "Per", "Åse", "Asger"):
        await chosen.applied(name)
    await chosen.offered("Ole", "Mads")
    other = await town.cohort(await town.programme(await town.framework()))
    cohort = (await chosen.hr.get(f"/v1/cohorts/{chosen.cohort}")).json()
    for query, names in (
        ({"state": "offered"}, ["Ole"]),
        ({"cohortId": str(chosen.cohort), "administrationId": str(chosen.technics)}, ["Per", "Åse"]),
        ({"cohortId": str(other)}, []),
        ({"programmeId": cohort["programmeId"], "state": "submitted"}, ["Mette", "Per", "Åse", "Asger"]),
        ({"name": "ås"}, ["Åse", "Asger"]),
        ({"name": "ME"}, ["Mette"]),
        ({"way": "application"}, ["Mette", "Per", "Åse", "Asger", "Ole"]),
        ({"way": "nomination"}, []),
    ):
        assert await found(chosen.hr, **query) == names, query


async def test_hr_finds_what_is_missing_and_what_is_overdue(town: Municipality, clock: MovableClock) -> None:
    chosen = await selection(town)
    await chosen.applied("Mette")
    await chosen.supported("Ole", "Mads")
    await chosen.assessed("Per", "Tove")
    drafted = {"cohortId": str(chosen.cohort), "submit": False}
    await town.client("Bo").post(CANDIDACIES, json=drafted)

    async def look() -> list[list[str]]:
        queries = ("statementMissing", "scoreMissing", "deadlinePassed")
        return [await found(chosen.hr, **{one: "true"}) for one in queries]

    assert await look() == [["Mette"], ["Mette", "Ole"], []]
    assert await found(town.client("Mads"), statementMissing="true") == ["Mette"]
    assert await found(chosen.hr, scoreMissing="false") == ["Per"]
    before = clock.now
    clock.forward(days=15)
    try:
        assert (await look())[2] == ["Mette"]
        clock.forward(days=16)
        assert await found(town.client("Bo"), deadlinePassed="true") == ["Bo"]
    finally:
        clock.now = before


async def test_the_ranking_shows_ties_and_nobody_else_sorts_by_what_they_may_not_read(town: Municipality) -> None:
    chosen = await selection(town)
    await town.person("Ida", chosen.technics)
    for name, manager, score in (("Mette", "Mads", 3), ("Ole", "Mads", 5), ("Per", "Tove", 3), ("Ida", "Tove", 2)):
        await chosen.assessed(name, manager, anna=score, bo=score)
    await town.person("Karl", chosen.team)
    await chosen.applied("Karl")
    query: dict[str, str] = {"cohortId": str(chosen.cohort), "sort": "-score", "expand": "person", "first": "2"}
    ranked: list[tuple[str, Any, Any]] = []
    while True:
        page = (await chosen.hr.get(CANDIDACIES, params=query)).json()
        ranked += [(one["person"]["givenName"], one["score"], one["standing"]) for one in page["items"]]
        if not page["page"]["hasNextPage"]:
            break
        query["after"] = page["page"]["endCursor"]
    assert ranked[0] == ("Ole", 5, 1)
    assert sorted(ranked[1:3]) == [("Mette", 3, 2), ("Per", 3, 2)]
    assert ranked[3:] == [("Ida", 2, 4), ("Karl", None, None)]
    for other in (town.client("Mads"), town.client("Anna"), town.client("Mette")):
        refused = await other.get(CANDIDACIES, params={"sort": "-score"})
        assert (refused.status_code, refused.json()["code"]) == (403, "filter_not_allowed")
        read = (await other.get(CANDIDACIES)).json()["items"]
        assert read
        assert {(one["score"], one["standing"]) for one in read} == {(None, None)}
    document = "{ candidacies(sort: SCORE_DESC) { nodes { id } } }"
    answer = await town.client("Mads").post("/graphql", json={"query": document})
    assert "errors" in answer.json()


async def test_who_withdraws_stands_nowhere_in_the_ranking(town: Municipality) -> None:
    chosen = await selection(town)
    best = await chosen.assessed("Mette", "Mads", anna=5, bo=5)
    second = await chosen.assessed("Ole", "Mads", anna=4, bo=4)
    await town.client("Mette").post(f"{CANDIDACIES}/{best}/withdraw", json={})
    assert (await chosen.hr.get(f"{CANDIDACIES}/{second}")).json()["standing"] == 1
    assert (await chosen.hr.get(f"{CANDIDACIES}/{best}")).json()["standing"] is None


async def test_W3_the_manager_is_reminded_of_a_missing_statement_once_and_by_an_event(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await selection(town)
    candidacy = await chosen.applied("Mette")
    await chosen.supported("Ole", "Mads")
    url = f"{CANDIDACIES}/{candidacy}"

    async def reminded() -> list[str]:
        await town.rooms.transactions.run(town.hr, remind_of_statements)
        return [one["resource_id"] for one in await told(town, "candidacy.statement_reminded")]

    read = (await town.client("Mads").get(url)).json()
    assert (read["statementDueOn"], read["statementRemindedAt"]) == ("2026-09-21", None)
    assert read["statementRequestedAt"] == read["submittedAt"]
    before = clock.now
    try:
        clock.forward(days=10)
        assert await reminded() == []
        for days in (1, 1, 3):
            clock.forward(days=days)
            assert await reminded() == [str(candidacy)]
        seen = (await town.client("Mads").get(url)).json()
        assert seen["statementRemindedAt"].startswith("2026-09-18")
    finally:
        clock.now = before


async def test_W3_an_absent_statement_counts_against_nobody(town: Municipality, clock: MovableClock) -> None:
    """Without a word of the manager a candidacy is assessed, and ranks, as any other."""
    chosen = await selection(town)
    candidacy = await chosen.applied("Mette")
    body = {"assessorIds": [str(town.people["Anna"]), str(town.people["Bo"])]}
    await chosen.hr.post(f"{CANDIDACIES}/{candidacy}/assign-assessors", json=body)
    before = clock.now
    clock.now += timedelta(days=15)
    try:
        for assessor in ("Anna", "Bo"):
            one = await chosen.assessment(candidacy, assessor)
            done = await town.client(assessor).post(f"/v1/assessments/{one}/submit", json=await chosen.scores(4))
            assert done.status_code == 200, done.text
        read = (await chosen.hr.get(f"{CANDIDACIES}/{candidacy}")).json()
        assert (read["state"], read["statement"], read["score"], read["standing"]) == ("assessed", None, 4, 1)
        assert "offer" in read["allowedActions"]
    finally:
        clock.now = before
