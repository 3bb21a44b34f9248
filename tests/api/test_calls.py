"""Calls: whom they are for, and that they alone read them, beside those who run, back and serve the programme."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from service.domain.actor import Role, Scope
from service.domain.candidacies.intake import Apply, apply
from service.domain.engagements.commands import BeginEngagement, EndEngagement
from service.domain.engagements.commands import begin as begin_engagement
from service.domain.engagements.commands import end as end_engagement
from service.domain.persons.commands import LeavePerson, leave
from service.domain.units.model import UnitKind
from tests.municipality import LONG_AGO, Municipality


class Call:
    """Health with a team under it, technics; a nurse and a porter in the team, an engineer in technics."""

    def __init__(self, town: Municipality, programme: UUID, cohort: UUID, units: dict[str, UUID]) -> None:
        self.town, self.programme, self.cohort, self.units = town, programme, cohort, units

    async def readers(self, *names: str) -> set[str]:
        """Those of them who read the programme and its cohort, one by one and in lists, at both doors alike."""
        found: set[str] = set()
        for name in names:
            client = self.town.client(name)
            seen = {await one for one in self._ways(client)}
            assert len(seen) == 1, (name, seen)
            found |= {name} if seen == {True} else set()
        return found

    def _ways(self, client: httpx.AsyncClient) -> list[Any]:
        async def one(path: str) -> bool:
            return (await client.get(path)).status_code == 200

        async def listed(path: str) -> bool:
            return bool((await client.get(path)).json()["items"])

        async def graph(name: str, identity: UUID) -> bool:
            query = f'{{ it: {name}(id: "{identity}") {{ id }} node(id: "{identity}") {{ id }} }}'
            data = (await client.post("/graphql", json={"query": query})).json()["data"]
            assert bool(data["it"]) == bool(data["node"])
            return bool(data["it"])

        return [
            one(f"/v1/programmes/{self.programme}"),
            one(f"/v1/cohorts/{self.cohort}"),
            listed("/v1/programmes"),
            listed("/v1/cohorts"),
            graph("programme", self.programme),
            graph("cohort", self.cohort),
        ]


async def _begun(town: Municipality, name: str, unit: UUID, employment: str | None, **known: Any) -> None:
    person = await town.person(name, **known)
    wanted = BeginEngagement(
        person_id=person, unit_id=unit, position_title="Ansat", start_on=LONG_AGO, employment_type=employment
    )
    await town.run(begin_engagement, wanted)


@pytest.fixture
async def call(town: Municipality) -> Call:
    health = await town.unit("Sundhed", UnitKind.ADMINISTRATION)
    technics = await town.unit("Teknik", UnitKind.ADMINISTRATION)
    team = await town.unit("Team", UnitKind.TEAM, health)
    await town.leader("Mads", team)
    await _begun(town, "Nora", team, "permanent", professional_field="nursing")
    await _begun(town, "Per", team, "temporary", professional_field="service")
    await _begun(town, "Ina", technics, "permanent", professional_field="engineering")
    await town.person("Uno")  # an employee of whom no engagement is on record
    await town.person("Xenia", external=True)
    programme = await town.programme(await town.framework())
    cohort = await town.cohort(programme)
    return Call(town, programme, cohort, {"health": health, "technics": technics, "team": team})


EMPLOYEES = ("Nora", "Per", "Ina", "Uno", "Mads")


async def _for(call: Call, **group: list[str]) -> None:
    body = {"targetGroup": group}
    changed = await call.town.client(None, Role.HR).patch(f"/v1/programmes/{call.programme}", json=body)
    assert changed.status_code == 200, changed.text
    await call.town.opened(call.programme)


async def test_F1_a_call_without_limits_is_readable_by_every_employee_and_by_nobody_from_outside(call: Call) -> None:
    assert await call.readers(*EMPLOYEES, "Xenia") == set()
    await _for(call)
    assert await call.readers(*EMPLOYEES, "Xenia") == set(EMPLOYEES)
    for outside in (call.town.client(), call.town.client(None, Scope.PEOPLE_READ), call.town.client(None, Role.ADMIN)):
        assert (await outside.get(f"/v1/programmes/{call.programme}")).status_code == 404
        assert (await outside.get(f"/v1/cohorts/{call.cohort}")).status_code == 404


async def test_F1_a_call_is_readable_by_every_employee_of_its_target_group_by_administration(call: Call) -> None:
    await _for(call, administrationIds=[str(call.units["health"])])
    assert await call.readers(*EMPLOYEES) == {"Nora", "Per", "Mads"}


async def test_F1_a_call_is_readable_by_every_employee_of_its_target_group_by_professional_field(call: Call) -> None:
    await _for(call, professionalFields=["engineering", "nursing"])
    # Mads leads Nora and may nominate her (F2); the field is not his own.
    assert await call.readers(*EMPLOYEES) == {"Nora", "Ina", "Mads"}


async def test_F1_a_call_is_readable_by_every_employee_of_its_target_group_by_employment(call: Call) -> None:
    await _for(call, employmentTypes=["temporary"])
    assert await call.readers(*EMPLOYEES) == {"Per", "Mads"}


async def test_F1_limits_hold_together(call: Call) -> None:
    group = {"administrationIds": [str(call.units["health"])], "employmentTypes": ["permanent"]}
    await _for(call, **group, professionalFields=["nursing", "engineering"])
    assert await call.readers(*EMPLOYEES) == {"Nora", "Mads"}


async def test_F1_any_engagement_of_today_counts_and_none_that_is_over(call: Call) -> None:
    town = call.town
    await _for(call, administrationIds=[str(call.units["technics"])])
    assert await call.readers("Per") == set()
    beside = BeginEngagement(
        person_id=town.people["Per"],
        unit_id=call.units["technics"],
        position_title="Vikar",
        start_on=LONG_AGO,
        is_primary=False,
    )
    second = await town.run(begin_engagement, beside)
    assert await call.readers("Per") == {"Per"}
    today = town.rooms.database.clock().date()
    await town.run(end_engagement, second, EndEngagement(on=today), None)
    assert await call.readers("Per") == set()


async def test_F1_who_has_left_reads_no_call(call: Call) -> None:
    await _for(call)
    today = call.town.rooms.database.clock().date()
    await call.town.run(leave, call.town.people["Uno"], LeavePerson(on=today), None)
    assert await call.readers("Uno") == set()


async def test_F2_W3_the_nearest_manager_of_somebody_in_the_group_reads_the_call_and_what_it_asks_of_managers(
    call: Call,
) -> None:
    asks = {"asksOfManagers": "Giver fri til fem dage", "professionalFields": ["nursing"]}
    hr = call.town.client(None, Role.HR)
    await hr.patch(f"/v1/programmes/{call.programme}", json={"asksOfManagers": asks["asksOfManagers"]})
    await _for(call, professionalFields=["nursing"])
    mads = call.town.client("Mads")
    read = (await mads.get(f"/v1/programmes/{call.programme}")).json()
    assert (read["asksOfManagers"], read["allowedActions"]) == ("Giver fri til fem dage", [])
    ended = await hr.get("/v1/engagements", params={"personId": str(call.town.people["Nora"])})
    today = call.town.rooms.database.clock().date()
    engagement = UUID(ended.json()["items"][0]["id"])
    await call.town.run(end_engagement, engagement, EndEngagement(on=today), None)
    assert await call.readers("Mads", "Nora") == {"Nora"}


async def test_F5_the_call_tells_its_criteria_and_whom_it_is_for(call: Call) -> None:
    await _for(call, professionalFields=["nursing"])
    read = (await call.town.client("Nora").get(f"/v1/programmes/{call.programme}")).json()
    assert len(read["criteria"]) == 6
    assert all(one["weight"] == 1 and one["name"] for one in read["criteria"])
    assert read["targetGroup"] == {
        "administrationIds": [],
        "professionalFields": ["nursing"],
        "employmentTypes": [],
    }


async def test_F5_a_candidate_goes_on_reading_the_call_wherever_they_work_by_now(call: Call) -> None:
    town = call.town
    await _for(call, administrationIds=[str(call.units["health"])])
    await town.run(apply, Apply(cohort_id=call.cohort, motivation="Jeg vil lede."), actor=town.actor("Nora"))
    hr = town.client(None, Role.HR)
    listed = await hr.get("/v1/engagements", params={"personId": str(town.people["Nora"])})
    moved = {"unitId": str(call.units["technics"])}
    changed = await hr.patch(f"/v1/engagements/{listed.json()['items'][0]['id']}", json=moved)
    assert changed.status_code == 200, changed.text
    assert await call.readers("Nora", "Ina") == {"Nora"}


async def test_W2_who_is_planned_to_lead_a_module_reads_the_programme_and_hr_alone_runs_it(call: Call) -> None:
    town = call.town
    module = {"title": "Internat", "learningForms": ["teaching"], "days": 2}
    led = {**module, "facilitatorIds": [str(town.people["Xenia"])]}
    hr = town.client(None, Role.HR)
    await hr.patch(f"/v1/programmes/{call.programme}", json={"modules": [module, led]})
    assert await call.readers("Xenia", "Nora") == {"Xenia"}
    xenia = town.client("Xenia")
    assert (await xenia.get(f"/v1/programmes/{call.programme}")).json()["allowedActions"] == []
    for other in (xenia, town.client("Mads"), town.client(None, Role.TOP_MANAGEMENT)):
        for verb in ("adjust", "open", "start-selecting", "start", "complete", "evaluate"):
            answer = await other.post(f"/v1/programmes/{call.programme}/{verb}", json={})
            assert answer.status_code in {403, 404}, (verb, answer.text)
    adjusted = await hr.post(f"/v1/programmes/{call.programme}/adjust", json={"modules": [module]})
    assert adjusted.status_code == 200
    assert await call.readers("Xenia") == set()


async def test_W1_W5_those_who_own_and_back_it_read_a_draft_and_employees_do_not(call: Call) -> None:
    assert await call.readers(*EMPLOYEES) == set()
    for role in (Role.HR, Role.TOP_MANAGEMENT, Role.WORKS_COUNCIL):
        assert (await call.town.client(None, role).get(f"/v1/programmes/{call.programme}")).status_code == 200
        assert (await call.town.client(None, role).get(f"/v1/cohorts/{call.cohort}")).status_code == 200


async def test_F5_what_a_call_promises_is_frozen_and_what_goes_around_it_is_not(call: Call) -> None:
    await _for(call)
    hr, at = call.town.client(None, Role.HR), f"/v1/programmes/{call.programme}"
    promises: list[dict[str, Any]] = [
        {"targetGroup": {"professionalFields": ["nursing"]}},
        {"criteria": []},
        {"level": "individual"},
    ]
    for frozen in promises:
        refused = await hr.patch(at, json=frozen)
        assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
        assert (await hr.post(f"{at}/adjust", json=frozen)).json()["code"] == "malformed"
    module = {"title": "Internat", "learningForms": ["dilemma_exercise"], "days": 2}
    dated = await hr.post(f"{at}/adjust", json={"startsOn": "2027-03-24", "modules": [module]})
    assert [one["startsOn"] for one in dated.json()["modules"]] == ["2027-03-30"]
    moved = await hr.post(f"{at}/adjust", json={"startsOn": "2027-04-05"})
    assert [one["startsOn"] for one in moved.json()["modules"]] == ["2027-04-05"]
    undated = await hr.post(f"{at}/adjust", json={"startsOn": None})
    assert [one["startsOn"] for one in undated.json()["modules"]] == [None]


async def test_a_target_group_names_administrations_and_a_module_people_of_the_organisation(
    call: Call, other_town: Municipality
) -> None:
    hr, at = call.town.client(None, Role.HR), f"/v1/programmes/{call.programme}"
    team, stranger = str(call.units["team"]), str(await other_town.person("Fremmed"))
    module = {"title": "Internat", "learningForms": ["teaching"], "days": 2}
    for body, expected in (
        ({"targetGroup": {"administrationIds": [team]}}, (422, "not_an_administration")),
        ({"ways": [{"way": "tip", "administrationIds": [team]}]}, (422, "not_an_administration")),
        ({"modules": [{**module, "facilitatorIds": [stranger]}]}, (404, "not_found")),
        ({"modules": [{**module, "endsAfterDays": 4}]}, (422, "module_without_time")),
        ({"modules": [{**module, "learningForms": []}]}, (422, "malformed")),
        ({"alsoLevels": ["pre_leader"]}, (422, "level_twice")),
        ({"alsoLevels": ["individual", "individual"]}, (422, "level_twice")),
    ):
        refused = await hr.patch(at, json=body)
        assert (refused.status_code, refused.json()["code"]) == expected, body


async def test_programmes_are_found_by_name_sponsor_deadline_and_every_level_of_a_hybrid(call: Call) -> None:
    town, hr = call.town, call.town.client(None, Role.HR)
    await hr.patch(f"/v1/programmes/{call.programme}", json={"name": "Ældre leder", "alsoLevels": ["clarification"]})
    other = await town.programme(await _edition(town), name="Zenit")

    async def names(**wanted: str) -> list[str]:
        answer = await hr.get("/v1/programmes", params=wanted)
        assert answer.status_code == 200, answer.text
        return [one["name"] for one in answer.json()["items"]]

    assert await names(level="clarification") == ["Ældre leder"]
    assert await names(level="pre_leader") == ["Zenit", "Ældre leder"]
    assert await names(name="ældre") == ["Ældre leder"]
    assert await names(name="leder") == []
    assert await names(openNow="true") == []
    await town.opened(call.programme)
    assert await names(openNow="true", deadlinePassed="false") == ["Ældre leder"]
    assert await names(openNow="false") == ["Zenit"]
    assert await names(deadlinePassed="true") == []
    past = {"applyBy": "2020-01-01T12:00:00Z", "startsOn": "2027-01-01"}
    moved = await hr.patch(f"/v1/cohorts/{call.cohort}", json=past)
    assert moved.status_code == 200, moved.text
    assert await names(openNow="true") == []
    assert await names(deadlinePassed="true") == ["Ældre leder"]
    assert await names(templateId=str(other)) == []


async def _edition(town: Municipality) -> UUID:
    listed = await town.client(None, Role.HR).get("/v1/frameworks", params={"state": "published"})
    return UUID(listed.json()["items"][0]["id"])


async def test_F1_who_is_not_in_the_target_group_neither_applies_nor_is_nominated(call: Call) -> None:
    town = call.town
    await _for(call, professionalFields=["nursing"])
    mine = {"cohortId": str(call.cohort), "motivation": "Jeg vil lede."}
    assert (await town.client("Ina").post("/v1/candidacies", json=mine)).status_code == 404
    mads = town.client("Mads")
    refused = await mads.post("/v1/candidacies", json=mine)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_in_target_group")
    for name, status in (("Per", 409), ("Nora", 201)):
        wish = {"cohortId": str(call.cohort), "personId": str(town.people[name]), "rationale": "Ser mennesker."}
        made = await mads.post("/v1/nominations", json=wish)
        assert (made.status_code, made.json().get("code", "")) == (
            status,
            "not_in_target_group" if status == 409 else "",
        )
    assert (await town.client("Nora").post("/v1/candidacies", json=mine)).status_code == 201


async def test_F1_a_draft_of_somebody_who_has_left_the_target_group_is_not_sent_in(call: Call) -> None:
    town = call.town
    await _for(call, administrationIds=[str(call.units["health"])])
    nora, hr = town.client("Nora"), town.client(None, Role.HR)
    made = await nora.post("/v1/candidacies", json={"cohortId": str(call.cohort), "submit": False})
    assert "submit" in made.json()["allowedActions"]
    listed = await hr.get("/v1/engagements", params={"personId": str(town.people["Nora"])})
    moved = {"unitId": str(call.units["technics"])}
    await hr.patch(f"/v1/engagements/{listed.json()['items'][0]['id']}", json=moved)
    url = made.headers["location"]
    assert "submit" not in (await nora.get(url)).json()["allowedActions"]
    refused = await nora.post(f"{url}/submit", json={"motivation": "Jeg vil lede."})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_in_target_group")
