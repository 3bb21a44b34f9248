"""A programme's evaluation over REST: asked of three audiences, told in aggregate, and what closes the programme."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.domain.actor import Role
from service.domain.programmes.progress import (
    CompleteProgramme,
    StartProgramme,
    StartSelecting,
    complete,
    start,
    start_selecting,
)
from tests.clock import MovableClock
from tests.cohort_life import CohortLife, cohort_life
from tests.municipality import Municipality

RATED = {"answers": [{"key": "worth", "rating": 4}, {"key": "change", "text": "Flere dage."}]}


async def run_through(town: Municipality, clock: MovableClock, others: int = 0) -> tuple[CohortLife, UUID]:
    """A completed programme in which Mette and so many others took part and Per taught; and the programme."""
    life = await cohort_life(town, clock, capacity=20)
    for i in range(others):
        await town.person(f"Deltager{i}", life.chosen.team)
        await life.taking_part(f"Deltager{i}", "Mads")
    await life.session(1, -1)
    await life.session(2, -1, facilitator_id=None, external_facilitator="En konsulent")
    programme = UUID((await life.read(f"cohorts/{life.cohort}"))["programmeId"])
    for case, command in ((start_selecting, StartSelecting()), (start, StartProgramme())):
        await town.run(case, programme, command, None)
    await town.run(complete, programme, CompleteProgramme(), None)
    return life, programme


async def own(life: CohortLife, name: str) -> str:
    (found,) = await life.listed("evaluation-responses", life.client(name))
    return f"/v1/evaluation-responses/{found['id']}"


async def answer(life: CohortLife, name: str, body: Any = RATED) -> httpx.Response:
    return await life.client(name).post(f"{await own(life, name)}/answer", json=body)


async def evaluation(life: CohortLife) -> Any:
    (found,) = await life.listed("evaluations")
    return found


async def test_completing_a_programme_asks_participants_managers_and_facilitators(
    town: Municipality, clock: MovableClock
) -> None:
    life, programme = await run_through(town, clock, others=1)
    it = await evaluation(life)
    assert (it["programmeId"], it["state"], it["asked"], it["answered"]) == (str(programme), "open", 4, 0)
    asked = {}
    for name in ("Mette", "Deltager0", "Mads", "Per"):
        (response,) = await life.listed("evaluation-responses", life.client(name), expand="evaluation")
        asked[name] = response["audience"]
        assert response["evaluation"]["id"] == it["id"]
    assert asked == {"Mette": "participant", "Deltager0": "participant", "Mads": "manager", "Per": "facilitator"}
    for name in ("Ole", "Dorthe", "Hanne"):
        assert await life.listed("evaluation-responses", life.client(name)) == [], name


async def test_nobody_but_the_respondent_reads_an_answer_not_even_hr(town: Municipality, clock: MovableClock) -> None:
    life, _ = await run_through(town, clock)
    url = await own(life, "Mette")
    assert (await answer(life, "Mette")).status_code == 200
    assert (await life.client("Mette").get(url)).json()["answers"] == [
        {"key": "worth", "rating": 4, "text": None},
        {"key": "change", "rating": None, "text": "Flere dage."},
    ]
    for client in (life.hr, life.hanne, life.chosen.top, life.client("Mads"), town.client(None, Role.WORKS_COUNCIL)):
        assert (await client.get(url)).status_code == 404
        assert (await client.post(f"{url}/answer", json=RATED)).status_code == 404
    assert "Flere dage" not in str(await life.listed("events"))
    it = await evaluation(life)
    assert (it["answered"], it["results"]) == (1, None)


async def test_results_show_the_groups_that_reach_the_threshold_and_no_others(
    town: Municipality, clock: MovableClock
) -> None:
    life, programme = await run_through(town, clock, others=4)
    for i, name in enumerate(("Mette", *(f"Deltager{n}" for n in range(4)))):
        rating, words = {"key": "worth", "rating": i + 1}, {"key": "change", "text": f"Forslag {i}"}
        answers = [rating, words] if i < 4 else [rating]  # one fewer than the threshold has words
        assert (await answer(life, name, {"answers": answers})).status_code == 200
    assert (await answer(life, "Mads", {"answers": [{"key": "use", "rating": 5}]})).status_code == 200
    done = await life.hr.post(f"/v1/programmes/{programme}/evaluate", json={})
    assert (done.status_code, done.json()["state"]) == (200, "evaluated")
    it = await evaluation(life)
    assert (it["state"], it["closedOn"], it["answered"]) == ("closed", clock.now.date().isoformat(), 6)
    results = {(one["audience"], one["key"]): one for one in it["results"]}
    assert {key: results["participant", "worth"][key] for key in ("suppressed", "answers", "mean")} == {
        "suppressed": False,
        "answers": 5,
        "mean": 3,
    }
    hidden = [one for key, one in results.items() if key != ("participant", "worth")]
    for one in hidden:
        assert (one["suppressed"], one["answers"], one["mean"], one["texts"]) == (True, None, None, None)
    assert {one["audience"] for one in hidden} == {"participant", "manager", "facilitator"}


async def test_the_threshold_is_the_organisations(town: Municipality, clock: MovableClock) -> None:
    life, programme = await run_through(town, clock, others=2)
    await life.hr.patch("/v1/organisation", json={"anonymityThreshold": 3})
    for name in ("Mette", "Deltager0", "Deltager1"):
        await answer(life, name)
    await life.hr.post(f"/v1/programmes/{programme}/evaluate", json={})
    results = {(one["audience"], one["key"]): one for one in (await evaluation(life))["results"]}
    assert (results["participant", "change"]["answers"], results["participant", "change"]["texts"]) == (
        3,
        ["Flere dage."] * 3,
    )


async def test_what_anybody_said_alone_is_deleted_when_the_results_are_made(
    town: Municipality, clock: MovableClock
) -> None:
    life, programme = await run_through(town, clock)
    await answer(life, "Mette")
    await life.hr.post(f"/v1/programmes/{programme}/evaluate", json={})
    read = (await life.client("Mette").get(await own(life, "Mette"))).json()
    assert (read["answers"], read["submittedAt"] is not None) == ([], True)
    row: Any = await town.rooms.database.fetch_row(
        town.organisation, "SELECT string_agg(t::text, '') FROM evaluation_response t", []
    )
    assert "Flere dage" not in row[0]
    late = await answer(life, "Per", {"answers": [{"key": "level", "rating": 3}]})
    assert (late.status_code, late.json()["code"]) == (409, "evaluation_closed")


async def test_the_results_are_for_management_the_works_council_and_those_who_were_asked(
    town: Municipality, clock: MovableClock
) -> None:
    life, programme = await run_through(town, clock)
    await life.hr.post(f"/v1/programmes/{programme}/evaluate", json={})
    url = f"/v1/evaluations/{(await evaluation(life))['id']}"
    council = town.client(None, Role.WORKS_COUNCIL)
    for client in (life.hr, life.chosen.top, council, life.client("Mette"), life.client("Mads"), life.client("Per")):
        read = await client.get(url)
        assert (read.status_code, len(read.json()["results"])) == (200, 12)
    assert (await life.client("Ole").get(url)).status_code == 404
    shown = await life.read(f"programmes/{programme}", expand="evaluation")
    assert shown["evaluation"]["state"] == "closed"


async def test_one_answers_once_and_in_ones_own_part(town: Municipality, clock: MovableClock) -> None:
    life, _ = await run_through(town, clock)
    cases: list[tuple[list[Any], str]] = [
        ([{"key": "use", "rating": 3}], "unknown_question"),
        ([{"key": "worth", "text": "meget"}], "wrong_answer"),
        ([{"key": "worth", "rating": 6}], "malformed"),
        ([], "malformed"),
    ]
    for answers, code in cases:
        refused = await answer(life, "Mette", {"answers": answers})
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    done = await asyncio.gather(*(answer(life, "Mette") for _ in range(4)))
    assert sorted(one.status_code for one in done) == [200, 409, 409, 409]
    assert {one.json()["code"] for one in done if one.status_code == 409} == {"evaluation_answered"}


async def test_who_answers_while_it_is_closed_is_in_the_results_or_refused(
    town: Municipality, clock: MovableClock
) -> None:
    life, programme = await run_through(town, clock, others=5)
    await life.hr.patch("/v1/organisation", json={"anonymityThreshold": 3})
    names = ("Mette", *(f"Deltager{n}" for n in range(5)))
    for name in names[:3]:
        await answer(life, name)
    urls = {name: f"{await own(life, name)}/answer" for name in names[3:]}
    closing = life.hr.post(f"/v1/programmes/{programme}/evaluate", json={})
    done, *answers = await asyncio.gather(closing, *(life.client(name).post(urls[name], json=RATED) for name in urls))
    assert done.status_code == 200
    taken = sum(one.status_code == 200 for one in answers)
    assert {one.json()["code"] for one in answers if one.status_code != 200} <= {"evaluation_closed"}
    results = {(one["audience"], one["key"]): one for one in (await evaluation(life))["results"]}
    assert results["participant", "worth"]["answers"] == 3 + taken


async def test_hr_asks_something_else_as_long_as_nobody_has_answered(town: Municipality, clock: MovableClock) -> None:
    life, _ = await run_through(town, clock)
    url = f"/v1/evaluations/{(await evaluation(life))['id']}"
    questions = [{"key": "mood", "audience": "participant", "kind": "rating", "text": "Hvordan var stemningen?"}]
    changed = await life.hr.patch(url, json={"questions": questions, "dueOn": "2030-01-01"})
    assert (changed.json()["questions"], changed.json()["dueOn"]) == (questions, "2030-01-01")
    twice = await life.hr.patch(url, json={"questions": questions * 2})
    assert (twice.status_code, twice.json()["code"]) == (422, "question_twice")
    assert (await answer(life, "Mette", {"answers": [{"key": "mood", "rating": 5}]})).status_code == 200
    late = await life.hr.patch(url, json={"dueOn": "2031-01-01"})
    assert (late.status_code, late.json()["code"]) == (409, "evaluation_begun")
    assert (await life.client("Mette").patch(url, json={})).status_code == 403


@pytest.mark.parametrize("asked", [True, False])
async def test_no_programme_is_evaluated_before_anybody_was_asked(
    town: Municipality, clock: MovableClock, *, asked: bool
) -> None:
    life, programme = await run_through(town, clock)
    if asked:
        again = await life.hr.post("/v1/evaluations", json={"programmeId": str(programme)})
        assert (again.status_code, again.json()["code"]) == (409, "evaluation_exists")
        return
    # As a programme is that was completed before there were evaluations.
    async with town.rooms.database.transaction(town.organisation) as connection:
        await connection.execute("DELETE FROM evaluation_response")
        await connection.execute("DELETE FROM evaluation")
    url = f"/v1/programmes/{programme}"
    allowed = (await life.hr.get(url)).json()["allowedActions"]
    assert ("openEvaluation" in allowed, "evaluate" in allowed) == (True, False)
    refused = await life.hr.post(f"{url}/evaluate", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "evaluation_missing")
    opened = await life.hr.post("/v1/evaluations", json={"programmeId": str(programme)})
    assert opened.status_code == 201, opened.text
    assert (await life.hr.post(f"{url}/evaluate", json={})).status_code == 200


async def test_evaluations_are_found_by_what_hr_looks_for(town: Municipality, clock: MovableClock) -> None:
    life, programme = await run_through(town, clock)
    due = (await evaluation(life))["dueOn"]
    cases: list[tuple[dict[str, Any], int]] = [
        ({"programmeId": str(programme)}, 1),
        ({"programmeId": str(UUID(int=1))}, 0),
        ({"state": "open"}, 1),
        ({"state": "closed"}, 0),
        ({"dueFrom": due}, 1),
        ({"dueBefore": due}, 0),
    ]
    for filters, number in cases:
        assert len(await life.listed("evaluations", **filters)) == number, filters
    assert len(await life.listed("evaluation-responses", life.client("Mette"), submitted="false")) == 1
