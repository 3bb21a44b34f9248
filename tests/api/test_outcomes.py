"""What comes of a participation, over REST: every outcome has next steps, and nobody is dropped."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.domain.participations.model import Outcome
from service.domain.persons.commands import LeavePerson, leave
from tests.clock import MovableClock
from tests.cohort_life import CohortLife, cohort_life
from tests.municipality import Municipality


async def ended(town: Municipality, clock: MovableClock, verb: str = "complete") -> CohortLife:
    """Mette's participation has ended."""
    life = await cohort_life(town, clock)
    assert (await life.hr.post(f"/v1/participations/{life.mette}/{verb}", json={})).status_code == 200
    return life


async def record(life: CohortLife, outcome: str, **body: Any) -> Any:
    return await life.hr.post(f"/v1/participations/{life.mette}/record-outcome", json={"outcome": outcome, **body})


def day(life: CohortLife, days: int) -> str:
    return (life.now.date() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("verb", ["complete", "not-complete", "withdraw"])
async def test_A3_whichever_way_somebody_comes_out_every_outcome_has_next_steps_with_an_owner_and_a_day(
    town: Municipality, clock: MovableClock, verb: str, outcome: Outcome
) -> None:
    life = await ended(town, clock, verb)
    assert (await record(life, outcome)).json()["outcome"] == outcome
    steps = await life.listed("next-steps", participationId=str(life.mette))
    assert steps
    for step in steps:
        assert (step["ownerId"], step["dueOn"], step["state"]) == (str(town.people["Mads"]), day(life, 30), "open")


async def test_A4_who_chooses_otherwise_gets_a_talk_about_another_career(
    town: Municipality, clock: MovableClock
) -> None:
    life = await ended(town, clock, "withdraw")
    for outcome in ("specialist_path", "project_leader_path"):
        await record(life, outcome)
        kinds = {one["kind"] for one in await life.listed("next-steps", state="open")}
        assert "career_talk" in kinds, outcome


async def test_A2_who_is_kept_warm_has_a_day_on_which_somebody_speaks_with_them_next(
    town: Municipality, clock: MovableClock
) -> None:
    life = await ended(town, clock)
    talk = {"kind": "career_talk", "ownerId": str(town.people["Hanne"]), "dueOn": day(life, 10)}
    refused = await record(life, "keep_warm", steps=[talk])
    assert (refused.status_code, refused.json()["code"]) == (409, "next_contact_missing")
    assert (await life.read(f"participations/{life.mette}"))["outcome"] is None
    contact = {**talk, "kind": "contact", "dueOn": day(life, 20)}
    await record(life, "keep_warm", steps=[talk, contact], until=day(life, 200))
    hanne = await life.listed("next-steps", life.hanne, ownerId=str(town.people["Hanne"]), state="open")
    assert [(one["kind"], one["dueOn"], one["until"]) for one in hanne] == [
        ("career_talk", day(life, 10), None),
        ("contact", day(life, 20), day(life, 200)),
    ]


async def test_A2_one_contact_follows_on_another_until_the_waiting_is_over(
    town: Municipality, clock: MovableClock
) -> None:
    life = await ended(town, clock)
    await record(life, "keep_warm", until=day(life, 100))
    mads = life.client("Mads")

    async def open_contact() -> dict[str, Any]:
        (found,) = await life.listed("next-steps", mads, kind="contact", state="open")
        return found

    url = f"/v1/next-steps/{(await open_contact())['id']}"
    refused = await mads.post(f"{url}/complete", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "next_contact_missing")
    refused = await mads.post(f"{url}/complete", json={"nextOn": day(life, 0)})
    assert (refused.status_code, refused.json()["code"]) == (422, "next_contact_past")
    dropped = await life.hr.post(f"{url}/drop", json={})
    assert (dropped.status_code, dropped.json()["code"]) == (409, "kept_warm")
    done = await mads.post(f"{url}/complete", json={"nextOn": day(life, 60)})
    assert (done.status_code, done.json()["doneOn"]) == (200, day(life, 0))
    following = await open_contact()
    assert (following["dueOn"], following["until"]) == (day(life, 60), day(life, 100))
    clock.forward(days=101)
    done = await mads.post(f"/v1/next-steps/{following['id']}/complete", json={})
    assert done.status_code == 200
    assert await life.listed("next-steps", kind="contact", state="open") == []


async def test_A2_a_missed_contact_shows(town: Municipality, clock: MovableClock) -> None:
    life = await ended(town, clock)
    await record(life, "keep_warm")
    assert await life.listed("next-steps", overdue="true") == []
    clock.forward(days=31)
    missed = await life.listed("next-steps", overdue="true", kind="contact")
    assert [(one["personId"], one["overdue"]) for one in missed] == [(str(town.people["Mette"]), True)]


async def test_A2_a_leader_job_later_takes_the_place_of_the_waiting(town: Municipality, clock: MovableClock) -> None:
    life = await ended(town, clock)
    await record(life, "keep_warm")
    waiting = {one["id"] for one in await life.listed("next-steps", state="open")}
    await record(life, "leader_appointed")
    assert {one["id"] for one in await life.listed("next-steps", state="dropped")} == waiting
    kinds = {one["kind"] for one in await life.listed("next-steps", state="open")}
    assert kinds == {"start_in_role", "network"}


async def test_the_last_step_completed_twice_at_once_is_done_once(town: Municipality, clock: MovableClock) -> None:
    life = await ended(town, clock)
    await record(life, "keep_warm")
    (contact,) = await life.listed("next-steps", kind="contact")
    body, url = {"nextOn": day(life, 40)}, f"/v1/next-steps/{contact['id']}/complete"
    answers = await asyncio.gather(*(life.client("Mads").post(url, json=body) for _ in range(5)))
    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409, 409]
    assert len(await life.listed("next-steps", kind="contact", state="open")) == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"outcome": "specialist_path", "until": "2030-01-01"}, 422, "not_kept_warm"),
        ({"outcome": "specialist_path", "steps": []}, 422, "malformed"),
        (
            {
                "outcome": "specialist_path",
                "steps": [{"kind": "network", "ownerId": str(UUID(int=1)), "dueOn": "2030-01-01"}],
            },
            422,
            "unknown_reference",
        ),
    ],
)
async def test_an_outcome_with_steps_that_cannot_be_is_refused_whole(
    town: Municipality, clock: MovableClock, body: dict[str, Any], status: int, code: str
) -> None:
    life = await ended(town, clock)
    refused = await life.hr.post(f"/v1/participations/{life.mette}/record-outcome", json=body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await life.read(f"participations/{life.mette}"))["outcome"] is None


