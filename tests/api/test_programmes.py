"""Programmes over REST: endorsed, consulted on, opened with frozen criteria, and who reads what."""

from typing import Any
from uuid import UUID

from service.domain.actor import Role
from tests.municipality import Municipality


async def _competences(town: Municipality, framework: UUID) -> list[dict[str, Any]]:
    return (await town.client(None, Role.HR).get(f"/v1/frameworks/{framework}")).json()["competences"]


async def test_hr_plans_a_programme_and_top_management_becomes_its_sponsor(town: Municipality) -> None:
    framework = await town.framework()
    hr = town.client(None, Role.HR)
    planned = await hr.post(
        "/v1/programmes",
        json={
            "name": "På vej mod ledelse",
            "level": "pre_leader",
            "mix": "cross_disciplinary",
            "purpose": "Ti nye ledere til ældreområdet",
            "frameworkId": str(framework),
            "reach": "Med lønsedlen",
            "creditToManagers": "Nævnes på direktørens møde",
            "kickOffOn": "2027-01-15",
        },
    )
    assert planned.status_code == 201, planned.text
    at = planned.headers["location"]
    assert planned.json()["allowedActions"] == [
        "change",
        "adjust",
        "answerPrinciple",
        "planCohort",
        "recordConsultation",
        "cancel",
    ]
    birgit = await town.person("Birgit")
    endorsed = await town.client("Birgit", Role.TOP_MANAGEMENT).post(f"{at}/endorse", json={})
    assert (endorsed.status_code, endorsed.json()["state"]) == (200, "endorsed")
    assert endorsed.json()["sponsorId"] == str(birgit)
    assert endorsed.json()["endorsedOn"] is not None
    again = await town.client("Birgit", Role.TOP_MANAGEMENT).post(f"{at}/endorse", json={})
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


async def test_R4_W1_only_a_person_in_top_management_endorses(town: Municipality) -> None:
    programme = await town.programme(await town.framework())
    at = f"/v1/programmes/{programme}/endorse"
    by_hr = await town.client(None, Role.HR).post(at, json={})
    assert (by_hr.status_code, by_hr.json()["code"]) == (403, "not_allowed")
    by_nobody = await town.client(None, Role.TOP_MANAGEMENT).post(at, json={})
    assert (by_nobody.status_code, by_nobody.json()["code"]) == (403, "person_needed")


async def test_W5_the_works_council_records_its_consultation_and_reads_drafts(town: Municipality) -> None:
    programme = await town.programme(await town.framework())
    tillid = await town.person("Tillid")
    council = town.client("Tillid", Role.WORKS_COUNCIL)
    assert (await council.get(f"/v1/programmes/{programme}")).json()["allowedActions"] == ["recordConsultation"]
    recorded = await council.post(
        f"/v1/programmes/{programme}/record-consultation",
        json={"heldOn": "2026-09-01", "reference": "Hovedudvalget, punkt 4"},
    )
    assert recorded.status_code == 200, recorded.text
    said = {"heldOn": "2026-09-01", "reference": "Hovedudvalget, punkt 4", "recordedBy": str(tillid)}
    assert recorded.json()["consultation"] == said
    assert recorded.json()["state"] == "draft"


async def test_opening_needs_endorsement_a_published_framework_the_consultation_and_a_cohort(
    town: Municipality,
) -> None:
    hr = town.client(None, Role.HR)
    first = await town.framework()
    draft = (await hr.post(f"/v1/frameworks/{first}/revise", json={})).json()["id"]
    programme = await town.programme(UUID(draft))
    at = f"/v1/programmes/{programme}"

    async def refused() -> str:
        assert "open" not in (await hr.get(at)).json()["allowedActions"]
        answer = await hr.post(f"{at}/open", json={})
        assert answer.status_code == 409, answer.text
        return answer.json()["code"]

    assert await refused() == "wrong_state"
    await town.person("Birgit")
    await town.client("Birgit", Role.TOP_MANAGEMENT).post(f"{at}/endorse", json={})
    assert await refused() == "framework_not_published"
    await hr.post(f"/v1/frameworks/{draft}/publish", json={})
    assert await refused() == "consultation_missing"
    await hr.post(f"{at}/record-consultation", json={"heldOn": "2026-09-01", "reference": "MED"})
    assert await refused() == "cohort_missing"
    await town.cohort(programme)
    assert "open" in (await hr.get(at)).json()["allowedActions"]
    opened = await hr.post(f"{at}/open", json={})
    assert (opened.status_code, opened.json()["state"]) == (200, "open")
    assert opened.json()["openedOn"] is not None


