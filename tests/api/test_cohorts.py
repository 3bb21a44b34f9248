"""Cohorts over REST: seats, reserved seats, deadlines, and who reads what."""

from typing import Any
from uuid import UUID

import pytest

from service.domain.actor import Role
from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.states import CandidacyState
from service.domain.ids import new_id
from service.domain.unit_of_work import UnitOfWork
from service.domain.units.model import UnitKind
from tests.municipality import Municipality

PLAN = {"name": "Hold 1", "capacity": 12, "applyBy": "2027-01-31T12:00:00+01:00", "startsOn": "2027-03-01"}


async def _draft(town: Municipality) -> UUID:
    return await town.programme(await town.framework())


async def _candidate(town: Municipality, name: str, cohort: UUID, state: CandidacyState) -> UUID:
    candidacy = Candidacy(id=new_id(), person_id=await town.person(name), cohort_id=cohort, state=state)

    async def add(uow: UnitOfWork) -> UUID:
        return (await uow.candidacies.add(candidacy, "submitted")).id

    return await town.run(add)


async def test_hr_plans_a_cohort_and_reads_the_deadline_in_universal_time(town: Municipality) -> None:
    programme = await _draft(town)
    schools = await town.unit("Skoler", UnitKind.ADMINISTRATION)
    hr = town.client(None, Role.HR)
    reserved = [{"unitId": str(schools), "seats": 4}]
    wanted = {**PLAN, "programmeId": str(programme), "reserved": reserved, "endsOn": "2027-07-01"}
    made = await hr.post("/v1/cohorts", json=wanted)
    assert made.status_code == 201, made.text
    read = (await hr.get(made.headers["location"], params={"expand": "programme"})).json()
    assert read["applyBy"].startswith("2027-01-31T11:00:00")
    assert read["reserved"] == reserved
    assert (read["seatsTaken"], read["seatsFree"]) == (0, 12)
    assert read["programme"]["id"] == str(programme)
    assert read["allowedActions"][:2] == ["change", "releaseReserved"]


@pytest.mark.parametrize(
    ("values", "status", "code", "pointer"),
    [
        ({"capacity": 0}, 422, "malformed", "/capacity"),
        ({"applyBy": "2027-01-31T12:00:00"}, 422, "offset_missing", "/applyBy"),
        ({"applyBy": "2027-04-01T12:00:00Z"}, 422, "deadline_after_start", "/applyBy"),
        ({"endsOn": "2027-03-01"}, 422, "period_ends_before_it_starts", "/endsOn"),
        ({"programmeId": "01990000-0000-7000-8000-000000000000"}, 404, "not_found", None),
    ],
)
async def test_a_cohort_that_cannot_be_is_refused_with_the_reason(
    town: Municipality, values: dict[str, Any], status: int, code: str, pointer: str | None
) -> None:
    wanted = {**PLAN, "programmeId": str(await _draft(town)), **values}
    refused = await town.client(None, Role.HR).post("/v1/cohorts", json=wanted)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    if pointer:
        assert refused.json()["errors"][0]["pointer"] == pointer


async def test_seats_are_reserved_for_administrations_and_no_more_than_there_are(town: Municipality) -> None:
    programme = await _draft(town)
    schools = await town.unit("Skoler", UnitKind.ADMINISTRATION)
    team = await town.unit("Team", UnitKind.TEAM, schools)
    hr = town.client(None, Role.HR)
    for reserved, code in (
        ([{"unitId": str(team), "seats": 1}], "not_an_administration"),
        ([{"unitId": str(schools), "seats": 13}], "reserved_over_capacity"),
        ([{"unitId": str(schools), "seats": 1}, {"unitId": str(schools), "seats": 1}], "reserved_twice"),
    ):
        refused = await hr.post("/v1/cohorts", json={**PLAN, "programmeId": str(programme), "reserved": reserved})
        assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_hr_releases_the_reserved_seats_of_one_administration_then_all(town: Municipality) -> None:
    schools, care = [await town.unit(name, UnitKind.ADMINISTRATION) for name in ("Skoler", "Ældre")]
    hr = town.client(None, Role.HR)
    reserved = [{"unitId": str(schools), "seats": 2}, {"unitId": str(care), "seats": 3}]
    cohort = await town.cohort(await _draft(town))
    at = f"/v1/cohorts/{cohort}"
    none = await hr.post(f"{at}/release-reserved", json={})
    assert (none.status_code, none.json()["code"]) == (409, "nothing_reserved")
    assert (await hr.patch(at, json={"reserved": reserved})).json()["reserved"] == reserved
    released = await hr.post(f"{at}/release-reserved", json={"unitId": str(schools)})
    assert released.json()["reserved"] == reserved[1:]
    wrong = await hr.post(f"{at}/release-reserved", json={"unitId": str(schools)})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "nothing_reserved")
    assert (await hr.post(f"{at}/release-reserved", json={})).json()["reserved"] == []


