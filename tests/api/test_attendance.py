"""Attendance over REST: recorded, corrected, missing, and by whom."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from service.domain.persons.commands import ProtectPerson, protect
from service.domain.sessions.model import Presence
from tests.clock import MovableClock
from tests.cohort_life import CohortLife, cohort_life
from tests.municipality import Municipality


def said(**presence: str) -> dict[str, Any]:
    return {"attendance": [{"participationId": who, "presence": what} for who, what in presence.items()]}


def about(participation: UUID, presence: str = "present") -> dict[str, Any]:
    return said(**{str(participation): presence})


async def test_who_teaches_records_who_was_there_and_corrects_it(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    ole = await life.taking_part("Ole", "Mads")
    session = await life.session(1, -0.5)
    url, per = f"/v1/sessions/{session}", life.client("Per")
    # The facilitator sees whom to tick off, by name, and nothing of how it went for them before or after.
    listed = await life.listed("participations", per, cohortId=str(life.cohort), expand="person")
    assert {one["person"]["name"] for one in listed} == {"Mette", "Ole"}
    done = await per.post(f"{url}/record-attendance", json=said(**{str(life.mette): "present", str(ole): "absent"}))
    assert done.status_code == 200, done.text
    await per.post(f"{url}/record-attendance", json=about(ole, "excused"))
    found = await life.listed("attendances", sessionId=str(session))
    assert {one["participationId"]: (one["presence"], one["version"]) for one in found} == {
        str(life.mette): ("present", 1),
        str(ole): ("excused", 2),
    }
    assert {one["recordedById"] for one in found} == {str(town.people["Per"])}
    assert await life.listed("attendances", per) == found
    (mine,) = await life.listed("attendances", life.client("Mette"))
    assert mine["personId"] == str(town.people["Mette"])
    assert len(await life.listed("attendances", life.client("Mads"))) == 2
    assert await life.listed("attendances", life.client("Anna")) == []


async def test_saying_the_same_again_changes_nothing(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    url = f"/v1/sessions/{await life.session(1, -0.5)}/record-attendance"
    for _ in range(2):
        assert (await life.hr.post(url, json=about(life.mette))).status_code == 200
    (found,) = await life.listed("attendances")
    assert found["version"] == 1


async def test_two_who_record_at_the_same_moment_leave_one_record_of_each_participant(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    ole = await life.taking_part("Ole", "Mads")
    url = f"/v1/sessions/{await life.session(1, -0.5)}/record-attendance"
    bodies = [said(**{str(one): presence for one in (life.mette, ole)}) for presence in Presence] * 4
    answers = await asyncio.gather(
        *((life.client("Per") if i % 2 else life.hr).post(url, json=body) for i, body in enumerate(bodies))
    )
    assert {one.status_code for one in answers} == {200}
    found = await life.listed("attendances")
    assert {one["participationId"] for one in found} == {str(life.mette), str(ole)}
    assert len(found) == 2
    # Each said the same of both, so whoever came last said so of both.
    assert len({one["presence"] for one in found}) == 1


async def test_nobody_is_there_ahead_of_time_or_at_what_is_called_off(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    ahead, cancelled = await life.session(1, 1), await life.session(1, -1)
    await life.hr.post(f"/v1/sessions/{cancelled}/cancel", json={})
    for session, code in ((ahead, "session_ahead"), (cancelled, "wrong_state")):
        refused = await life.hr.post(f"/v1/sessions/{session}/record-attendance", json=about(life.mette))
        assert (refused.status_code, refused.json()["code"]) == (409, code)
    clock.forward(days=1)
    assert (await life.hr.post(f"/v1/sessions/{ahead}/record-attendance", json=about(life.mette))).status_code == 200


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [("Mette", 403, "not_allowed"), ("Mads", 403, "not_allowed"), ("Anna", 404, "not_found")],
)
async def test_nobody_else_says_who_was_there(
    town: Municipality, clock: MovableClock, who: str, status: int, code: str
) -> None:
    life = await cohort_life(town, clock)
    session = await life.session(1, -1)
    refused = await life.client(who).post(f"/v1/sessions/{session}/record-attendance", json=about(life.mette))
    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_only_who_takes_part_in_the_cohort_can_have_been_there(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    elsewhere = await cohort_of_another(life)
    enrolled = await life.enrolled("Ole", "Mads")
    url = f"/v1/sessions/{await life.session(1, -1)}/record-attendance"
    for participation, status, code in (
        (elsewhere, 422, "not_in_cohort"),
        (enrolled, 409, "not_taking_part"),
        (UUID(int=7), 404, "not_found"),
    ):
        refused = await life.hr.post(url, json=said(**{str(life.mette): "present", str(participation): "present"}))
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    twice = {"attendance": about(life.mette)["attendance"] * 2}
    refused = await life.hr.post(url, json=twice)
    assert (refused.status_code, refused.json()["code"]) == (422, "participant_twice")
    assert await life.listed("attendances") == []


async def cohort_of_another(life: CohortLife) -> UUID:
    """A participation of Anna's in another cohort of the programme."""
    programme = UUID((await life.read(f"cohorts/{life.cohort}"))["programmeId"])
    first, life.chosen.cohort = life.chosen.cohort, await life.town.cohort(programme)
    # Bo and Anna assess: Ole is assessed by them too, so a fourth is asked here.
    await life.town.person("Eva", life.chosen.technics)
    found = await life.taking_part("Eva", "Tove")
    life.chosen.cohort = first
    return found