async def test_where_nobody_leads_them_who_records_the_outcome_sees_to_it_or_names_somebody(
    town: Municipality, clock: MovableClock
) -> None:
    life = await ended(town, clock)
    await town.run(leave, town.people["Mette"], LeavePerson(on=date(2026, 1, 1)), None)
    refused = await record(life, "left")
    assert (refused.status_code, refused.json()["code"]) == (409, "owner_missing")
    done = await life.hanne.post(f"/v1/participations/{life.mette}/record-outcome", json={"outcome": "left"})
    assert done.status_code == 200
    (step,) = await life.listed("next-steps")
    assert (step["kind"], step["ownerId"]) == ("farewell_talk", str(town.people["Hanne"]))


async def test_an_owner_from_elsewhere_sees_whom_they_follow_as_long_as_there_is_something_to_do(
    town: Municipality, clock: MovableClock
) -> None:
    life = await ended(town, clock)
    step = {"kind": "mentoring", "ownerId": str(town.people["Tove"]), "dueOn": day(life, 30)}
    await record(life, "specialist_path", steps=[step])
    tove, mette = life.client("Tove"), f"/v1/persons/{town.people['Mette']}"
    (owned,) = await life.listed("next-steps", tove)
    assert (await tove.get(mette)).json()["name"] == "Mette"
    assert owned["allowedActions"] == ["change", "complete"]
    assert (await tove.get(f"/v1/participations/{life.mette}")).status_code == 404
    moved = await tove.patch(f"/v1/next-steps/{owned['id']}", json={"dueOn": day(life, 60)})
    assert moved.json()["dueOn"] == day(life, 60)
    await tove.post(f"/v1/next-steps/{owned['id']}/complete", json={})
    assert (await tove.get(mette)).status_code == 404
    for name in ("Ole", "Dorthe"):
        assert await life.listed("next-steps", life.client(name)) == [], name
    (mine,) = await life.listed("next-steps", life.client("Mette"))
    assert mine["allowedActions"] == []


async def test_the_manager_adds_a_step_of_their_own(town: Municipality, clock: MovableClock) -> None:
    life = await ended(town, clock)
    added = {
        "participationId": str(life.mette),
        "kind": "stretch_assignment",
        "ownerId": str(town.people["Mads"]),
        "dueOn": day(life, 30),
        "description": "Leder sommerens vagtplan.",
    }
    made = await life.client("Mads").post("/v1/next-steps", json=added)
    assert made.status_code == 201, made.text
    for name in ("Mette", "Per"):
        refused = await life.client(name).post("/v1/next-steps", json=added)
        assert refused.status_code in {403, 404}
    assert "vagtplan" not in str(await life.listed("events"))


async def test_next_steps_are_found_by_what_hr_looks_for(town: Municipality, clock: MovableClock) -> None:
    life = await ended(town, clock)
    await record(life, "specialist_path")
    cases: list[tuple[dict[str, Any], int]] = [
        ({"personId": str(town.people["Mette"]), "participationId": str(life.mette)}, 1),
        ({"ownerId": str(town.people["Mads"])}, 1),
        ({"ownerId": str(town.people["Hanne"])}, 0),
        ({"cohortId": str(life.cohort)}, 1),
        ({"cohortId": str(UUID(int=1))}, 0),
        ({"outcome": ["specialist_path", "left"]}, 1),
        ({"outcome": "keep_warm"}, 0),
        ({"kind": "career_talk", "state": "open"}, 1),
        ({"dueFrom": day(life, 30), "dueBefore": day(life, 31)}, 1),
        ({"dueFrom": day(life, 31)}, 0),
    ]
    for filters, number in cases:
        assert len(await life.listed("next-steps", **filters)) == number, filters