async def test_capacity_does_not_fall_below_the_seats_that_are_offered_or_accepted(town: Municipality) -> None:
    cohort = await town.open_cohort(capacity=4)
    await _candidate(town, "Mette", cohort, CandidacyState.OFFERED)
    await _candidate(town, "Ole", cohort, CandidacyState.ACCEPTED)
    await _candidate(town, "Per", cohort, CandidacyState.DECLINED)
    hr = town.client(None, Role.HR)
    read = (await hr.get(f"/v1/cohorts/{cohort}")).json()
    assert (read["seatsTaken"], read["seatsFree"]) == (2, 2)
    refused = await hr.patch(f"/v1/cohorts/{cohort}", json={"capacity": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "capacity_below_taken")
    lower = await hr.patch(f"/v1/cohorts/{cohort}", json={"capacity": 2})
    assert (lower.status_code, lower.json()["seatsFree"]) == (200, 0)


async def test_a_cohort_is_planned_until_the_programme_selects_and_changed_until_it_is_over(
    town: Municipality,
) -> None:
    programme = await _draft(town)
    cohort = await town.cohort(programme)
    await town.opened(programme)
    hr = town.client(None, Role.HR)
    another = {**PLAN, "programmeId": str(programme), "name": "Hold 2"}
    assert (await hr.post("/v1/cohorts", json=another)).status_code == 201
    await hr.post(f"/v1/programmes/{programme}/start-selecting", json={})
    late = await hr.post("/v1/cohorts", json=another)
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")
    assert (await hr.patch(f"/v1/cohorts/{cohort}", json={"capacity": 14})).status_code == 200
    await hr.post(f"/v1/programmes/{programme}/cancel", json={"reason": "Budgettet faldt bort"})
    over = await hr.patch(f"/v1/cohorts/{cohort}", json={"capacity": 15})
    assert (over.status_code, over.json()["code"]) == (409, "programme_over")
    assert (await hr.get(f"/v1/cohorts/{cohort}")).json()["allowedActions"] == []


async def test_an_employee_reads_an_open_cohort_and_changes_nothing_in_it(town: Municipality) -> None:
    cohort = await town.open_cohort()
    await town.person("Mette")
    mette = town.client("Mette")
    read = (await mette.get(f"/v1/cohorts/{cohort}")).json()
    assert read["capacity"] == 12
    assert not {"change", "releaseReserved"} & set(read["allowedActions"])
    assert (await mette.patch(f"/v1/cohorts/{cohort}", json={"capacity": 100})).status_code == 403
    wanted = {**PLAN, "programmeId": read["programmeId"]}
    assert (await mette.post("/v1/cohorts", json=wanted)).status_code == 403


async def test_cohorts_are_found_by_programme_deadline_and_start(town: Municipality) -> None:
    programme = await _draft(town)
    hr = town.client(None, Role.HR)
    for name, starts_on in (("Sent", "2027-09-01"), ("Tidligt", "2027-03-01")):
        wanted = {**PLAN, "programmeId": str(programme), "name": name, "startsOn": starts_on}
        assert (await hr.post("/v1/cohorts", json=wanted)).status_code == 201

    async def names(**wanted: str) -> list[str]:
        answer = await hr.get("/v1/cohorts", params=wanted)
        assert answer.status_code == 200, answer.text
        return [one["name"] for one in answer.json()["items"]]

    assert await names(programmeId=str(programme)) == ["Tidligt", "Sent"]
    assert await names(startsFrom="2027-04-01") == ["Sent"]
    assert await names(startsBefore="2027-04-01") == ["Tidligt"]
    assert await names(applyFrom="2027-02-01T00:00:00Z") == []
    assert await names(sort="-startsOn") == ["Sent", "Tidligt"]
