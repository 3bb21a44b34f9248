"""What is known of those not admitted is deleted when the retention period is over, and nothing of it is left."""

from datetime import timedelta
from typing import Any

import pytest

from service.domain.actor import Role
from service.repo.all_tables import METADATA
from service.repo.candidacies import CandidacyRow
from service.repo.forgetting import belongings
from service.repo.tables import table
from tests.api.forgetting_story import admin, rows_of, tables_that_name_a_candidacy, the_clock_looks, told
from tests.clock import MovableClock
from tests.everywhere import found_in
from tests.municipality import Municipality
from tests.selection import Selection, selection

__all__ = ["admin"]

KEPT_ABOUT_A_PERSON = {"person", "engagement", "talent", "event"}
"""Where somebody stands who once applied: as an employee, and as the talent that they say they are."""


async def only_an_employee_and_a_talent(admin: Any, town: Municipality) -> None:
    """Nothing that is kept about Mette says that she was once a candidate."""
    mette = town.people["Mette"]
    assert set(await found_in(admin, [mette])) <= KEPT_ABOUT_A_PERSON
    kinds = await admin.fetch("SELECT DISTINCT concept FROM event e WHERE e::text LIKE $1", f"%{mette}%")
    assert {row["concept"] for row in kinds} <= {"Person", "Engagement", "Talent"}


async def test_nothing_is_left_in_any_table_event_or_log(town: Municipality, clock: MovableClock, admin: Any) -> None:
    story = await told(await selection(town))
    before = await found_in(admin, story.words)
    assert {"candidacy", "assessment", "event", "access_log", "idempotency_key"} <= set(before)
    assert set.union(*before.values()) >= story.words
    clock.forward(days=170)
    await the_clock_looks(town)
    assert await found_in(admin, story.words) == before
    clock.forward(days=20)
    await the_clock_looks(town)
    assert await found_in(admin, story.words) == {}
    await only_an_employee_and_a_talent(admin, town)


async def test_every_table_that_hangs_on_a_candidacy_is_in_the_story(
    town: Municipality, clock: MovableClock, admin: Any
) -> None:
    chosen = await selection(town)
    await chosen.hr.patch("/v1/organisation", json={"archiveDays": 30})
    story = await told(chosen)
    clock.forward(days=190)
    await the_clock_looks(town)
    for name, rows in (await rows_of(admin, story.candidacy)).items():
        assert rows, f"{name} belongs to a candidacy: let tests/api/forgetting_story.py make a row of it"
    pointing = {
        child.name
        for child in METADATA.sorted_tables
        for key in child.foreign_key_constraints
        if key.referred_table is table(CandidacyRow)
    }
    covered = {child.name for child, _, _ in belongings()} | {"participation", "nomination"}
    assert pointing <= covered, (
        "A row that may point at a candidacy outlives it: say in service/repo/forgetting.py what becomes of it"
    )
    assert tables_that_name_a_candidacy() <= covered, "A candidacy's id is kept without a foreign key"


async def test_one_anonymous_row_is_left_for_statistics(town: Municipality, clock: MovableClock, admin: Any) -> None:
    chosen = await selection(town)
    await chosen.hr.patch(f"/v1/persons/{town.people['Mette']}", json={"gender": "female", "birthDate": "1984-05-05"})
    story = await told(chosen)
    clock.forward(days=190)
    await the_clock_looks(town)
    rows = await admin.fetch("SELECT * FROM former_candidacy WHERE organisation_id = $1", town.organisation)
    (row,) = [dict(one) for one in rows]
    identity = row.pop("id")
    assert identity.version == 4
    assert identity not in story.ids
    programme = (await chosen.hr.get(f"/v1/cohorts/{chosen.cohort}")).json()["programmeId"]
    assert {name: str(value) for name, value in row.items()} == {
        "organisation_id": str(town.organisation),
        "programme_id": programme,
        "administration_id": str(chosen.health),
        "gender": "female",
        "age_band": "from_40",
        "way": "application",
        "reached": "assessed",
    }


