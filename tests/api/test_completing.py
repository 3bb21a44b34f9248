"""Completing over REST: what the programme asks for, and what is done where it is not met."""

from typing import Any
from uuid import UUID

from service.domain.actor import Role
from service.domain.programmes.completion import CompletionRule
from service.domain.sessions.model import Presence
from tests.clock import MovableClock
from tests.cohort_life import CohortLife, cohort_life
from tests.municipality import Municipality

RULE = CompletionRule(sessions_percent=80, projects_percent=100)


async def complete(life: CohortLife, **body: Any) -> tuple[int, dict[str, Any]]:
    done = await life.hr.post(f"/v1/participations/{life.mette}/complete", json=body)
    return done.status_code, done.json()


async def test_completing_is_refused_with_the_gap_until_the_rule_is_met(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock, completion=RULE)
    sessions = [await life.session(1, -6 + i) for i in range(5)]
    project = await life.project(days=3)
    for session in sessions[:3]:
        await life.attended(session, life.mette)
    await life.attended(sessions[3], life.mette, Presence.EXCUSED)
    status, refused = await complete(life)
    assert (status, refused["code"]) == (409, "completion_gap")
    assert refused["detail"] == (
        "3 of 5 sessions attended where 80 percent are asked for; "
        "0 of 1 projects handed in where 100 percent are asked for. Wait, or complete with a reason."
    )
    assert refused["errors"][0]["pointer"] == "/reason"
    assert (await life.read(f"participations/{life.mette}"))["state"] == "active"
    assert await life.listed("certificates") == []
    await life.attended(sessions[4], life.mette)
    handed_in = {"projectId": str(project), "reflection": "Mere ro."}
    await life.client("Mette").post("/v1/hand-ins", json=handed_in)
    status, done = await complete(life)
    assert (status, done["state"], done["completedOn"]) == (200, "completed", life.now.date().isoformat())
    assert len(await life.listed("certificates")) == 1


async def test_what_is_called_off_or_dropped_is_not_asked_for(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock, completion=RULE)
    session, project = await life.session(1, -1), await life.project(days=3)
    assert (await complete(life))[0] == 409
    await life.hr.post(f"/v1/sessions/{session}/cancel", json={})
    await life.hr.post(f"/v1/projects/{project}/drop", json={})
    assert (await complete(life))[0] == 200


async def test_what_is_still_ahead_is_still_asked_for(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock, completion=RULE)
    await life.attended(await life.session(1, -1), life.mette)
    await life.session(1, 5)
    status, refused = await complete(life)
    assert (status, "1 of 2 sessions" in refused["detail"]) == (409, True)


async def test_hr_completes_for_a_reason_that_nobody_else_reads(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock, completion=RULE)
    await life.session(1, -1)
    url = f"/v1/participations/{life.mette}"
    assert "complete" in (await life.hr.get(url)).json()["allowedActions"]
    status, done = await complete(life, reason="Var til begravelse.")
    assert (status, done["completionReason"]) == (200, "Var til begravelse.")
    for client in (life.client("Mette"), life.client("Mads"), life.chosen.top):
        assert (await client.get(url)).json()["completionReason"] is None
    log = await town.client(None, Role.ADMIN).get("/v1/access-log", params={"concept": "Participation"})
    assert all(one["fields"] == ["completionReason"] for one in log.json()["items"])
    assert "begravelse" not in str(await life.listed("events"))


async def test_without_a_rule_completing_asks_for_nothing(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    await life.session(1, -1)
    status, done = await complete(life)
    assert (status, done["completionReason"]) == (200, None)


async def test_nobody_completes_their_own_participation(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    herself, url = town.client("Mette", Role.HR), f"/v1/participations/{life.mette}"
    refused = await herself.post(f"{url}/complete", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "own_participation")
    assert "complete" not in (await herself.get(url)).json()["allowedActions"]


async def test_the_rule_is_part_of_the_programme_and_stays_once_it_has_opened(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock, completion=RULE)
    programme = UUID((await life.read(f"cohorts/{life.cohort}"))["programmeId"])
    read = await life.read(f"programmes/{programme}")
    assert read["completion"] == {"sessionsPercent": 80, "projectsPercent": 100, "elements": 0}
    assert (await life.client("Ole").get(f"/v1/programmes/{programme}")).json()["completion"] == read["completion"]
    refused = await life.hr.patch(f"/v1/programmes/{programme}", json={"completion": None})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    draft = await town.programme(UUID(read["frameworkId"]))
    url = f"/v1/programmes/{draft}"
    asked = await life.hr.patch(url, json={"completion": {"elements": 2}})
    assert asked.json()["completion"] == {"sessionsPercent": 0, "projectsPercent": 0, "elements": 2}
    too_much = await life.hr.patch(url, json={"completion": {"sessionsPercent": 101}})
    assert (too_much.status_code, too_much.json()["code"]) == (422, "malformed")
    assert (await life.hr.patch(url, json={"completion": None})).json()["completion"] is None


async def test_participations_are_found_by_what_hr_looks_for(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    per = await life.taking_part("Per", "Tove")
    programme = (await life.read(f"cohorts/{life.cohort}"))["programmeId"]
    await life.hr.post(f"/v1/participations/{per}/not-complete", json={})
    cases: list[tuple[dict[str, Any], set[UUID]]] = [
        ({"programmeId": programme}, {life.mette, per}),
        ({"programmeId": str(UUID(int=1))}, set()),
        ({"administrationId": str(life.chosen.technics)}, {per}),
        ({"name": "met"}, {life.mette}),
        ({"name": "ette"}, set()),
        ({"withoutOutcome": "true"}, {per}),
        ({"withoutOutcome": "false"}, {life.mette}),
        ({"state": ["active", "completed"]}, {life.mette}),
    ]
    for filters, expected in cases:
        found = {UUID(one["id"]) for one in await life.listed("participations", **filters)}
        assert found == expected, filters
