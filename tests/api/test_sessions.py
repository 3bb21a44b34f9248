"""Sessions over REST: planned in modules, changed, called off, and who reads them."""

from typing import Any
from uuid import UUID

import pytest

from service.domain.actor import Role
from service.domain.persons.commands import ProtectPerson, protect
from service.domain.programmes.progress import CancelProgramme
from service.domain.programmes.progress import cancel as cancel_programme
from tests.clock import MovableClock
from tests.cohort_life import CohortLife, cohort_life
from tests.municipality import Municipality


def plan(life: CohortLife, **other: Any) -> dict[str, Any]:
    """A session of module 2, a week from now, on the wire."""
    return {
        "cohortId": str(life.cohort),
        "module": 2,
        "title": "At give feedback",
        "learningForm": "workshop",
        "startsAt": life.at(7).isoformat(),
        "endsAt": life.at(7, 6).isoformat(),
        "place": "Rådhuset, sal 2",
        "facilitatorId": str(life.town.people["Per"]),
        **other,
    }


async def test_hr_plans_a_session_and_reads_it_with_its_module_and_who_teaches(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    made = await life.hr.post("/v1/sessions", json=plan(life))
    assert made.status_code == 201, made.text
    read = (await life.hr.get(made.headers["location"], params={"expand": "cohort,facilitator"})).json()
    assert (read["module"], read["moduleName"], read["facilitatorName"]) == (2, "Relationer", "Per")
    assert (read["state"], read["sequence"], read["external"]) == ("planned", 0, False)
    assert read["facilitator"]["id"] == str(town.people["Per"])
    assert read["allowedActions"] == ["change", "cancel"]
    outside = plan(life, facilitatorId=None, externalFacilitator="En konsulent")
    read = (await life.hr.post("/v1/sessions", json=outside)).json()
    assert (read["facilitatorName"], read["external"], read["facilitatorId"]) == ("En konsulent", True, None)


@pytest.mark.parametrize(
    ("values", "status", "code", "pointer"),
    [
        ({"module": 9}, 422, "unknown_module", "/module"),
        ({"startsAt": "2027-03-01T09:00:00"}, 422, "offset_missing", "/startsAt"),
        ({"endsAt": "2020-03-01T09:00:00Z"}, 422, "session_ends_before_it_starts", "/endsAt"),
        ({"externalFacilitator": "En til"}, 422, "facilitator_twice", "/externalFacilitator"),
        (
            {"facilitatorId": "01990000-0000-7000-8000-000000000000"},
            422,
            "unknown_reference",
            "/facilitatorId",
        ),
        ({"cohortId": "01990000-0000-7000-8000-000000000000"}, 404, "not_found", None),
    ],
)
async def test_a_session_that_cannot_be_is_refused_with_the_reason(
    town: Municipality, clock: MovableClock, values: dict[str, Any], status: int, code: str, pointer: str | None
) -> None:
    life = await cohort_life(town, clock)
    refused = await life.hr.post("/v1/sessions", json=plan(life, **values))
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.json().get("errors", [{}])[0].get("pointer") == pointer
    assert await life.listed("sessions") == []


async def test_a_session_is_changed_until_it_is_called_off(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    url = f"/v1/sessions/{await life.session(2, 7)}"
    moved = await life.hr.patch(url, json={"startsAt": life.at(8).isoformat(), "endsAt": life.at(8, 6).isoformat()})
    assert moved.json()["sequence"] == 1
    same = await life.hr.patch(url, json={"place": "Rådhuset"})
    assert same.json()["sequence"] == 1
    assert (await life.hr.post(f"{url}/cancel", json={})).json()["state"] == "cancelled"
    for refused in (await life.hr.patch(url, json={"title": "Igen"}), await life.hr.post(f"{url}/cancel", json={})):
        assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")


async def test_a_module_with_sessions_stays(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    session, url = await life.session(2, 7), f"/v1/cohorts/{life.cohort}"
    without = [{"number": 3, "name": "Organisationen"}, {"number": 1, "name": "Mig selv"}]
    refused = await life.hr.patch(url, json={"modules": without})
    assert (refused.status_code, refused.json()["code"]) == (409, "module_in_use")
    await life.hr.post(f"/v1/sessions/{session}/cancel", json={})
    changed = await life.hr.patch(url, json={"modules": without})
    assert [(one["number"], one["name"]) for one in changed.json()["modules"]] == [
        (1, "Mig selv"),
        (3, "Organisationen"),
    ]
    twice = await life.hr.patch(url, json={"modules": [without[0], without[0]]})
    assert (twice.status_code, twice.json()["code"]) == (422, "module_twice")


async def test_sessions_are_read_by_those_who_take_part_their_managers_and_who_teaches(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    url = f"/v1/sessions/{await life.session(2, 7)}"
    readers = {"hr": life.hr, "top": life.chosen.top, **{name: life.client(name) for name in ("Mette", "Mads", "Per")}}
    for who, client in readers.items():
        assert (await client.get(url)).status_code == 200, who
    for name in ("Ole", "Dorthe", "Anna"):
        assert (await life.client(name).get(url)).status_code == 404, name
    assert (await town.client(None, Role.WORKS_COUNCIL).get(url)).status_code == 404
    await life.client("Mette").post(f"/v1/participations/{life.mette}/withdraw", json={})
    for name in ("Mette", "Mads"):
        assert (await life.client(name).get(url)).status_code == 404, name


async def test_a_protected_facilitator_is_named_to_nobody(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    url = f"/v1/sessions/{await life.session(2, 7)}"
    assert (await life.client("Mette").get(url)).json()["facilitatorName"] == "Per"
    await town.run(protect, town.people["Per"], ProtectPerson(protected=True), None)
    for client in (life.client("Mette"), life.hr):
        assert (await client.get(url)).json()["facilitatorName"] is None
    shown = (await life.client("Mette").get(url, params={"expand": "facilitator"})).json()
    assert shown["facilitator"] is None


async def test_a_cancelled_programme_calls_off_what_is_ahead_and_lets_nothing_be_planned(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    ahead, over = await life.session(2, 7), await life.session(1, -1)
    programme = UUID((await life.read(f"cohorts/{life.cohort}"))["programmeId"])
    await town.run(cancel_programme, programme, CancelProgramme(reason="Budgettet"), None)
    assert (await life.read(f"sessions/{ahead}"))["state"] == "cancelled"
    assert (await life.read(f"sessions/{over}"))["state"] == "planned"
    refused = await life.hr.post("/v1/sessions", json=plan(life))
    assert (refused.status_code, refused.json()["code"]) == (409, "programme_over")
    refused = await life.hr.patch(f"/v1/sessions/{over}", json={"title": "Igen"})
    assert (refused.status_code, refused.json()["code"]) == (409, "programme_over")


async def test_sessions_are_found_by_what_hr_looks_for(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    first = str(await life.session(1, 3))
    second = str(await life.session(2, 9, facilitator_id=None, external_facilitator="En konsulent"))
    programme = (await life.read(f"cohorts/{life.cohort}"))["programmeId"]
    people = town.people
    found: dict[str, tuple[dict[str, Any], list[str]]] = {
        "cohort": ({"cohortId": str(life.cohort)}, [first, second]),
        "programme": ({"programmeId": programme}, [first, second]),
        "another programme": ({"programmeId": str(life.cohort)}, []),
        "module": ({"module": 2}, [second]),
        "who takes part": ({"personId": str(people["Mette"])}, [first, second]),
        "who does not": ({"personId": str(people["Ole"])}, []),
        "who teaches": ({"facilitatorId": str(people["Per"])}, [first]),
        "form": ({"learningForm": ["teaching", "workshop"]}, [first, second]),
        "another form": ({"learningForm": "simulation"}, []),
        "from": ({"startsFrom": life.at(4).isoformat()}, [second]),
        "before": ({"startsBefore": life.at(4).isoformat()}, [first]),
        "state": ({"state": "cancelled"}, []),
    }
    for what, (filters, expected) in found.items():
        listed = await life.listed("sessions", **filters)
        assert [one["id"] for one in listed] == expected, what


async def test_one_does_not_find_out_where_somebody_else_takes_part(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    await life.session(1, 3)
    mette = {"personId": str(town.people["Mette"])}
    assert len(await life.listed("sessions", life.client("Mette"), **mette)) == 1
    assert len(await life.listed("sessions", life.client("Mads"), **mette)) == 1
    assert len(await life.listed("sessions", life.client("Per"))) == 1
    assert await life.listed("sessions", life.client("Per"), **mette) == []


async def test_who_teaches_what_is_ahead_reads_the_programme_and_hears_that_it_is_cancelled(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    ejnar, ole = await town.person("Ejnar"), town.people["Ole"]
    draft = await town.programme(UUID((await life.read("frameworks"))["items"][0]["id"]))
    life.chosen.cohort = await town.cohort(draft)
    await life.hr.patch(f"/v1/cohorts/{life.cohort}", json={"modules": [{"number": 1, "name": "Mig selv"}]})
    url = f"/v1/programmes/{draft}"
    assert (await life.client("Ejnar").get(url)).status_code == 404
    await life.session(1, 7, facilitator_id=ejnar)
    assert (await life.client("Ejnar").get(url)).status_code == 200
    await life.hr.post(f"/v1/sessions/{await life.session(1, 8, facilitator_id=ole)}/cancel", json={})
    assert (await life.client("Ole").get(url)).status_code == 404
    await town.run(cancel_programme, draft, CancelProgramme(reason="Budgettet"), None)
    told = await life.listed("events", type="programme.cancellation_told", first=200)
    parts = {one["data"]["personId"]: one["data"]["parts"] for one in told}
    assert parts[str(ejnar)] == ["facilitator"]
    assert str(ole) not in parts