async def test_hr_finds_the_sessions_and_the_participants_whose_attendance_is_missing(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    ole = await life.taking_part("Ole", "Mads")
    await life.enrolled("Per", "Tove")
    over, ahead = await life.session(1, -1), await life.session(1, 1)

    async def missing() -> tuple[list[str], set[str], int]:
        sessions = await life.listed("sessions", missingAttendance="true")
        people = await life.listed("participations", missingAttendance="true")
        count = (await life.read(f"sessions/{over}"))["attendanceMissing"]
        return [one["id"] for one in sessions], {one["id"] for one in people}, count

    assert await missing() == ([str(over)], {str(life.mette), str(ole)}, 2)
    assert [one["id"] for one in await life.listed("sessions", missingAttendance="false")] == [str(ahead)]
    await life.attended(over, ole, Presence.ABSENT)
    assert await missing() == ([str(over)], {str(life.mette)}, 1)
    await life.attended(over, life.mette)
    assert await missing() == ([], set(), 0)


async def test_a_protected_identity_is_no_name_on_the_facilitators_list(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    session = await life.session(1, -1)
    await town.run(protect, town.people["Mette"], ProtectPerson(protected=True), None)
    per = life.client("Per")
    assert await life.listed("participations", per) == []
    refused = await per.post(f"/v1/sessions/{session}/record-attendance", json=about(life.mette))
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    await life.attended(session, life.mette)
    assert await life.listed("attendances", per) == []
    assert len(await life.listed("attendances")) == 1


async def test_a_facilitator_knows_the_participants_as_long_as_they_take_part(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    session = await life.session(1, -1)
    per, mette = life.client("Per"), f"/v1/persons/{town.people['Mette']}"
    read = await per.get(mette)
    assert (read.status_code, read.json()["birthYear"]) == (200, None)
    await life.hr.post(f"/v1/participations/{life.mette}/complete", json={})
    await life.hr.post(f"/v1/participations/{life.mette}/record-outcome", json={"outcome": "keep_warm"})
    assert (await per.get(mette)).status_code == 404
    (seen,) = await life.listed("participations", per)
    assert (seen["state"], seen["outcome"], seen["outcomeOn"]) == ("completed", None, None)
    await life.hr.post(f"/v1/sessions/{session}/cancel", json={})
    assert await life.listed("participations", per) == []
