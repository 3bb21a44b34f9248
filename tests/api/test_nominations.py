"""Nominations over REST: between manager and nominee until accepted; several make one candidacy that names all."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from service.domain.actor import Role
from service.domain.nominations.answering import lapse_unanswered
from service.domain.placements.commands import ProposePlacement, SignPlacement, propose, sign
from service.domain.placements.model import PlacementKind
from service.domain.positions.model import Level
from tests.clock import MovableClock
from tests.events import told
from tests.everywhere import everywhere
from tests.municipality import Municipality
from tests.selection import Selection, selection

NOMINATIONS, CANDIDACIES = "/v1/nominations", "/v1/candidacies"
RATIONALE = "Får andre til at lykkes."


def wish(chosen: Selection, name: str = "Mette", rationale: str = RATIONALE, **other: object) -> dict[str, object]:
    return {
        "cohortId": str(chosen.cohort),
        "personId": str(chosen.town.people[name]),
        "rationale": rationale,
        **other,
    }


async def nominated(chosen: Selection, by: str = "Mads", name: str = "Mette", **other: Any) -> str:
    made = await chosen.town.client(by).post(NOMINATIONS, json=wish(chosen, name, **other))
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def test_F2_the_nearest_manager_nominates_and_the_nominee_answers_before_anything_else_happens(
    town: Municipality,
) -> None:
    chosen = await selection(town)
    url = await nominated(chosen)
    for reader in (chosen.hr, chosen.top, town.client("Dorthe"), town.client("Ole")):
        assert (await reader.get(url)).status_code == 404
        assert (await reader.get(CANDIDACIES)).json()["items"] == []
    mette = town.client("Mette")
    seen = (await mette.get(url)).json()
    assert (seen["state"], seen["rationale"], seen["allowedActions"]) == ("pending", RATIONALE, ["accept", "refuse"])
    accepted = (await mette.post(f"{url}/accept", json={})).json()
    assert (accepted["state"], accepted["allowedActions"]) == ("accepted", [])
    candidacy = (
        await chosen.hr.get(f"{CANDIDACIES}/{accepted['candidacyId']}", params={"expand": "nominations.nominator"})
    ).json()
    assert (candidacy["state"], candidacy["ways"]) == ("submitted", ["nomination"])
    assert [(one["nominator"]["givenName"], one["rationale"]) for one in candidacy["nominations"]] == [
        ("Mads", RATIONALE)
    ]


async def test_F2_the_nominee_is_told_by_an_event_that_says_nothing_of_why(town: Municipality) -> None:
    chosen = await selection(town)
    url = await nominated(chosen)
    (event,) = await told(town, "nomination.made")
    assert (event["resource_id"], event["data"]["personId"]) == (url.rsplit("/", 1)[1], str(town.people["Mette"]))
    assert RATIONALE not in str(event)


async def test_F2_a_refused_nominations_rationale_is_nowhere_any_more(town: Municipality) -> None:
    chosen = await selection(town)
    url = await nominated(chosen)
    assert await everywhere(town, RATIONALE) == ["nomination"]
    mette = town.client("Mette")
    refused = await mette.post(f"{url}/refuse", json={})
    assert (refused.json()["state"], refused.json()["rationale"]) == ("refused", None)
    assert await everywhere(town, RATIONALE) == []
    assert (await town.client("Mads").get(url)).json()["state"] == "refused"
    assert (await chosen.hr.get(url)).status_code == 404
    again = await town.client("Mads").post(NOMINATIONS, json=wish(chosen))
    assert (again.status_code, again.json()["code"]) == (409, "already_nominated")
    sent = await mette.post(CANDIDACIES, json={"cohortId": str(chosen.cohort), "motivation": "På min egen måde."})
    assert (sent.json()["state"], sent.json()["ways"]) == ("submitted", ["application"])


async def test_F4_a_nomination_is_added_to_the_candidacy_that_is_there(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.applied("Mette")
    url = await nominated(chosen)
    assert (await chosen.hr.get(f"{CANDIDACIES}/{candidacy}", params={"expand": "nominations"})).json()[
        "nominations"
    ] == []
    accepted = await town.client("Mette").post(f"{url}/accept", json={})
    assert accepted.json()["candidacyId"] == str(candidacy)
    read = (await chosen.hr.get(f"{CANDIDACIES}/{candidacy}")).json()
    assert (read["ways"], read["motivation"]) == (["application", "nomination"], "Jeg vil lede.")


async def acting(town: Municipality, clock: MovableClock, unit: UUID, name: str) -> None:
    """Somebody acts as the unit's manager from today on."""
    today = clock.now.date()
    async with town.rooms.database.transaction(town.organisation) as connection:
        position = await connection.fetchval("SELECT id FROM position WHERE unit_id = $1", unit)
    terms = ProposePlacement(
        kind=PlacementKind.ACTING_LEADER,
        person_id=town.people[name],
        host_unit_id=unit,
        position_id=position,
        start_on=today,
        end_on=today + timedelta(days=20),
    )
    placement = await town.run(propose, terms)
    for who in (name, "Tove", "Mads"):
        await town.run(sign, placement, SignPlacement(), None, actor=town.actor(who))


