"""Elements of an individual track over REST: talent, manager and HR each propose, and all three agree."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.domain.actor import Role
from service.domain.programmes.completion import CompletionRule
from tests.clock import MovableClock
from tests.cohort_life import CohortLife, cohort_life
from tests.municipality import Municipality

COURSE = {"title": "Diplommodul i økonomi", "learningForm": "formal_education"}
THREE = ("Mette", "Mads", "Hanne")


def of(life: CohortLife, name: str) -> httpx.AsyncClient:
    return life.hanne if name == "Hanne" else life.client(name)


async def proposed(life: CohortLife, name: str, **other: Any) -> str:
    made = await of(life, name).post("/v1/elements", json={"participationId": str(life.mette), **COURSE, **other})
    assert made.status_code == 201, made.text
    return made.headers["location"]


@pytest.mark.parametrize("first", THREE)
async def test_L6_each_of_the_three_proposes_and_only_what_all_have_agreed_on_counts(
    town: Municipality, clock: MovableClock, first: str
) -> None:
    life = await cohort_life(town, clock)
    url = await proposed(life, first)
    others = [name for name in THREE if name != first]
    for i, name in enumerate(others):
        read = (await of(life, name).get(url)).json()
        assert (read["state"], len(read["agreements"])) == ("proposed", i + 1)
        assert "agree" in read["allowedActions"]
        early = await life.hr.post(f"{url}/complete", json={})
        assert (early.status_code, early.json()["code"]) == (409, "wrong_state")
        agreed = await of(life, name).post(f"{url}/agree", json={})
        assert agreed.status_code == 200, agreed.text
    read = await life.read(url.removeprefix("/v1/"))
    assert read["state"] == "agreed"
    assert {one["party"] for one in read["agreements"]} == {"talent", "manager", "hr"}
    assert (await life.read(f"participations/{life.mette}"))["elementsDone"] == 0
    assert (await life.hr.post(f"{url}/complete", json={})).json()["state"] == "done"
    assert (await life.read(f"participations/{life.mette}"))["elementsDone"] == 1


async def test_L6_the_programmes_rule_asks_for_elements_that_all_three_agreed_on(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock, completion=CompletionRule(elements=1))
    url = await proposed(life, "Mette")
    complete = f"/v1/participations/{life.mette}/complete"
    refused = await life.hr.post(complete, json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "completion_gap")
    assert "0 elements done where 1 are asked for" in refused.json()["detail"]
    for name in ("Mads", "Hanne"):
        await of(life, name).post(f"{url}/agree", json={})
    await life.client("Mads").post(f"{url}/complete", json={})
    assert (await life.hr.post(complete, json={})).status_code == 200


async def test_L6_other_terms_are_agreed_on_anew(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    url = await proposed(life, "Mette")
    await life.client("Mads").post(f"{url}/agree", json={})
    changed = await life.hanne.patch(url, json={"title": "Et andet modul"})
    assert [one["party"] for one in changed.json()["agreements"]] == ["hr"]
    waiting = {"talent": 1, "manager": 1, "hr": 0}
    for party, number in waiting.items():
        assert len(await life.listed("elements", awaits=party)) == number, party


async def test_one_agrees_once_and_a_system_not_at_all(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    url = await proposed(life, "Mads")
    again = await life.client("Mads").post(f"{url}/agree", json={})
    assert (again.status_code, again.json()["code"]) == (409, "already_agreed")
    assert "agree" not in (await life.client("Mads").get(url)).json()["allowedActions"]
    system = await life.hr.post(f"{url}/agree", json={})
    assert (system.status_code, system.json()["code"]) == (403, "person_needed")


async def test_a_talent_in_hr_speaks_for_nobody_but_themselves(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    herself = town.client("Mette", Role.HR)
    made = await herself.post("/v1/elements", json={"participationId": str(life.mette), **COURSE})
    url = made.headers["location"]
    assert [one["party"] for one in made.json()["agreements"]] == ["talent"]
    await life.client("Mads").post(f"{url}/agree", json={})
    again = await herself.post(f"{url}/agree", json={})
    assert (again.status_code, again.json()["code"]) == (409, "already_agreed")
    await life.hanne.post(f"{url}/agree", json={})
    own = await herself.post(f"{url}/complete", json={})
    assert (own.status_code, own.json()["code"]) == (409, "own_element")
    assert "complete" not in (await herself.get(url)).json()["allowedActions"]


async def test_the_last_two_words_at_the_same_moment_agree_it(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    url = await proposed(life, "Mette")
    answers = await asyncio.gather(
        *(of(life, name).post(f"{url}/agree", json={}) for name in ("Mads", "Hanne") for _ in range(3))
    )
    assert sorted(one.status_code for one in answers) == [200, 200, 409, 409, 409, 409]
    read = await life.read(url.removeprefix("/v1/"))
    assert (read["state"], len(read["agreements"])) == ("agreed", 3)


async def test_a_track_is_between_the_three_and_ends_with_the_participation(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    url = await proposed(life, "Mette")
    await life.session(1, 3)
    for name in ("Ole", "Dorthe", "Per"):
        assert (await life.client(name).get(url)).status_code == 404, name
        refused = await life.client(name).post("/v1/elements", json={"participationId": str(life.mette), **COURSE})
        assert refused.status_code in {403, 404}, name
    assert (await life.client("Mette").post(f"/v1/participations/{life.mette}/withdraw", json={})).status_code == 200
    refused = await life.client("Mads").post(f"{url}/agree", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "participation_over")
    refused = await life.client("Mads").post("/v1/elements", json={"participationId": str(life.mette), **COURSE})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    assert (await life.client("Mette").post(f"{url}/drop", json={})).json()["state"] == "dropped"


async def test_elements_are_found_by_what_hr_looks_for(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    url = await proposed(life, "Mette", startsOn="2027-02-01", endsOn="2027-03-01")
    identity = url.rpartition("/")[2]
    found: list[tuple[dict[str, Any], bool]] = [
        ({"cohortId": str(life.cohort)}, True),
        ({"cohortId": str(UUID(int=1))}, False),
        ({"participationId": str(life.mette), "personId": str(town.people["Mette"])}, True),
        ({"state": ["proposed", "agreed"]}, True),
        ({"state": "done"}, False),
        ({"learningForm": "formal_education"}, True),
        ({"learningForm": "network"}, False),
        ({"awaits": "hr"}, True),
        ({"awaits": "talent"}, False),
        ({"startsFrom": "2027-02-01", "startsBefore": "2027-02-02"}, True),
        ({"startsFrom": "2027-02-02"}, False),
    ]
    for filters, there in found:
        listed = await life.listed("elements", **filters)
        assert [one["id"] for one in listed] == ([identity] if there else []), filters
