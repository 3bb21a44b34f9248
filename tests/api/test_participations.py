"""Participations over REST: from the accepted offer to what came of it."""

from datetime import date
from uuid import UUID

import pytest

from service.domain.candidacies.answering import AcceptOffer, accept
from service.domain.candidacies.deciding import Waitlist, waitlist
from tests.municipality import Municipality
from tests.selection import Selection, selection

PARTICIPATIONS = "/v1/participations"


async def _enrolled(chosen: Selection, name: str = "Mette", manager: str = "Mads") -> str:
    """The URL of a participation that has just begun."""
    candidacy = await chosen.offered(name, manager)
    await chosen.town.run(accept, candidacy, AcceptOffer(), None, actor=chosen.town.actor(name))
    return f"{PARTICIPATIONS}/{await _of(chosen, candidacy)}"


async def _of(chosen: Selection, candidacy: UUID) -> str:
    read = await chosen.hr.get(f"/v1/candidacies/{candidacy}", params={"expand": "participation"})
    return read.json()["participation"]["id"]


async def test_an_accepted_offer_begins_a_participation(town: Municipality) -> None:
    chosen = await selection(town)
    url = await _enrolled(chosen)
    read = await town.client("Mette").get(url, params={"expand": "cohort,person"})
    assert (read.json()["state"], read.json()["allowedActions"]) == ("enrolled", ["withdraw", "proposeElement"])
    assert read.json()["cohort"]["id"] == str(chosen.cohort)
    for reader in (chosen.hr, chosen.top, town.client("Mads")):
        assert (await reader.get(url)).status_code == 200
    for other in (town.client("Dorthe"), town.client("Ole"), town.client("Anna")):
        assert (await other.get(url)).status_code == 404


async def test_from_the_start_to_a_leader_job(town: Municipality) -> None:
    chosen = await selection(town)
    url = await _enrolled(chosen)
    too_soon = await chosen.hr.post(f"{url}/record-outcome", json={"outcome": "leader_appointed"})
    assert (too_soon.status_code, too_soon.json()["code"]) == (409, "wrong_state")
    for verb, state in (("start", "active"), ("defer", "deferred"), ("resume", "active"), ("complete", "completed")):
        done = await chosen.hr.post(f"{url}/{verb}", json={})
        assert done.json()["state"] == state
    await chosen.hr.post(f"{url}/record-outcome", json={"outcome": "keep_warm"})
    done = await chosen.hr.post(f"{url}/record-outcome", json={"outcome": "leader_appointed", "on": "2026-09-01"})
    assert (done.json()["outcome"], done.json()["outcomeOn"]) == ("leader_appointed", "2026-09-01")
    (found,) = (await chosen.top.get(PARTICIPATIONS, params={"outcome": "leader_appointed"})).json()["items"]
    assert found["personId"] == str(town.people["Mette"])


async def test_A3_one_leaves_without_losing_face_and_the_reason_is_hrs_alone(town: Municipality) -> None:
    chosen = await selection(town)
    url = await _enrolled(chosen)
    await chosen.hr.post(f"{url}/start", json={})
    left = await town.client("Mette").post(f"{url}/withdraw", json={"reason": "Jeg vil hellere være fagspecialist."})
    assert (left.json()["state"], left.json()["leaveReason"]) == ("withdrawn", None)
    assert (await chosen.hr.get(url)).json()["leaveReason"] == "Jeg vil hellere være fagspecialist."
    for reader in (chosen.top, town.client("Mads")):
        read = (await reader.get(url)).json()
        assert (read["state"], read["leaveReason"]) == ("withdrawn", None)
    done = await chosen.hr.post(f"{url}/record-outcome", json={"outcome": "specialist_path"})
    assert done.json()["outcome"] == "specialist_path"


async def test_who_leaves_before_the_start_frees_the_place_for_the_first_who_waits(town: Municipality) -> None:
    chosen = await selection(town, capacity=1)
    url = await _enrolled(chosen)
    ole = await chosen.assessed("Ole", "Mads")
    await town.run(waitlist, ole, Waitlist(reason="Næste."), None)
    await town.client("Mette").post(f"{url}/withdraw", json={})
    assert await chosen.state(ole) == "offered"
    assert (await chosen.hr.get(f"/v1/cohorts/{chosen.cohort}")).json()["seatsTaken"] == 1


async def test_who_leaves_on_the_way_leaves_no_place_to_be_filled(town: Municipality) -> None:
    chosen = await selection(town, capacity=1)
    url = await _enrolled(chosen)
    ole = await chosen.assessed("Ole", "Mads")
    await town.run(waitlist, ole, Waitlist(reason="Næste."), None)
    await chosen.hr.post(f"{url}/start", json={})
    await town.client("Mette").post(f"{url}/withdraw", json={})
    assert await chosen.state(ole) == "waitlisted"


async def test_an_outcome_is_not_recorded_ahead(town: Municipality) -> None:
    chosen = await selection(town)
    url = await _enrolled(chosen)
    await chosen.hr.post(f"{url}/start", json={})
    await chosen.hr.post(f"{url}/not-complete", json={"reason": "Holdet sluttede."})
    refused = await chosen.hr.post(f"{url}/record-outcome", json={"outcome": "left", "on": str(date(2030, 1, 1))})
    assert (refused.status_code, refused.json()["code"]) == (422, "outcome_ahead")


@pytest.mark.parametrize("verb", ["start", "complete", "not-complete", "defer", "resume", "record-outcome"])
async def test_only_hr_moves_a_participation(town: Municipality, verb: str) -> None:
    chosen = await selection(town)
    url = await _enrolled(chosen)
    body = {"outcome": "left"} if verb == "record-outcome" else {}
    for who in ("Mette", "Mads"):
        refused = await town.client(who).post(f"{url}/{verb}", json=body)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert (await chosen.top.post(f"{url}/{verb}", json=body)).status_code == 403