async def test_F2_several_nominations_of_one_person_become_one_candidacy_that_names_all_who_nominated(
    town: Municipality, clock: MovableClock
) -> None:
    """The nearest manager changes while the call is open: somebody acts in the post for a while."""
    chosen = await selection(town)
    first = await nominated(chosen)
    await acting(town, clock, chosen.team, "Per")
    second = await nominated(chosen, by="Per", rationale="Det ser jeg også.")
    mette = town.client("Mette")
    answers = [(await mette.post(f"{one}/accept", json={})).json() for one in (first, second)]
    assert len({one["candidacyId"] for one in answers}) == 1
    query = {"expand": "nominations.nominator"}
    (candidacy,) = (await chosen.hr.get(CANDIDACIES, params=query)).json()["items"]
    assert candidacy["ways"] == ["nomination"]
    named = {one["nominator"]["givenName"]: one["rationale"] for one in candidacy["nominations"]}
    assert named == {"Mads": RATIONALE, "Per": "Det ser jeg også."}
    for partial in ("Mads", "Per"):
        body = {"assessorIds": [str(town.people[partial]), str(town.people["Anna"])]}
        refused = await chosen.hr.post(f"{CANDIDACIES}/{candidacy['id']}/assign-assessors", json=body)
        assert (refused.status_code, refused.json()["code"]) == (409, "partial_assessor")


async def test_only_the_nearest_manager_nominates(town: Municipality) -> None:
    chosen = await selection(town)
    assert (await town.client("Dorthe").post(NOMINATIONS, json=wish(chosen))).status_code == 404
    assert (await chosen.hr.post(NOMINATIONS, json=wish(chosen))).status_code == 403
    assert (await town.client("Mads").post(NOMINATIONS, json=wish(chosen, "Mads"))).status_code == 403
    dorthe = await nominated(chosen, by="Dorthe", name="Mads")
    assert (await town.client("Mads").get(dorthe)).json()["state"] == "pending"


async def test_F2_nobody_but_the_nominee_answers(town: Municipality) -> None:
    chosen = await selection(town)
    url = await nominated(chosen)
    for verb in ("accept", "refuse"):
        assert (await town.client("Mads").post(f"{url}/{verb}", json={})).status_code == 403
        for other in (chosen.hr, town.client("Ole")):
            assert (await other.post(f"{url}/{verb}", json={})).status_code == 404


async def test_after_the_decision_no_nomination_is_made_or_accepted(town: Municipality) -> None:
    chosen = await selection(town)
    url = await nominated(chosen)
    await chosen.assessed("Mette", "Mads")
    mette = town.client("Mette")
    assert (await mette.get(url)).json()["allowedActions"] == ["refuse"]
    late = await mette.post(f"{url}/accept", json={})
    assert (late.status_code, late.json()["code"]) == (409, "nomination_too_late")
    await chosen.assessed("Ole", "Mads")
    refused = await town.client("Mads").post(NOMINATIONS, json=wish(chosen, "Ole"))
    assert (refused.status_code, refused.json()["code"]) == (409, "nomination_too_late")