async def test_a_consultation_cannot_be_recorded_before_it_was_held(town: Municipality) -> None:
    programme = await town.programme(await town.framework())
    refused = await town.client(None, Role.HR).post(
        f"/v1/programmes/{programme}/record-consultation", json={"heldOn": "2199-01-01", "reference": "MED"}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "consultation_to_come")


async def test_F1_F5_every_employee_reads_the_call_and_its_criteria_from_the_day_it_opens(town: Municipality) -> None:
    framework = await town.framework()
    programme = await town.programme(framework)
    cohort = await town.cohort(programme)
    await town.person("Mette")
    mette = town.client("Mette")
    assert (await mette.get(f"/v1/programmes/{programme}")).status_code == 404
    assert (await mette.get(f"/v1/cohorts/{cohort}")).status_code == 404
    assert (await mette.get("/v1/programmes")).json()["items"] == []
    await town.opened(programme)
    read = await mette.get(f"/v1/programmes/{programme}", params={"expand": "framework,cohorts"})
    assert read.status_code == 200, read.text
    call = read.json()
    names = [one["name"] for one in await _competences(town, framework)]
    assert [(one["name"], one["weight"]) for one in call["criteria"]] == [(name, 1) for name in names]
    assert [one["name"] for one in call["framework"]["competences"]] == names
    assert [(one["id"], one["capacity"]) for one in call["cohorts"]] == [(str(cohort), 12)]
    assert call["allowedActions"] == []
    from_cohort = await mette.get(f"/v1/cohorts/{cohort}", params={"expand": "programme"})
    assert from_cohort.json()["programme"]["criteria"] == call["criteria"]


async def test_a_later_edition_of_the_framework_changes_nothing_in_an_open_programme(town: Municipality) -> None:
    hr = town.client(None, Role.HR)
    framework = await town.framework()
    first, second, *_ = await _competences(town, framework)
    programme = await town.programme(framework)
    weighed = [{"competenceId": second["id"], "weight": 3}, {"competenceId": first["id"]}]
    changed = await hr.patch(f"/v1/programmes/{programme}", json={"criteria": weighed})
    assert changed.status_code == 200, changed.text
    await town.cohort(programme)
    await town.opened(programme)
    draft = (await hr.post(f"/v1/frameworks/{framework}/revise", json={})).json()
    renamed = [{**one, "name": f"Ny: {one['name']}"} for one in draft["competences"]]
    revised = await hr.patch(f"/v1/frameworks/{draft['id']}", json={"competences": renamed})
    assert revised.status_code == 200, revised.text
    await hr.post(f"/v1/frameworks/{draft['id']}/publish", json={})
    read = (await hr.get(f"/v1/programmes/{programme}")).json()
    assert read["frameworkId"] == str(framework)
    assert [(one["name"], one["weight"]) for one in read["criteria"]] == [(second["name"], 3), (first["name"], 1)]
    refused = await hr.patch(f"/v1/programmes/{programme}", json={"criteria": []})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")


async def test_a_programme_that_moves_to_the_next_edition_takes_its_criteria_along_under_their_new_names(
    town: Municipality,
) -> None:
    hr = town.client(None, Role.HR)
    framework = await town.framework()
    first, *_ = await _competences(town, framework)
    programme = await town.programme(framework)
    await hr.patch(f"/v1/programmes/{programme}", json={"criteria": [{"competenceId": first["id"], "weight": 2}]})
    draft = (await hr.post(f"/v1/frameworks/{framework}/revise", json={})).json()
    renamed = [{**one, "name": f"Ny: {one['name']}"} for one in draft["competences"]]
    await hr.patch(f"/v1/frameworks/{draft['id']}", json={"competences": renamed})
    await hr.post(f"/v1/frameworks/{draft['id']}/publish", json={})
    moved = await hr.patch(f"/v1/programmes/{programme}", json={"frameworkId": draft["id"]})
    assert moved.status_code == 200, moved.text
    expected = {"competenceId": first["id"], "name": f"Ny: {first['name']}", "weight": 2}
    assert moved.json()["criteria"] == [expected]
    back = await hr.patch(f"/v1/programmes/{programme}", json={"frameworkId": str(framework)})
    assert (back.status_code, back.json()["code"]) == (422, "framework_retired")


