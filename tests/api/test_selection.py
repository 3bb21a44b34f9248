"""Assessing over REST: two blind assessors, a reason for every score, an answer that can be read."""

from service.domain.actor import Role
from tests.clock import MovableClock
from tests.events import told
from tests.municipality import Municipality
from tests.selection import Selection, selection

NO = {"reason": "Vent et år.", "feedback": "Prøv en opgave på tværs."}


async def _assign(chosen: Selection, candidacy: object, *names: str) -> tuple[int, str]:
    body = {"assessorIds": [str(chosen.town.people[name]) for name in names]}
    done = await chosen.hr.post(f"/v1/candidacies/{candidacy}/assign-assessors", json=body)
    return done.status_code, done.json().get("code", "")


async def test_a_candidacy_is_assessed_when_both_assessors_have_submitted(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    for assessor in ("Anna", "Bo"):
        assert await chosen.state(candidacy) == "submitted"
        identity = await chosen.assessment(candidacy, assessor)
        done = await town.client(assessor).post(f"/v1/assessments/{identity}/submit", json=await chosen.scores())
        assert done.status_code == 200, done.text
        assert done.json()["mean"] == 4
    assert await chosen.state(candidacy) == "assessed"


async def test_an_assessor_is_blind_until_their_own_is_submitted(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    hers, his = await chosen.assessment(candidacy, "Anna"), await chosen.assessment(candidacy, "Bo")
    anna, bo = town.client("Anna"), town.client("Bo")
    await bo.post(f"/v1/assessments/{his}/submit", json=await chosen.scores(2))
    assert (await anna.get(f"/v1/assessments/{his}")).status_code == 404
    assert [one["id"] for one in (await anna.get("/v1/assessments")).json()["items"]] == [str(hers)]
    await anna.post(f"/v1/assessments/{hers}/submit", json=await chosen.scores(5))
    seen = (await anna.get(f"/v1/assessments/{his}")).json()
    assert {one["score"] for one in seen["scores"]} == {2}
    mine = await anna.get("/v1/assessments", params={"mine": "true"})
    assert [one["id"] for one in mine.json()["items"]] == [str(hers)]


async def test_assessors_read_motivation_and_name_but_neither_birth_date_nor_gender(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    read = await town.client("Anna").get(f"/v1/candidacies/{candidacy}", params={"expand": "person"})
    assert read.json()["motivation"] == "Jeg vil lede."
    person = read.json()["person"]
    assert (person["givenName"], person["birthDate"], person["birthYear"], person["gender"]) == (
        "Mette",
        None,
        None,
        None,
    )
    assert (await town.client("Anna").get(f"/v1/persons/{town.people['Ole']}")).status_code == 404


async def test_F5_the_candidate_reads_scores_and_reasons_after_the_decision_but_not_who_gave_them(
    town: Municipality,
) -> None:
    chosen = await selection(town)
    candidacy = await chosen.assessed("Mette", "Mads")
    mette = town.client("Mette")
    expand = {"candidacyId": str(candidacy), "expand": "assessor"}
    assert (await mette.get("/v1/assessments", params=expand)).json()["items"] == []
    declined = await chosen.hr.post(f"/v1/candidacies/{candidacy}/decline", json=NO)
    assert declined.json()["state"] == "declined"
    assert (await mette.get(f"/v1/candidacies/{candidacy}")).json()["reason"] == "Vent et år."
    found = (await mette.get("/v1/assessments", params=expand)).json()["items"]
    assert len(found) == 2
    for one in found:
        assert (one["assessorId"], one["assessor"], one["mean"]) == (None, None, None)
        assert all(score["reason"] for score in one["scores"])
    assert (await town.client("Mads").get("/v1/assessments")).json()["items"] == []
    assert (await town.client("Mads").get(f"/v1/candidacies/{candidacy}")).json()["reason"] is None


async def test_reading_scores_is_written_to_the_access_log(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.assessed("Mette", "Mads")
    await chosen.hr.get(f"/v1/candidacies/{candidacy}")
    log = await town.client(None, Role.ADMIN).get("/v1/access-log")
    read = [one for one in log.json()["items"] if one["resourceId"] == str(candidacy)]
    assert read
    assert {field for one in read for field in one["fields"]} == {"score", "standing"}
    assert {one["personId"] for one in read} == {str(town.people["Mette"])}


async def test_who_is_close_to_the_candidate_does_not_assess(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.applied("Mette")
    for close in ("Mette", "Mads"):
        assert await _assign(chosen, candidacy, "Anna", close) == (409, "partial_assessor")
    assert await _assign(chosen, candidacy, "Anna", "Anna") == (422, "assessor_twice")
    assert await _assign(chosen, candidacy, "Anna") == (422, "malformed")
    assert await _assign(chosen, candidacy, "Anna", "Bo") == (200, "")


async def test_an_assessor_can_be_replaced_until_they_have_submitted(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    his, hers = await chosen.assessment(candidacy, "Bo"), await chosen.assessment(candidacy, "Anna")
    await town.client("Anna").post(f"/v1/assessments/{hers}/submit", json=await chosen.scores())
    assert await _assign(chosen, candidacy, "Bo", "Tove") == (409, "assessment_submitted")
    assert await _assign(chosen, candidacy, "Anna", "Tove") == (200, "")
    assert (await town.client("Bo").get(f"/v1/assessments/{his}")).status_code == 404
    assert (await town.client("Bo").get(f"/v1/candidacies/{candidacy}")).status_code == 404


async def test_assessing_is_concluded_when_the_one_who_was_late_is_left_out(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    await _assign(chosen, candidacy, "Anna", "Bo", "Tove")
    for assessor in ("Anna", "Bo"):
        identity = await chosen.assessment(candidacy, assessor)
        await town.client(assessor).post(f"/v1/assessments/{identity}/submit", json=await chosen.scores())
    assert await chosen.state(candidacy) == "submitted"
    await _assign(chosen, candidacy, "Anna", "Bo")
    assert await chosen.state(candidacy) == "assessed"


async def test_F2_assessing_waits_for_the_managers_statement_or_its_deadline(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await selection(town)
    candidacy = await chosen.applied("Mette")
    await _assign(chosen, candidacy, "Anna", "Bo")
    identity = await chosen.assessment(candidacy, "Anna")
    anna, scores, before = town.client("Anna"), await chosen.scores(), clock.now
    assert (await anna.get(f"/v1/assessments/{identity}")).json()["allowedActions"] == []
    refused = await anna.post(f"/v1/assessments/{identity}/submit", json=scores)
    assert (refused.status_code, refused.json()["code"]) == (409, "statement_awaited")
    clock.forward(days=15)
    try:
        assert (await anna.get(f"/v1/assessments/{identity}")).json()["allowedActions"] == ["submit"]
        assert (await anna.post(f"/v1/assessments/{identity}/submit", json=scores)).status_code == 200
    finally:
        clock.now = before


async def test_what_is_submitted_stands_and_only_the_assessor_submits(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    identity, scores = await chosen.assessment(candidacy, "Anna"), await chosen.scores()
    url = f"/v1/assessments/{identity}/submit"
    assert (await chosen.hr.post(url, json=scores)).status_code == 403
    assert (await town.client("Mette").post(url, json=scores)).status_code == 404
    halved = {"scores": scores["scores"][:1]}
    refused = await town.client("Anna").post(url, json=halved)
    assert (refused.status_code, refused.json()["code"]) == (422, "criteria_not_met")
    assert (await town.client("Anna").post(url, json=scores)).status_code == 200
    again = await town.client("Anna").post(url, json=scores)
    assert (again.status_code, again.json()["code"]) == (409, "assessment_submitted")


async def test_events_tell_what_happened_without_scores_or_reasons(town: Municipality) -> None:
    chosen = await selection(town)
    await chosen.offered("Mette", "Mads")
    events = str(await told(town))
    for type_ in (
        "candidacy.submitted",
        "talent.seen",
        "candidacy.statement_given",
        "assessment.assigned",
        "assessment.submitted",
        "candidacy.assessed",
        "candidacy.offered",
    ):
        assert type_ in events
    for text in ("Jeg vil lede.", "Har overblik.", "Anna ser det.", "Plads på holdet."):
        assert text not in events


async def test_me_says_that_one_assesses(town: Municipality) -> None:
    chosen = await selection(town)
    assert (await town.client("Anna").get("/v1/me")).json()["roles"] == ["employee"]
    await chosen.supported("Mette", "Mads")
    assert (await town.client("Anna").get("/v1/me")).json()["roles"] == ["employee", "assessor"]
    assert (await town.client("Mads").get("/v1/me")).json()["roles"] == ["employee", "manager"]