async def test_whoever_keeps_copies_is_told_how_many_were_deleted_and_not_which(
    town: Municipality, clock: MovableClock, admin: Any
) -> None:
    chosen = await selection(town)
    await told(chosen)
    clock.forward(days=190)
    await the_clock_looks(town)
    sql = "SELECT data::text FROM event WHERE type = 'organisation.candidacies_forgotten' AND resource_id = $1"
    (event,) = await admin.fetch(sql, town.organisation)
    assert event["data"] == '{"candidacies": 1}'


async def _turned_down(chosen: Selection) -> str:
    candidacy = await chosen.offered("Mette", "Mads")
    await chosen.town.client("Mette").post(f"/v1/candidacies/{candidacy}/turn-down")
    return str(candidacy)


async def _withdrawn(chosen: Selection) -> str:
    candidacy = await chosen.assessed("Mette", "Mads")
    await chosen.town.client("Mette").post(f"/v1/candidacies/{candidacy}/withdraw")
    return str(candidacy)


async def _waiting_when_it_is_cancelled(chosen: Selection) -> str:
    candidacy = await chosen.applied("Mette")
    programme = (await chosen.hr.get(f"/v1/cohorts/{chosen.cohort}")).json()["programmeId"]
    await chosen.hr.post(f"/v1/programmes/{programme}/cancel", json={"reason": "Ingen midler."})
    return str(candidacy)


async def _never_sent(chosen: Selection) -> str:
    body = {"cohortId": str(chosen.cohort), "motivation": "En kladde.", "submit": False}
    return (await chosen.town.client("Mette").post("/v1/candidacies", json=body)).json()["id"]


@pytest.mark.parametrize(
    ("ends", "reached"),
    [
        (_turned_down, ["offered"]),
        (_withdrawn, ["assessed"]),
        (_waiting_when_it_is_cancelled, ["applied"]),
        (_never_sent, []),
    ],
)
async def test_however_it_came_to_nothing(
    town: Municipality, clock: MovableClock, admin: Any, ends: Any, reached: list[str]
) -> None:
    candidacy = await ends(await selection(town))
    clock.forward(days=225)
    await the_clock_looks(town)
    assert await found_in(admin, [candidacy]) == {}
    await only_an_employee_and_a_talent(admin, town)
    sql = "SELECT reached FROM former_candidacy WHERE organisation_id = $1"
    assert [row["reached"] for row in await admin.fetch(sql, town.organisation)] == reached


async def _refused(chosen: Selection, nomination: str) -> None:
    assert (await chosen.town.client("Mette").post(f"{nomination}/refuse")).status_code == 200


async def _unanswered(chosen: Selection, nomination: str) -> None:
    del chosen, nomination


async def _unanswered_when_it_is_cancelled(chosen: Selection, nomination: str) -> None:
    del nomination
    programme = (await chosen.hr.get(f"/v1/cohorts/{chosen.cohort}")).json()["programmeId"]
    done = await chosen.hr.post(f"/v1/programmes/{programme}/cancel", json={"reason": "Ingen midler."})
    assert done.status_code == 200, done.text


@pytest.mark.parametrize("ends", [_refused, _unanswered, _unanswered_when_it_is_cancelled])
async def test_F2_a_nomination_that_was_never_accepted_is_forgotten_too(
    town: Municipality, clock: MovableClock, admin: Any, ends: Any
) -> None:
    chosen = await selection(town)
    body = {"cohortId": str(chosen.cohort), "personId": str(town.people["Mette"]), "rationale": "Ser mennesker."}
    made = await town.client("Mads").post("/v1/nominations", json=body, headers={"Idempotency-Key": "mads"})
    nomination = made.json()["id"]
    await ends(chosen, made.headers["location"])
    clock.forward(days=45)  # the call has closed
    await the_clock_looks(town)
    clock.forward(days=100)
    await the_clock_looks(town)
    assert "nomination" in await found_in(admin, [nomination])
    clock.forward(days=90)
    await the_clock_looks(town)
    assert await found_in(admin, [nomination]) == {}
    await only_an_employee_and_a_talent(admin, town)
    sql = "SELECT data::text FROM event WHERE type = 'organisation.nominations_forgotten' AND resource_id = $1"
    assert [row["data"] for row in await admin.fetch(sql, town.organisation)] == ['{"nominations": 1}']


