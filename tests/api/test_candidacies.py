"""Ways in over REST: applying, being nominated, the manager's statement, taking it back."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from service.domain.actor import Role
from service.domain.candidacies.deciding import Offer, offer
from tests.clock import MovableClock
from tests.municipality import Municipality
from tests.selection import selection

CANDIDACIES = "/v1/candidacies"


async def test_F1_every_employee_can_apply_and_reads_what_comes_of_it(town: Municipality) -> None:
    chosen = await selection(town)
    mette = town.client("Mette")
    made = await mette.post(CANDIDACIES, json={"cohortId": str(chosen.cohort), "motivation": "Jeg vil lede."})
    assert made.status_code == 201, made.text
    body = made.json()
    assert (body["state"], body["ways"], body["administrationId"]) == (
        "submitted",
        ["application"],
        str(chosen.health),
    )
    assert body["allowedActions"] == ["withdraw"]
    read = await mette.get(made.headers["location"], params={"expand": "cohort.programme"})
    assert read.json()["cohort"]["programme"]["criteria"]


async def test_a_draft_is_ones_own_until_it_is_submitted(town: Municipality) -> None:
    chosen = await selection(town)
    mette = town.client("Mette")
    made = await mette.post(CANDIDACIES, json={"cohortId": str(chosen.cohort), "submit": False})
    url = made.headers["location"]
    assert made.json()["allowedActions"] == ["change", "submit", "withdraw"]
    for other in (chosen.hr, chosen.top, town.client("Mads"), town.client("Ole")):
        assert (await other.get(url)).status_code == 404
    refused = await mette.post(f"{url}/submit", json={})
    assert (refused.status_code, refused.json()["code"]) == (422, "motivation_missing")
    await mette.patch(url, json={"motivation": "Jeg vil lede."})
    sent = await mette.post(f"{url}/submit", json={})
    assert sent.json()["state"] == "submitted"
    assert (await chosen.hr.get(url)).json()["motivation"] == "Jeg vil lede."
    assert (await mette.patch(url, json={"motivation": "Andet."})).status_code == 409


async def test_an_assessor_knows_who_the_candidate_is_until_there_is_an_answer(town: Municipality) -> None:
    chosen = await selection(town)
    anna, mette = town.client("Anna"), f"/v1/persons/{town.people['Mette']}"
    candidacy = await chosen.assessed("Mette", "Mads")
    assert (await anna.get(mette)).json()["name"] == "Mette"
    assert "assessor" in (await anna.get("/v1/me")).json()["roles"]
    await town.run(offer, candidacy, Offer(reason="Plads på holdet."), None)
    assert (await anna.get(mette)).status_code == 404
    assert "assessor" not in (await anna.get("/v1/me")).json()["roles"]
    own = (await anna.get("/v1/assessments?mine=true&expand=person")).json()["items"]
    assert [(one["candidacyId"], one["person"]) for one in own] == [(str(candidacy), None)]


async def test_who_sees_a_submitted_candidacy_and_what_of_it(town: Municipality) -> None:
    chosen = await selection(town)
    url = f"{CANDIDACIES}/{await chosen.assessed('Mette', 'Mads', anna=5, bo=4)}"
    for reader in (chosen.hr, chosen.top):
        assert (await reader.get(url)).json()["score"] == 4.5
    for reader in (town.client("Mette"), town.client("Mads"), town.client("Anna")):
        read = await reader.get(url)
        assert read.status_code == 200
        assert read.json()["score"] is None
        assert read.json()["statement"]["supports"] is True
    for reader in (
        town.client("Dorthe"),
        town.client("Ole"),
        town.client("Per"),
        town.client(None, Role.WORKS_COUNCIL),
        town.client(None, Role.ADMIN),
    ):
        assert (await reader.get(url)).status_code == 404
        assert (await reader.get(CANDIDACIES)).json()["items"] == []


async def test_one_person_has_one_candidacy_for_a_cohort(town: Municipality) -> None:
    chosen = await selection(town)
    await chosen.applied("Mette")
    again = await town.client("Mette").post(CANDIDACIES, json={"cohortId": str(chosen.cohort), "motivation": "Igen."})
    assert (again.status_code, again.json()["code"]) == (409, "candidacy_exists")


async def test_an_external_person_and_a_system_cannot_apply(town: Municipality) -> None:
    chosen = await selection(town)
    await town.person("Xenia", external=True)
    body = {"cohortId": str(chosen.cohort), "motivation": "Må jeg?"}
    for outsider, expected in ((town.client("Xenia"), (404, "not_found")), (chosen.hr, (403, "not_allowed"))):
        refused = await outsider.post(CANDIDACIES, json=body)
        assert (refused.status_code, refused.json()["code"]) == expected


async def test_after_the_deadline_the_refusal_names_it_in_local_time(town: Municipality, clock: MovableClock) -> None:
    chosen = await selection(town)
    before = clock.now
    clock.forward(days=31)
    try:
        body = {"cohortId": str(chosen.cohort), "motivation": "For sent."}
        refused = await town.client("Mette").post(CANDIDACIES, json=body)
        assert (refused.status_code, refused.json()["code"]) == (409, "call_closed")
        until = (before + timedelta(days=30)).astimezone(ZoneInfo("Europe/Copenhagen"))
        assert f"until {until:%Y-%m-%d %H:%M} (Europe/Copenhagen)" in refused.json()["detail"]
    finally:
        clock.now = before


async def test_W3_the_managers_statement_is_read_by_the_candidate_and_given_once(town: Municipality) -> None:
    chosen = await selection(town)
    url = f"{CANDIDACIES}/{await chosen.applied('Mette')}"
    mads = town.client("Mads")
    assert (await mads.get(url)).json()["allowedActions"] == ["giveStatement"]
    said = {"supports": False, "reason": "Vi kan ikke undvære hende."}
    assert (await town.client("Mette").post(f"{url}/give-statement", json=said)).status_code == 403
    assert (await mads.post(f"{url}/give-statement", json=said)).status_code == 200
    read = (await town.client("Mette").get(url)).json()["statement"]
    assert (read["supports"], read["reason"]) == (False, "Vi kan ikke undvære hende.")
    again = await mads.post(f"{url}/give-statement", json=said)
    assert (again.status_code, again.json()["code"]) == (409, "statement_given")


async def test_another_organisation_sees_nothing(town: Municipality, other_town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    hr = other_town.client(None, Role.HR)
    assert (await hr.get(f"{CANDIDACIES}/{candidacy}")).status_code == 404
    for path in ("talents", "candidacies", "assessments", "participations"):
        assert (await hr.get(f"/v1/{path}")).json()["items"] == []
    refused = await hr.post(f"{CANDIDACIES}/{candidacy}/decline", json={"reason": "Ikke jeres.", "feedback": "Intet."})
    assert refused.status_code == 404
