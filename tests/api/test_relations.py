"""Declared relations over REST: who is too close does not assess, and is unassigned by saying so."""

from uuid import UUID

import httpx

from service.domain.actor import Role
from tests.events import told
from tests.municipality import Municipality
from tests.selection import Selection, selection

RELATIONS = "/v1/declared-relations"


async def declare(client: httpx.AsyncClient, other: UUID, **more: object) -> httpx.Response:
    return await client.post(RELATIONS, json={"otherPersonId": str(other), **more})


async def assign(chosen: Selection, candidacy: UUID, *names: str) -> tuple[int, str]:
    body = {"assessorIds": [str(chosen.town.people[name]) for name in names]}
    done = await chosen.hr.post(f"/v1/candidacies/{candidacy}/assign-assessors", json=body)
    return done.status_code, done.json().get("code", "")


async def test_who_is_related_is_not_assigned_whoever_declared_it(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.applied("Mette")
    assert (await declare(town.client("Mette"), town.people["Anna"])).status_code == 201
    about = await declare(chosen.hr, town.people["Bo"], personId=str(town.people["Mette"]))
    assert about.status_code == 201
    for partial in (("Anna", "Per"), ("Bo", "Per")):
        assert await assign(chosen, candidacy, *partial) == (409, "partial_assessor")
    assert await assign(chosen, candidacy, "Per", "Tove") == (200, "")
    ended = await chosen.hr.post(f"{about.headers['location']}/end", json={})
    assert (ended.status_code, ended.json()["endedOn"]) == (200, "2026-09-07")
    assert await assign(chosen, candidacy, "Bo", "Tove") == (200, "")


async def test_an_assessor_who_declares_a_relation_is_unassigned_by_it(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    hers = await chosen.assessment(candidacy, "Anna")
    made = await declare(town.client("Anna"), town.people["Mette"])
    assert made.status_code == 201, made.text
    assert (await chosen.hr.get(f"/v1/assessments/{hers}")).status_code == 404
    assert (await town.client("Anna").get(f"/v1/candidacies/{candidacy}")).status_code == 404
    assert await assign(chosen, candidacy, "Anna", "Bo") == (409, "partial_assessor")
    assert await assign(chosen, candidacy, "Bo", "Per") == (200, "")


async def test_what_a_related_assessor_has_submitted_goes_while_it_is_being_assessed_and_assessing_concludes(
    town: Municipality,
) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    assert await assign(chosen, candidacy, "Anna", "Bo", "Per") == (200, "")
    for assessor in ("Anna", "Bo"):
        one = await chosen.assessment(candidacy, assessor)
        await town.client(assessor).post(f"/v1/assessments/{one}/submit", json=await chosen.scores())
    assert await chosen.state(candidacy) == "submitted"
    assert (await declare(town.client("Per"), town.people["Mette"])).status_code == 201
    assert await chosen.state(candidacy) == "assessed"


async def test_one_declares_relations_of_ones_own_and_hr_those_of_others(town: Municipality) -> None:
    chosen = await selection(town)
    mette, anna = str(town.people["Mette"]), town.people["Anna"]
    assert (await declare(town.client("Ole"), anna, personId=mette)).status_code == 403
    assert (await declare(chosen.hr, anna)).status_code == 403
    oneself = await declare(town.client("Mette"), town.people["Mette"])
    assert (oneself.status_code, oneself.json()["code"]) == (422, "related_to_oneself")
    made = await declare(town.client("Mette"), anna)
    twice = await declare(town.client("Anna"), town.people["Mette"])
    assert (twice.status_code, twice.json()["code"]) == (409, "relation_declared")
    for reader in (chosen.hr, town.client("Mette"), town.client("Anna")):
        assert (await reader.get(made.headers["location"])).status_code == 200
    for other in (chosen.top, town.client("Ole"), town.client("Mads"), town.client(None, Role.ADMIN)):
        assert (await other.get(made.headers["location"])).status_code == 404
    assert (await town.client("Anna").post(f"{made.headers['location']}/end", json={})).status_code == 403
    assert (await town.client("Mette").post(f"{made.headers['location']}/end", json={})).status_code == 200
    assert (await chosen.hr.get(RELATIONS, params={"personId": str(anna), "live": "true"})).json()["items"] == []


async def test_the_events_do_not_say_who_is_related_to_whom(town: Municipality) -> None:
    await selection(town)
    await declare(town.client("Mette"), town.people["Anna"])
    (event,) = await told(town, "declared_relation.declared")
    assert (event["type"], event["data"]) == ("declared_relation.declared", {})


async def test_who_is_related_does_not_decide_either(town: Municipality) -> None:
    chosen = await selection(town)
    await town.person("Hanne", chosen.technics)
    candidacy = await chosen.assessed("Mette", "Mads")
    hanne = town.client("Hanne", Role.HR)
    url = f"/v1/candidacies/{candidacy}"
    assert (await hanne.get(url)).json()["allowedActions"] == ["offer", "waitlist", "decline"]
    await declare(hanne, town.people["Mette"])
    assert (await hanne.get(url)).json()["allowedActions"] == []
    refused = await hanne.post(f"{url}/offer", json={"reason": "Plads."})
    assert (refused.status_code, refused.json()["code"]) == (409, "related_to_candidate")