async def test_a_criterion_that_is_no_competence_of_the_framework_is_refused(town: Municipality) -> None:
    framework = await town.framework()
    first, *_ = await _competences(town, framework)
    programme = await town.programme(framework)
    hr = town.client(None, Role.HR)
    for criteria, code in (
        ([{"competenceId": str(framework)}], "unknown_competence"),
        ([{"competenceId": first["id"]}, {"competenceId": first["id"]}], "criterion_twice"),
        ([{"competenceId": first["id"], "weight": 0}], "malformed"),
    ):
        refused = await hr.patch(f"/v1/programmes/{programme}", json={"criteria": criteria})
        assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_a_programme_runs_to_its_evaluation_and_the_feed_tells_the_steps(town: Municipality) -> None:
    programme = await town.programme(await town.framework())
    await town.cohort(programme)
    await town.opened(programme)
    hr = town.client(None, Role.HR)
    for verb, state in (
        ("start-selecting", "selecting"),
        ("start", "running"),
        ("complete", "completed"),
        ("evaluate", "evaluated"),
    ):
        moved = await hr.post(f"/v1/programmes/{programme}/{verb}", json={})
        assert (moved.status_code, moved.json()["state"]) == (200, state)
    assert moved.json()["allowedActions"] == []
    events = (await hr.get("/v1/events", params={"first": 100})).json()["items"]
    told = [one["type"].removeprefix("programme.") for one in events if one["type"].startswith("programme.")]
    steps = ["planned", "endorsed", "consulted", "opened", "selecting_started", "started", "completed", "evaluated"]
    assert told == steps


async def test_a_cancelled_call_stays_readable_with_its_reason_and_one_that_never_opened_stays_hidden(
    town: Municipality,
) -> None:
    framework = await town.framework()
    seen, unseen = await town.programme(framework, name="Åben"), await town.programme(framework, name="Aldrig åbnet")
    await town.cohort(seen)
    await town.opened(seen)
    hr = town.client(None, Role.HR)
    for programme in (seen, unseen):
        cancelled = await hr.post(f"/v1/programmes/{programme}/cancel", json={"reason": "Budgettet faldt bort"})
        assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    await town.person("Mette")
    called = (await town.client("Mette").get("/v1/programmes")).json()["items"]
    assert [(one["name"], one["cancelReason"]) for one in called] == [("Åben", "Budgettet faldt bort")]
    again = await hr.post(f"/v1/programmes/{seen}/cancel", json={"reason": "Igen"})
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")
    by_her = await town.client("Mette").post(f"/v1/programmes/{seen}/cancel", json={"reason": "Nej"})
    assert by_her.status_code == 403


async def test_programmes_are_found_by_state_level_and_framework(town: Municipality) -> None:
    framework = await town.framework()
    await town.programme(framework, name="Ærlig")
    opened = await town.programme(framework, name="Zenit")
    await town.cohort(opened)
    await town.opened(opened)
    hr = town.client(None, Role.HR)

    async def names(**wanted: str) -> list[str]:
        answer = await hr.get("/v1/programmes", params=wanted)
        assert answer.status_code == 200, answer.text
        return [one["name"] for one in answer.json()["items"]]

    assert await names() == ["Zenit", "Ærlig"]
    assert await names(state="draft") == ["Ærlig"]
    assert await names(level="individual") == []
    assert await names(frameworkId=str(framework), mix="cross_disciplinary") == ["Zenit", "Ærlig"]
    assert await names(sponsorId=str(town.people["Birgit"])) == ["Zenit"]


async def test_another_organisation_sees_no_programme_not_even_an_open_one(
    town: Municipality, other_town: Municipality
) -> None:
    programme = await town.programme(await town.framework())
    cohort = await town.cohort(programme)
    await town.opened(programme)
    hr = other_town.client(None, Role.HR)
    assert (await hr.get(f"/v1/programmes/{programme}")).status_code == 404
    assert (await hr.get(f"/v1/cohorts/{cohort}")).status_code == 404
    assert (await hr.get("/v1/programmes")).json()["items"] == []
    assert (await hr.get("/v1/cohorts")).json()["items"] == []
    refused = await hr.post(f"/v1/programmes/{programme}/cancel", json={"reason": "Ikke vores"})
    assert refused.status_code == 404