async def test_what_arrives_after_the_deadline_is_refused_with_the_deadline_in_local_time(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await selection(town)
    url = await nominated(chosen)
    drafted = await town.client("Ole").post(CANDIDACIES, json={"cohortId": str(chosen.cohort), "submit": False})
    before = clock.now
    clock.forward(days=31)
    try:
        until = (before + timedelta(days=30)).astimezone(ZoneInfo("Europe/Copenhagen"))
        mette, ole, mads = (town.client(name) for name in ("Mette", "Ole", "Mads"))
        assert (await mette.get(url)).json()["allowedActions"] == ["refuse"]
        for answer in (
            await mette.post(f"{url}/accept", json={}),
            await ole.post(f"{drafted.headers['location']}/submit", json={"motivation": "For sent."}),
            await mads.post(NOMINATIONS, json=wish(chosen, "Ole")),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "call_closed")
            assert f"until {until:%Y-%m-%d %H:%M} (Europe/Copenhagen)" in answer.json()["detail"]
    finally:
        clock.now = before


async def test_a_nomination_without_an_answer_lapses_with_the_call_and_its_rationale_with_it(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await selection(town)
    url = await nominated(chosen)
    before = clock.now
    await town.rooms.transactions.run(town.hr, lapse_unanswered)
    assert (await town.client("Mette").get(url)).json()["state"] == "pending"
    clock.forward(days=31)
    try:
        await town.rooms.transactions.run(town.hr, lapse_unanswered)
        read = (await town.client("Mette").get(url)).json()
        assert (read["state"], read["rationale"], read["allowedActions"]) == ("lapsed", None, [])
        assert await everywhere(town, RATIONALE) == []
    finally:
        clock.now = before


async def test_an_application_and_nominations_at_the_same_moment_make_one_candidacy(
    town: Municipality, clock: MovableClock
) -> None:
    """Both nominations are accepted while the person applies, twice each, over and over again."""
    chosen = await selection(town)
    first = await nominated(chosen)
    await acting(town, clock, chosen.team, "Per")
    second = await nominated(chosen, by="Per", rationale="Det ser jeg også.")
    mette = town.client("Mette")
    body = {"cohortId": str(chosen.cohort), "motivation": "Jeg vil lede."}

    async def many() -> list[httpx.Response]:
        return await asyncio.gather(
            *(mette.post(CANDIDACIES, json=body) for _ in range(4)),
            *(mette.post(f"{one}/accept", json={}) for one in (first, second) for _ in range(3)),
        )

    answers = await many()
    assert {one.status_code for one in answers} <= {200, 201, 409}
    found = (await chosen.hr.get(CANDIDACIES, params={"expand": "nominations"})).json()["items"]
    (candidacy,) = found
    assert set(candidacy["ways"]) >= {"nomination"}
    assert len(candidacy["nominations"]) == 2
    assert sum(one.status_code == 200 for one in answers) == 2
    applied = [one for one in answers[:4] if one.status_code == 201]
    assert len(applied) == ("application" in candidacy["ways"])
    assert len((await mette.get("/v1/talents")).json()["items"]) == 1


async def test_A3_withdrawing_deletes_what_nobody_needs_any_more(town: Municipality) -> None:
    chosen = await selection(town)
    url = await nominated(chosen, name="Ole", rationale="Ole skal med.")
    accepted = await town.client("Ole").post(f"{url}/accept", json={"motivation": "Jeg vil det her."})
    candidacy = f"{CANDIDACIES}/{accepted.json()['candidacyId']}"
    said = {"supports": True, "reason": "Kan undværes."}
    assert (await town.client("Mads").post(f"{candidacy}/give-statement", json=said)).status_code == 200
    body = {"assessorIds": [str(town.people["Anna"]), str(town.people["Bo"])]}
    assert (await chosen.hr.post(f"{candidacy}/assign-assessors", json=body)).status_code == 200
    identity = UUID(accepted.json()["candidacyId"])
    for assessor in ("Anna", "Bo"):
        one = await chosen.assessment(identity, assessor)
        await town.client(assessor).post(f"/v1/assessments/{one}/submit", json=await chosen.scores())
    words = {"reason": "Plads på holdet.", "feedback": "Øv dig i at uddelegere."}
    assert (await chosen.hr.post(f"{candidacy}/offer", json=words)).status_code == 200
    texts = ("Ole skal med.", "Jeg vil det her.", "Kan undværes.", "Det viste samtalen.", *words.values())
    assert all([await everywhere(town, text) for text in texts])
    withdrawn = await town.client("Ole").post(f"{candidacy}/withdraw", json={})
    read = withdrawn.json()
    assert (read["state"], read["ways"], read["offeredAt"] is not None) == ("withdrawn", ["nomination"], True)
    assert [text for text in texts if await everywhere(town, text)] == []
    assert (await chosen.hr.get("/v1/assessments")).json()["items"] == []
    assert (await chosen.hr.get(candidacy)).json()["score"] is None


async def test_another_organisation_nominates_nobody_here(town: Municipality, other_town: Municipality) -> None:
    chosen = await selection(town)
    url = await nominated(chosen)
    hr = other_town.client(None, Role.HR)
    assert (await hr.get(url)).status_code == 404
    assert (await hr.get(NOMINATIONS)).json()["items"] == []
    unit = await other_town.unit("Nabokommunen")
    await other_town.leader("Nabo", unit, Level.N1)
    refused = await other_town.client("Nabo").post(NOMINATIONS, json=wish(chosen))
    assert refused.status_code == 404