async def test_who_is_asked_anew_is_not_forgotten_meanwhile(town: Municipality, clock: MovableClock) -> None:
    chosen = await selection(town)
    await chosen.hr.patch("/v1/organisation", json={"retentionMonths": 1})
    candidacy = await chosen.applied("Mette")
    await town.client("Mette").post(f"/v1/candidacies/{candidacy}/withdraw")
    long = {"applyBy": (clock.now + timedelta(days=60)).isoformat()}
    longer = await chosen.hr.patch(f"/v1/cohorts/{chosen.cohort}", json=long)
    assert longer.status_code == 200, longer.text
    body = {"cohortId": str(chosen.cohort), "personId": str(town.people["Mette"]), "rationale": "Ser mennesker."}
    made = await town.client("Mads").post("/v1/nominations", json=body)
    assert made.status_code == 201, made.text
    clock.forward(days=35)
    await the_clock_looks(town)
    assert await chosen.state(candidacy) == "withdrawn"
    await _refused(chosen, made.headers["location"])
    await the_clock_looks(town)
    assert (await chosen.hr.get(f"/v1/candidacies/{candidacy}")).status_code == 404
    assert (await town.client("Mads").get(made.headers["location"])).status_code == 404


async def test_a_decline_is_not_forgotten_while_it_can_be_reconsidered_or_is(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await selection(town)
    await chosen.hr.patch("/v1/organisation", json={"retentionMonths": 1, "reconsiderationDays": 40})
    candidacy = await chosen.assessed("Mette", "Mads")
    url = f"/v1/candidacies/{candidacy}"
    await chosen.hr.post(f"{url}/decline", json={"reason": "Ikke denne gang.", "feedback": "Led et projekt."})
    clock.forward(days=39)
    await the_clock_looks(town)
    asked = await town.client("Mette").post(f"{url}/ask-reconsideration", json={"grounds": "Se igen."})
    assert asked.status_code == 200, asked.text
    clock.forward(days=60)
    await the_clock_looks(town)
    read = await chosen.hr.get(url, params={"expand": "reconsideration"})
    answer = {"succeeds": False, "answer": "Vi har set på det."}
    which = f"/v1/reconsiderations/{read.json()['reconsideration']['id']}"
    answered = await town.client("Tove", Role.HR).post(f"{which}/answer", json=answer)
    assert answered.status_code == 200, answered.text
    clock.forward(days=20)
    await the_clock_looks(town)
    assert await chosen.state(candidacy) == "declined"
    clock.forward(days=15)
    await the_clock_looks(town)
    assert (await chosen.hr.get(url)).status_code == 404


async def test_those_admitted_and_those_still_waiting_are_kept(
    town: Municipality, clock: MovableClock, admin: Any
) -> None:
    chosen = await selection(town)
    admitted = await chosen.offered("Mette", "Mads")
    await town.client("Mette").post(f"/v1/candidacies/{admitted}/accept")
    waiting = await chosen.assessed("Ole", "Mads")
    await chosen.hr.post(f"/v1/candidacies/{waiting}/waitlist", json={"reason": "Næste gang."})
    clock.forward(days=400)
    await the_clock_looks(town)
    assert [await chosen.state(one) for one in (admitted, waiting)] == ["accepted", "waitlisted"]
    assert (
        await admin.fetchval("SELECT count(*) FROM former_candidacy WHERE organisation_id = $1", town.organisation) == 0
    )


async def test_the_organisation_says_how_long_it_is_kept(town: Municipality, clock: MovableClock, admin: Any) -> None:
    story = await told(await selection(town))
    await story.chosen.hr.patch("/v1/organisation", json={"retentionMonths": 12})
    clock.forward(days=300)
    await the_clock_looks(town)
    assert await story.chosen.state(story.candidacy) == "declined"
    clock.forward(days=70)
    await the_clock_looks(town)
    assert await found_in(admin, story.words) == {}
