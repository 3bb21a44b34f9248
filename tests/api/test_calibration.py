"""Calibration over REST: after the assessors have read each other, a note may change a score, and history is kept."""

from typing import Any
from uuid import UUID

from tests.events import told
from tests.municipality import Municipality
from tests.selection import Selection, selection


async def both_submitted(chosen: Selection, scores: tuple[int, int] = (4, 2)) -> tuple[UUID, str]:
    """Mette's candidacy, and Bo's assessment of it."""
    candidacy = await chosen.assessed("Mette", "Mads", anna=scores[0], bo=scores[1])
    return candidacy, f"/v1/assessments/{await chosen.assessment(candidacy, 'Bo')}"


async def one_score(chosen: Selection, score: int, reason: str = "Eksemplet tæller.") -> list[dict[str, Any]]:
    return [{"competenceId": str((await chosen.criteria())[0]), "score": score, "reason": reason}]


async def test_a_note_changes_a_score_with_its_reason_and_what_stood_before_is_kept(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy, url = await both_submitted(chosen)
    bo = town.client("Bo")
    assert (await bo.get(url)).json()["allowedActions"] == ["calibrate"]
    note: dict[str, Any] = {"note": "Efter at have læst Annas.", "scores": await one_score(chosen, 5)}
    done = (await bo.post(f"{url}/calibrate", json=note)).json()
    criterion = note["scores"][0]["competenceId"]
    assert {one["competenceId"]: one["score"] for one in done["scores"]}[criterion] == 5
    (calibration,) = done["calibrations"]
    assert calibration["note"] == "Efter at have læst Annas."
    assert [(one["competenceId"], one["score"], one["reason"]) for one in calibration["replaced"]] == [
        (criterion, 2, "Bo ser det.")
    ]
    # Six criteria of equal weight: 5 and five times 2 make 2.5, and with Anna's 4 the mean is 3.25.
    read = (await chosen.hr.get(f"/v1/candidacies/{candidacy}")).json()
    assert (done["mean"], read["score"], read["state"]) == (2.5, 3.25, "assessed")
    again = await bo.post(f"{url}/calibrate", json={"note": "Og intet mere."})
    assert [len(one["replaced"]) for one in again.json()["calibrations"]] == [1, 0]


async def test_F5_a_changed_score_has_its_reason_and_a_calibration_its_note(town: Municipality) -> None:
    chosen = await selection(town)
    _, url = await both_submitted(chosen)
    bo = town.client("Bo")
    for body, code in (
        ({"note": "Nu.", "scores": await one_score(chosen, 5, " ")}, "reason_missing"),
        ({"note": " ", "scores": await one_score(chosen, 5)}, "note_missing"),
        ({"note": "Nu.", "scores": await one_score(chosen, 5) * 2}, "criteria_not_met"),
    ):
        refused = await bo.post(f"{url}/calibrate", json=body)
        assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_nobody_calibrates_anothers_scores_or_ones_own_unsubmitted_or_decided_ones(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy, url = await both_submitted(chosen)
    note: dict[str, Any] = {"note": "Efter at have læst Annas."}
    for other in (town.client("Anna"), chosen.hr):
        assert (await other.post(f"{url}/calibrate", json=note)).status_code == 403
    await chosen.hr.post(f"/v1/candidacies/{candidacy}/offer", json={"reason": "Plads."})
    late = await town.client("Bo").post(f"{url}/calibrate", json=note)
    assert (late.status_code, late.json()["code"]) == (409, "assessing_over")
    unsubmitted = await chosen.assessment(await chosen.supported("Ole", "Mads"), "Bo")
    early = await town.client("Bo").post(f"/v1/assessments/{unsubmitted}/calibrate", json=note)
    assert (early.status_code, early.json()["code"]) == (409, "assessment_unsubmitted")


async def test_the_candidate_reads_the_scores_that_count_and_not_how_the_assessors_came_to_them(
    town: Municipality,
) -> None:
    chosen = await selection(town)
    candidacy, url = await both_submitted(chosen)
    note: dict[str, Any] = {"note": "Efter at have læst Annas.", "scores": await one_score(chosen, 5)}
    await town.client("Bo").post(f"{url}/calibrate", json=note)
    assert (await town.client("Anna").get(url)).json()["calibrations"][0]["note"] == note["note"]
    await chosen.hr.post(f"/v1/candidacies/{candidacy}/offer", json={"reason": "Plads."})
    read = (await town.client("Mette").get(url)).json()
    assert (read["calibrations"], {one["score"] for one in read["scores"]}) == (None, {5, 2})
    (event,) = await told(town, "assessment.calibrated")
    assert note["note"] not in str(event)


async def test_an_assessor_stays_blind_to_calibrations_until_they_have_submitted(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.supported("Mette", "Mads")
    url = f"/v1/assessments/{await chosen.assessment(candidacy, 'Bo')}"
    bo, anna = town.client("Bo"), town.client("Anna")
    await bo.post(f"{url}/submit", json=await chosen.scores(2))
    await bo.post(f"{url}/calibrate", json={"note": "Jeg tvivler."})
    assert (await anna.get(url)).status_code == 404
    assert await chosen.state(candidacy) == "submitted"
