"""A cohort planned as its programme is: modules, sessions on working days, projects between modules."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest

from service.domain.actor import Role
from service.domain.programmes.progress import CancelProgramme
from service.domain.programmes.progress import cancel as cancel_programme
from tests.municipality import Municipality

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MODULES = (
    {"title": "Mig selv", "learningForms": ["workshop", "test_feedback"], "startsAfterDays": 0, "days": 2},
    {
        "title": "Led et møde",
        "learningForms": ["between_module_project"],
        "startsAfterDays": 7,
        "endsAfterDays": 400,
        "description": "Led et møde, du ellers deltager i.",
    },
    {"title": "Følordning", "learningForms": ["shadowing"], "startsAfterDays": 7, "endsAfterDays": 20},
    {"title": "Relationer", "learningForms": ["simulation"], "startsAfterDays": 30, "days": 1, "description": "Tillid"},
    {"title": "Efter forløbet", "learningForms": ["innovation_project"], "startsAfterDays": 60, "endsAfterDays": 90},
)


async def _cohort(town: Municipality, **other: Any) -> tuple[httpx.AsyncClient, str]:
    """HR, and the address of a cohort that starts on the Wednesday before Easter, of a programme with these modules."""
    hr = town.client(None, Role.HR)
    programme = {
        "name": "På vej",
        "level": "pre_leader",
        "mix": "cross_disciplinary",
        "purpose": "Ti nye ledere",
        "frameworkId": str(await town.framework()),
        "modules": list(MODULES),
        **other,
    }
    made = await hr.post("/v1/programmes", json=programme)
    assert made.status_code == 201, made.text
    cohort = {
        "programmeId": made.json()["id"],
        "name": "Hold 1",
        "capacity": 12,
        "applyBy": "2027-01-31T11:00:00Z",
        "startsOn": "2027-03-24",
    }
    planned = await hr.post("/v1/cohorts", json=cohort)
    assert "planSessions" in planned.json()["allowedActions"] or other
    return hr, planned.headers["location"]


async def test_each_day_together_becomes_a_session_on_a_working_day_in_the_organisations_time(
    town: Municipality,
) -> None:
    hr, url = await _cohort(town)
    done = await hr.post(f"{url}/plan-sessions", json={"fromTime": "08:30", "untilTime": "15:00", "place": "Rådhuset"})
    assert done.status_code == 200, done.text
    assert [(one["number"], one["name"], one["purpose"]) for one in done.json()["modules"]] == [
        (1, "Mig selv", None),
        (2, "Relationer", "Tillid"),
    ]
    sessions = (await hr.get("/v1/sessions", params={"cohortId": done.json()["id"]})).json()["items"]
    told = [
        (
            one["module"],
            one["title"],
            one["learningForm"],
            datetime.fromisoformat(one["startsAt"]).astimezone(COPENHAGEN),
        )
        for one in sessions
    ]
    # Easter is from Thursday 25 to Monday 29 March, and summer time begins in between.
    assert told == [
        (1, "Mig selv (1/2)", "workshop", datetime(2027, 3, 30, 8, 30, tzinfo=COPENHAGEN)),
        (1, "Mig selv (2/2)", "workshop", datetime(2027, 3, 31, 8, 30, tzinfo=COPENHAGEN)),
        (2, "Relationer", "simulation", datetime(2027, 4, 23, 8, 30, tzinfo=COPENHAGEN)),
    ]
    assert datetime.fromisoformat(sessions[0]["startsAt"]) == datetime(2027, 3, 30, 6, 30, tzinfo=UTC)
    assert {one["place"] for one in sessions} == {"Rådhuset"}


async def test_L3_what_everyone_does_between_two_modules_becomes_a_project_that_feeds_the_later_one(
    town: Municipality,
) -> None:
    hr, url = await _cohort(town)
    await hr.post(f"{url}/plan-sessions", json={})
    (project,) = (await hr.get("/v1/projects")).json()["items"]
    assert {name: project[name] for name in ("title", "assignment", "afterModule", "feedsModule", "dueOn")} == {
        "title": "Led et møde",
        "assignment": "Led et møde, du ellers deltager i.",
        "afterModule": 1,
        "feedsModule": 2,
        "dueOn": "2027-04-23",  # the day on which that begins, though it was planned to go on
    }


async def test_a_cohort_is_planned_once_from_the_plan_and_by_hand_from_then_on(town: Municipality) -> None:
    hr, url = await _cohort(town)
    assert (await hr.post(f"{url}/plan-sessions", json={})).status_code == 200
    again = await hr.post(f"{url}/plan-sessions", json={})
    assert (again.status_code, again.json()["code"]) == (409, "modules_planned")
    assert "planSessions" not in (await hr.get(url)).json()["allowedActions"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"fromTime": "09:00", "untilTime": "09:00"}, "until_before_from"),
        ({"fromTime": "25:00"}, "bad_time"),
        ({"untilTime": "soon!"}, "bad_time"),
        ({"fromTime": "9"}, "malformed"),
    ],
)
async def test_a_day_that_cannot_be_is_refused_and_nothing_is_planned(
    town: Municipality, body: dict[str, Any], code: str
) -> None:
    hr, url = await _cohort(town)
    refused = await hr.post(f"{url}/plan-sessions", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (await hr.get(url)).json()["modules"] == []
    assert (await hr.get("/v1/sessions")).json()["items"] == []


async def test_nothing_is_planned_from_nothing_or_for_nothing(town: Municipality) -> None:
    hr, url = await _cohort(town, modules=[])
    refused = await hr.post(f"{url}/plan-sessions", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_planned")
    hr, url = await _cohort(town)
    programme = UUID((await hr.get(url)).json()["programmeId"])
    await town.run(cancel_programme, programme, CancelProgramme(reason="Budgettet"), None)
    refused = await hr.post(f"{url}/plan-sessions", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "programme_over")
    gone = await hr.post("/v1/cohorts/01990000-0000-7000-8000-000000000000/plan-sessions", json={})
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")


async def test_who_is_planned_to_lead_a_module_teaches_its_sessions(town: Municipality) -> None:
    per = await town.person("Per", await town.unit("Skolen"))
    module = {**MODULES[0], "facilitatorIds": [str(per)]}
    hr, url = await _cohort(town, modules=[module])
    await hr.post(f"{url}/plan-sessions", json={})
    mine = (await town.client("Per").get("/v1/sessions")).json()["items"]
    assert [one["facilitatorId"] for one in mine] == [str(per)] * 2
    assert (await town.client("Per").get(url)).status_code == 200
