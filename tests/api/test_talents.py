"""Talents over REST: no secret list, and counts for those further up."""

from service.domain.actor import Role
from tests.municipality import Municipality
from tests.selection import selection

TALENTS = "/v1/talents"


async def test_an_application_makes_a_talent_who_knows_of_it(town: Municipality) -> None:
    chosen = await selection(town)
    await chosen.applied("Mette")
    (mine,) = (await town.client("Mette").get(TALENTS)).json()["items"]
    assert (mine["origins"], mine["endedOn"], mine["allowedActions"]) == (["application"], None, ["change", "end"])


async def test_an_accepted_nomination_makes_a_talent_and_a_pending_one_does_not(town: Municipality) -> None:
    chosen = await selection(town)
    body = {"cohortId": str(chosen.cohort), "personId": str(town.people["Mette"]), "rationale": "Prøv nu."}
    made = await town.client("Mads").post("/v1/nominations", json=body)
    assert (await chosen.hr.get(TALENTS)).json()["items"] == []
    await town.client("Mette").post(f"{made.headers['location']}/accept", json={})
    (seen,) = (await chosen.hr.get(TALENTS)).json()["items"]
    assert seen["origins"] == ["nomination"]


async def test_the_nearest_manager_sees_and_the_director_above_sees_a_count_that_shows_nobody(
    town: Municipality,
) -> None:
    chosen = await selection(town)
    await chosen.applied("Mette")
    (seen,) = (await town.client("Mads").get(TALENTS, params={"expand": "person"})).json()["items"]
    assert (seen["person"]["givenName"], seen["allowedActions"]) == ("Mette", [])
    dorthe = town.client("Dorthe")
    assert (await dorthe.get(TALENTS)).json()["items"] == []
    counted = f"/v1/units/{chosen.health}"
    assert (await dorthe.get(counted)).json()["talentCount"] is None
    assert (await chosen.hr.get(counted)).json()["talentCount"] == 1
    for i in range(6):
        await town.person(f"Nr{i}", chosen.team)
        await chosen.applied(f"Nr{i}")
    assert (await dorthe.get(counted)).json()["talentCount"] == 5
    assert (await chosen.hr.get(counted)).json()["talentCount"] == 7
    for other in (town.client("Tove"), town.client("Ole"), town.client(None, Role.WORKS_COUNCIL)):
        assert (await other.get(TALENTS)).json()["items"] == []
        assert (await other.get(f"/v1/units/{chosen.health}")).json()["talentCount"] is None
    assert (await chosen.top.get(f"/v1/units/{chosen.technics}")).json()["talentCount"] == 0


async def test_a_talent_says_what_they_want_and_how_far_they_would_go(town: Municipality) -> None:
    chosen = await selection(town)
    await chosen.applied("Mette")
    mette = town.client("Mette")
    (mine,) = (await mette.get(TALENTS)).json()["items"]
    wish = {"interests": ["projektledelse", "økonomi"], "mobility": "whole_organisation"}
    changed = await mette.patch(f"{TALENTS}/{mine['id']}", json=wish)
    assert (changed.json()["interests"], changed.json()["mobility"]) == (wish["interests"], "whole_organisation")
    cleared = await mette.patch(f"{TALENTS}/{mine['id']}", json={"mobility": None})
    assert (cleared.json()["interests"], cleared.json()["mobility"]) == (wish["interests"], None)
    refused = await town.client("Mads").patch(f"{TALENTS}/{mine['id']}", json=wish)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


async def test_who_ends_their_profile_is_counted_no_more_and_may_begin_anew(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.applied("Mette")
    mette = town.client("Mette")
    (mine,) = (await mette.get(TALENTS)).json()["items"]
    ended = await mette.post(f"{TALENTS}/{mine['id']}/end", json={})
    assert (ended.status_code, ended.json()["allowedActions"]) == (200, [])
    assert (await chosen.hr.get(f"/v1/units/{chosen.health}")).json()["talentCount"] == 0
    again = await mette.post(f"{TALENTS}/{mine['id']}/end", json={})
    assert (again.status_code, again.json()["code"]) == (409, "talent_ended")
    await mette.post(f"/v1/candidacies/{candidacy}/withdraw", json={})
    await mette.post(f"/v1/candidacies/{candidacy}/submit", json={"motivation": "Igen."})
    live = (await mette.get(TALENTS, params={"live": "true"})).json()["items"]
    assert len(live) == 1
    assert live[0]["id"] != mine["id"]


async def test_talents_are_found_by_the_part_of_the_organisation(town: Municipality) -> None:
    chosen = await selection(town)
    for name in ("Mette", "Ole", "Per"):
        await chosen.applied(name)
    found = await chosen.hr.get(TALENTS, params={"withinUnitId": str(chosen.health), "expand": "person"})
    assert {one["person"]["givenName"] for one in found.json()["items"]} == {"Mette", "Ole"}
    mette = await chosen.hr.get(f"/v1/persons/{town.people['Mette']}", params={"expand": "talent,candidacies"})
    assert mette.json()["talent"]["origins"] == ["application"]
    assert len(mette.json()["candidacies"]) == 1


async def test_a_protected_person_shows_to_hr_and_the_nearest_manager_alone(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    await chosen.hr.post(f"/v1/persons/{town.people['Mette']}/protect", json={"protected": True})
    for reader in (chosen.hr, town.client("Mads"), town.client("Mette")):
        assert len((await reader.get(TALENTS)).json()["items"]) == 1
    assert (await chosen.top.get(TALENTS)).json()["items"] == []
    assert (await chosen.top.get(f"/v1/candidacies/{candidacy}")).status_code == 404
    read = await town.client("Anna").get(f"/v1/candidacies/{candidacy}", params={"expand": "person"})
    assert (read.status_code, read.json()["person"]) == (200, None)
