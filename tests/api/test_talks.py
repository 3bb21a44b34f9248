"""Development talks over REST: recorded as held, with wish and flair as fixed points, and what they turn into (F3)."""

from typing import Any

import httpx
import pytest

from tests.clock import MovableClock
from tests.municipality import Municipality
from tests.selection import Selection, selection

TALKS = "/v1/reviews/record-talk"


async def talked(chosen: Selection, by: str = "Mads", name: str = "Mette", **said: object) -> httpx.Response:
    body = {"personId": str(chosen.town.people[name]), "heldOn": "2026-09-01", **said}
    return await chosen.town.client(by).post(TALKS, json=body)


async def test_F3_a_talk_is_recorded_as_held_and_the_person_reads_it_at_once(town: Municipality) -> None:
    chosen = await selection(town)
    made = await talked(chosen, wish=True, flair=True)
    assert made.status_code == 201, made.text
    read = (await town.client("Mette").get(made.headers["location"])).json()
    assert (read["kind"], read["state"], read["heldOn"]) == ("development_talk", "shared", "2026-09-01")
    assert (read["wish"], read["flair"], read["allowedActions"]) == (True, True, ["acknowledge"])
    assert [one["key"] for one in read["questions"]] == ["wish", "flair"]
    for reader in (town.client("Ole"), town.client("Dorthe")):
        assert (await reader.get(made.headers["location"])).status_code == 404


async def test_F3_who_wishes_to_lead_is_a_talent_from_then_on_and_who_does_not_is_none(town: Municipality) -> None:
    chosen = await selection(town)
    await talked(chosen, wish=True)
    await talked(chosen, name="Ole", wish=False, flair=True)
    (talent,) = (await town.client("Mette").get("/v1/talents")).json()["items"]
    assert talent["origins"] == ["development_talk"]
    assert (await town.client("Ole").get("/v1/talents")).json()["items"] == []


async def test_F3_a_talk_turns_into_an_application(town: Municipality) -> None:
    chosen = await selection(town)
    talk = (await talked(chosen, wish=True)).json()["id"]
    body = {"cohortId": str(chosen.cohort), "motivation": "Det talte vi om.", "talkId": talk}
    made = await town.client("Mette").post("/v1/candidacies", json=body)
    assert (made.json()["state"], made.json()["ways"]) == ("submitted", ["development_talk", "application"])


async def test_F3_a_talk_turns_into_a_nomination(town: Municipality) -> None:
    chosen = await selection(town)
    talk = (await talked(chosen, wish=True, flair=True)).json()["id"]
    people = town.people
    body = {"cohortId": str(chosen.cohort), "personId": str(people["Mette"]), "rationale": "Ja.", "talkId": talk}
    made = await town.client("Mads").post("/v1/nominations", json=body)
    assert (made.status_code, made.json()["fromTalk"]) == (201, True)
    accepted = await town.client("Mette").post(f"{made.headers['location']}/accept", json={})
    candidacy = (await chosen.hr.get(f"/v1/candidacies/{accepted.json()['candidacyId']}")).json()
    assert candidacy["ways"] == ["development_talk", "nomination"]
    (talent,) = (await town.client("Mette").get("/v1/talents")).json()["items"]
    assert talent["origins"] == ["development_talk", "nomination"]


async def test_F3_a_leaders_talk_about_their_people_turns_into_a_nomination_by_that_leader(town: Municipality) -> None:
    chosen = await selection(town)
    talk = (await talked(chosen, by="Dorthe", name="Mads", kind="leader_development_talk")).json()["id"]
    people = town.people
    body = {"cohortId": str(chosen.cohort), "personId": str(people["Mette"]), "rationale": "Ja.", "talkId": talk}
    made = await town.client("Mads").post("/v1/nominations", json=body)
    assert (made.status_code, made.json()["fromTalk"]) == (201, True)


async def test_a_talk_with_somebody_else_turns_into_nothing(town: Municipality) -> None:
    chosen = await selection(town)
    of_ole = (await talked(chosen, name="Ole", wish=True)).json()["id"]
    body = {"cohortId": str(chosen.cohort), "motivation": "Jeg vil.", "talkId": of_ole}
    assert (await town.client("Mette").post("/v1/candidacies", json=body)).status_code == 404
    nomination = {"cohortId": str(chosen.cohort), "personId": str(town.people["Mette"]), "rationale": "Ja."}
    refused = await town.client("Mads").post("/v1/nominations", json={**nomination, "talkId": of_ole})
    assert (refused.status_code, refused.json()["code"]) == (422, "talk_elsewhere")


async def test_a_planned_talk_is_not_one_that_was_held(town: Municipality, clock: MovableClock) -> None:
    chosen = await selection(town)
    plan = {
        "kind": "development_talk",
        "personId": str(town.people["Mette"]),
        "questions": [{"key": "wish", "text": "Vil du lede?"}],
        "respondents": [{"personId": str(town.people["Mette"]), "relation": "self"}],
        "dueOn": clock.now.date().isoformat(),
    }
    planned = (await town.client("Mads").post("/v1/reviews", json=plan)).json()["id"]
    body = {"cohortId": str(chosen.cohort), "motivation": "Jeg vil.", "talkId": planned}
    refused = await town.client("Mette").post("/v1/candidacies", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "talk_elsewhere")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"heldOn": "2026-09-08"}, "talk_to_come"),
        ({"kind": "check_in"}, "not_a_talk"),
        ({"kind": "leader_development_talk", "wish": True}, "not_asked_there"),
    ],
)
async def test_what_is_no_talk_is_not_recorded(town: Municipality, said: dict[str, Any], code: str) -> None:
    chosen = await selection(town)
    refused = await talked(chosen, **said)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_only_the_nearest_manager_and_hr_record_talks(town: Municipality) -> None:
    chosen = await selection(town)
    assert (await talked(chosen, by="Mette")).status_code == 403
    assert (await talked(chosen, by="Dorthe")).status_code == 404
    body = {"personId": str(town.people["Mette"]), "heldOn": "2026-09-01"}
    assert (await chosen.hr.post(TALKS, json=body)).status_code == 201


async def test_hr_looks_for_talks_with_a_wish_and_nobody_else_filters_by_it(town: Municipality) -> None:
    chosen = await selection(town)
    await talked(chosen, wish=True)
    await talked(chosen, name="Ole", wish=False)
    found = (await chosen.hr.get("/v1/reviews", params={"wish": "true", "held": "true"})).json()["items"]
    assert [one["personId"] for one in found] == [str(town.people["Mette"])]
    assert (await town.client("Mads").get("/v1/reviews", params={"wish": "true"})).status_code == 403
