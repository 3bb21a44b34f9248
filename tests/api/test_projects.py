"""Projects between modules over REST: they feed the next module, and its facilitator reads what came of them."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.clock import MovableClock
from tests.cohort_life import CohortLife, cohort_life
from tests.municipality import Municipality

HANDED_IN = {"work": "Jeg ledede tre tavlemøder.", "reflection": "Jeg tog for hurtigt ordet."}


def wanted(life: CohortLife, **other: Any) -> dict[str, Any]:
    """A project after module 1, due in five days, on the wire."""
    return {
        "cohortId": str(life.cohort),
        "afterModule": 1,
        "title": "Led et møde",
        "assignment": "Led et møde, du ellers deltager i.",
        "dueOn": life.at(5).date().isoformat(),
        **other,
    }


async def test_L3_a_project_feeds_the_next_module_where_nobody_says_otherwise(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    made = await life.hr.post("/v1/projects", json=wanted(life))
    assert made.status_code == 201, made.text
    assert (made.json()["afterModule"], made.json()["feedsModule"]) == (1, 2)
    later = await life.hr.post("/v1/projects", json=wanted(life, feedsModule=3))
    assert later.json()["feedsModule"] == 3
    refused = await life.hr.post("/v1/projects", json=wanted(life, afterModule=3))
    assert (refused.status_code, refused.json()["code"]) == (409, "no_next_module")
    refused = await life.hr.post("/v1/projects", json=wanted(life, afterModule=2, feedsModule=1))
    assert (refused.status_code, refused.json()["code"]) == (422, "feeds_no_later_module")
    refused = await life.hr.post("/v1/projects", json=wanted(life, feedsModule=9))
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_module")


async def test_L3_a_project_is_done_when_the_module_that_it_feeds_begins(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    session = await life.session(2, 6)
    late = await life.hr.post("/v1/projects", json=wanted(life, dueOn=life.at(7).date().isoformat()))
    assert (late.status_code, late.json()["code"]) == (409, "due_after_module_begins")
    project = (await life.hr.post("/v1/projects", json=wanted(life))).json()["id"]
    refused = await life.hr.patch(f"/v1/projects/{project}", json={"dueOn": life.at(7).date().isoformat()})
    assert (refused.status_code, refused.json()["code"]) == (409, "due_after_module_begins")
    earlier = {"startsAt": life.at(4).isoformat(), "endsAt": life.at(4, 6).isoformat()}
    refused = await life.hr.patch(f"/v1/sessions/{session}", json=earlier)
    assert (refused.status_code, refused.json()["code"]) == (409, "project_due_later")
    body = {"cohortId": str(life.cohort), "module": 2, "title": "Før", "learningForm": "teaching", **earlier}
    refused = await life.hr.post("/v1/sessions", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "project_due_later")
    assert (await life.hr.post("/v1/sessions", json={**body, "module": 1})).status_code == 201
    await life.hr.post(f"/v1/projects/{project}/drop", json={})
    assert (await life.hr.patch(f"/v1/sessions/{session}", json=earlier)).status_code == 200


async def test_L3_who_teaches_the_module_that_it_feeds_reads_the_reflections_and_nobody_else_who_teaches(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    await life.session(2, 8)
    await life.session(3, 20, facilitator_id=town.people["Anna"])
    project = await life.project()
    mette = life.client("Mette")
    assert "handIn" in (await mette.get(f"/v1/projects/{project}")).json()["allowedActions"]
    made = await mette.post("/v1/hand-ins", json={"projectId": str(project), **HANDED_IN})
    assert made.status_code == 201, made.text
    url = made.headers["location"]
    assert "handIn" not in (await mette.get(f"/v1/projects/{project}")).json()["allowedActions"]
    read = {
        "Per": HANDED_IN,
        "Mette": HANDED_IN,
        # The manager learns what was done in their unit; what it did to her is hers.
        "Mads": {**HANDED_IN, "reflection": None},
    }
    for who, expected in read.items():
        seen = (await life.client(who).get(url)).json()
        assert {name: seen[name] for name in HANDED_IN} == expected, who
    seen = (await life.chosen.top.get(url)).json()
    assert (seen["work"], seen["reflection"], seen["late"]) == (None, None, False)
    for who in ("Anna", "Ole", "Dorthe"):
        assert (await life.client(who).get(url)).status_code == 404, who
    # It follows the project: when that feeds another module, another one reads it.
    await life.hr.patch(f"/v1/projects/{project}", json={"feedsModule": 3})
    assert (await life.client("Anna").get(url)).json()["reflection"] == HANDED_IN["reflection"]
    assert (await life.client("Per").get(url)).status_code == 404


async def test_what_is_handed_in_late_counts_and_shows(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    project = await life.project(days=1)
    assert await life.listed("participations", missingHandIn="true") == []
    clock.forward(days=2)
    (owing,) = await life.listed("participations", missingHandIn="true")
    assert owing["id"] == str(life.mette)
    made = await life.client("Mette").post("/v1/hand-ins", json={"projectId": str(project), **HANDED_IN})
    assert made.json()["late"] is True
    assert await life.listed("participations", missingHandIn="true") == []
    assert [one["id"] for one in await life.listed("hand-ins", late="true")] == [made.json()["id"]]
    assert (await life.read(f"projects/{project}"))["handedIn"] == 1
    assert (await life.read(f"participations/{life.mette}"))["projectsHandedIn"] == 1


async def test_the_last_day_lasts_until_midnight_where_the_organisation_is(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    project = await life.project(due_on=life.now.date())
    tomorrow = datetime.combine(life.now.date() + timedelta(days=1), time(), ZoneInfo("Europe/Copenhagen"))
    body = {"projectId": str(project), **HANDED_IN}
    for minutes, late in ((-1, False), (1, True)):
        clock.now = tomorrow.astimezone(UTC) + timedelta(minutes=minutes)
        name = "Mette" if minutes < 0 else "Ole"
        if name == "Ole":
            await life.taking_part(name, "Mads")
        made = await life.client(name).post("/v1/hand-ins", json=body)
        assert made.json()["late"] is late


async def test_a_project_is_handed_in_once_also_when_both_arrive_together(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    body = {"projectId": str(await life.project()), **HANDED_IN}
    answers = await asyncio.gather(*(life.client("Mette").post("/v1/hand-ins", json=body) for _ in range(6)))
    assert sorted(one.status_code for one in answers) == [201, *[409] * 5]
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"already_handed_in"}
    (found,) = await life.listed("hand-ins")
    changed = await life.client("Mette").patch(f"/v1/hand-ins/{found['id']}", json={"reflection": "Mere ro."})
    assert (changed.json()["reflection"], changed.json()["work"]) == ("Mere ro.", HANDED_IN["work"])
    assert changed.json()["handedInAt"] == found["handedInAt"]


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("Mads", 403, "not_allowed"),
        ("Per", 403, "not_allowed"),
        ("Ole", 404, "not_found"),
        ("Hanne", 403, "not_allowed"),
    ],
)
async def test_participants_hand_in_and_nobody_for_them(
    town: Municipality, clock: MovableClock, who: str, status: int, code: str
) -> None:
    life = await cohort_life(town, clock)
    await life.session(2, 8)
    client = life.hanne if who == "Hanne" else life.client(who)
    refused = await client.post("/v1/hand-ins", json={"projectId": str(await life.project()), **HANDED_IN})
    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_who_has_paused_or_left_hands_nothing_in(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    project, mette = await life.project(), life.client("Mette")
    made = await mette.post("/v1/hand-ins", json={"projectId": str(project), **HANDED_IN})
    other = await life.project(after=2)
    await life.hr.post(f"/v1/participations/{life.mette}/defer", json={})
    refused = await mette.post("/v1/hand-ins", json={"projectId": str(other), **HANDED_IN})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    refused = await mette.patch(made.headers["location"], json={"work": "Andet"})
    assert (refused.status_code, refused.json()["code"]) == (409, "participation_over")
    assert (await mette.get(made.headers["location"])).json()["allowedActions"] == []


async def test_projects_and_what_is_handed_in_are_found_by_what_hr_looks_for(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    first, second = await life.project(days=3), await life.project(after=2, days=9)
    made = await life.client("Mette").post("/v1/hand-ins", json={"projectId": str(first), **HANDED_IN})
    handed_in, cohort, mette = made.json()["id"], str(life.cohort), str(town.people["Mette"])
    found: dict[str, list[tuple[dict[str, Any], list[Any]]]] = {
        "projects": [
            ({"cohortId": cohort}, [first, second]),
            ({"cohortId": str(UUID(int=1))}, []),
            ({"afterModule": 1}, [first]),
            ({"feedsModule": 3}, [second]),
            ({"dueFrom": life.at(5).date().isoformat()}, [second]),
            ({"dueBefore": life.at(5).date().isoformat()}, [first]),
            ({"state": "dropped"}, []),
        ],
        "hand-ins": [
            ({"projectId": str(first)}, [handed_in]),
            ({"projectId": str(second)}, []),
            ({"cohortId": cohort}, [handed_in]),
            ({"cohortId": str(UUID(int=1))}, []),
            ({"personId": mette, "participationId": str(life.mette)}, [handed_in]),
            ({"late": "true"}, []),
        ],
    }
    for path, cases in found.items():
        for filters, expected in cases:
            listed = await life.listed(path, **filters)
            assert [one["id"] for one in listed] == [str(one) for one in expected], filters
