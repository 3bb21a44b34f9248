"""A programme is cancelled: everybody concerned is told, and nobody waits for an answer that never comes."""

import asyncio
from typing import Any
from uuid import UUID

import httpx

from service.domain.actor import Role
from service.domain.candidacies.answering import AcceptOffer, accept
from service.domain.candidacies.deciding import Waitlist, waitlist
from service.domain.candidacies.intake import Apply, apply
from service.domain.nominations.answering import lapse_unanswered
from service.domain.nominations.commands import Nominate, nominate
from service.domain.programmes.progress import CancelProgramme, cancel
from service.domain.unit_of_work import UnitOfWork
from tests.municipality import Municipality
from tests.selection import Selection, selection

_WAITS = """
SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')
"""


async def _programme(it: Selection) -> UUID:
    return UUID((await it.hr.get(f"/v1/cohorts/{it.cohort}")).json()["programmeId"])


async def _events(it: Selection, type_: str) -> list[dict[str, Any]]:
    listed = await it.hr.get("/v1/events", params={"first": 200, "type": type_})
    return listed.json()["items"]


async def test_W3_one_event_tells_each_person_concerned_and_says_nothing_of_the_reason(town: Municipality) -> None:
    it = await selection(town)
    programme = await _programme(it)
    for name in ("Nina", "Fie"):
        await town.person(name, it.team)
    module = {
        "title": "Internat",
        "learningForms": ["teaching"],
        "days": 2,
        "facilitatorIds": [str(town.people["Fie"])],
    }
    planned = await it.hr.post(f"/v1/programmes/{programme}/adjust", json={"modules": [module]})
    assert planned.status_code == 200, planned.text
    await town.run(accept, await it.offered("Mette", "Mads"), AcceptOffer(), None, actor=town.actor("Mette"))
    await it.supported("Ole", "Mads")
    wanted = Nominate(cohort_id=it.cohort, person_id=town.people["Nina"], rationale="Ser mennesker.")
    await town.run(nominate, wanted, actor=town.actor("Mads"))
    cancelled = await it.hr.post(f"/v1/programmes/{programme}/cancel", json={"reason": "Budgettet faldt bort"})
    assert cancelled.status_code == 200, cancelled.text
    told = await _events(it, "programme.cancellation_told")
    names = {str(person): name for name, person in town.people.items()}
    assert {names[one["data"]["personId"]]: one["data"]["parts"] for one in told} == {
        "Mette": ["participant"],
        "Ole": ["candidate"],
        "Nina": ["candidate"],
        "Mads": ["manager", "nominator"],
        "Anna": ["assessor"],
        "Bo": ["assessor"],
        "Fie": ["facilitator"],
        "Birgit": ["sponsor"],
    }
    assert len(told) == len({one["data"]["personId"] for one in told})
    assert all(one["resourceId"] == str(programme) for one in told)
    assert "Budgettet" not in str(await _events(it, "programme.cancelled")) + str(told)


async def test_a_nomination_that_waits_for_an_answer_goes_with_the_programme_and_its_rationale_with_it(
    town: Municipality,
) -> None:
    it = await selection(town)
    wanted = Nominate(cohort_id=it.cohort, person_id=town.people["Mette"], rationale="Ser mennesker.")
    nomination = await town.run(nominate, wanted, actor=town.actor("Mads"))
    await it.hr.post(f"/v1/programmes/{await _programme(it)}/cancel", json={"reason": "Budgettet faldt bort"})
    mette = town.client("Mette")
    read = (await mette.get(f"/v1/nominations/{nomination}")).json()
    assert read["allowedActions"] == ["refuse"]
    await town.rooms.transactions.run(town.hr, lapse_unanswered)
    read = (await mette.get(f"/v1/nominations/{nomination}")).json()
    assert (read["state"], read["rationale"]) == ("lapsed", None)


async def test_everybody_without_a_final_answer_gets_one_and_participants_come_to_an_end(town: Municipality) -> None:
    it = await selection(town)
    programme = await _programme(it)
    await town.person("Nina", it.team)
    accepted = await it.offered("Mette", "Mads")
    await town.run(accept, accepted, AcceptOffer(), None, actor=town.actor("Mette"))
    offered = await it.offered("Ole", "Mads")
    waiting = await it.assessed("Per", "Tove")
    await town.run(waitlist, waiting, Waitlist(reason="Næste gang"), None)
    draft = await town.run(apply, Apply(cohort_id=it.cohort, submit=False), actor=town.actor("Nina"))
    await it.hr.post(f"/v1/programmes/{programme}/cancel", json={"reason": "Budgettet faldt bort"})
    read = {one: (await it.hr.get(f"/v1/candidacies/{one}")).json() for one in (accepted, offered, waiting)}
    assert [read[one]["state"] for one in (accepted, offered, waiting)] == ["accepted", "lapsed", "declined"]
    assert [read[one]["reason"] for one in (offered, waiting)] == ["Budgettet faldt bort"] * 2
    assert read[waiting]["decidedAt"] is not None
    assert read[waiting]["rank"] is None
    mine = await town.client("Nina").get(f"/v1/candidacies/{draft}")
    assert mine.json()["state"] == "withdrawn"
    (taking_part,) = (await it.hr.get("/v1/participations")).json()["items"]
    assert (taking_part["state"], taking_part["leaveReason"]) == ("not_completed", None)
    assert taking_part["allowedActions"] == ["recordOutcome", "addNextStep"]


async def test_what_was_decided_before_stays_as_it_was(town: Municipality) -> None:
    it = await selection(town)
    programme = await _programme(it)
    declined = await it.assessed("Ole", "Mads")
    await it.hr.post(f"/v1/candidacies/{declined}/decline", json={"reason": "Ikke denne gang", "feedback": "Søg igen"})
    before = (await it.hr.get(f"/v1/candidacies/{declined}")).json()
    await it.hr.post(f"/v1/programmes/{programme}/cancel", json={"reason": "Budgettet faldt bort"})
    assert (await it.hr.get(f"/v1/candidacies/{declined}")).json() == before
    told = await _events(it, "programme.cancellation_told")
    assert [one["data"]["parts"] for one in told] == [["sponsor"]]


async def test_nobody_slips_into_a_programme_that_is_being_cancelled(town: Municipality) -> None:
    it = await selection(town)
    programme = await _programme(it)
    body = {"cohortId": str(it.cohort), "motivation": "Jeg vil lede."}
    waiting: list[asyncio.Task[httpx.Response]] = []

    async def cancelling(uow: UnitOfWork) -> None:
        await cancel(programme, CancelProgramme(reason="Budgettet faldt bort"), None, uow)
        waiting.append(asyncio.create_task(town.client("Mette").post("/v1/candidacies", json=body)))
        while not await town.rooms.database.pool.fetchval(_WAITS):  # noqa: ASYNC110  -- the other's wait has no event
            await asyncio.sleep(0.01)

    await town.rooms.transactions.run(town.hr, cancelling)
    refused = await waiting[0]
    assert (refused.status_code, refused.json()["code"]) == (409, "call_closed")
    assert (await it.hr.get("/v1/candidacies")).json()["items"] == []


async def test_W1_only_hr_cancels_and_a_cancelled_programme_lets_nothing_more_be_done(town: Municipality) -> None:
    it = await selection(town)
    programme = await _programme(it)
    for client in (it.top, town.client("Mads"), town.client(None, Role.WORKS_COUNCIL)):
        assert (await client.post(f"/v1/programmes/{programme}/cancel", json={"reason": "Nej"})).status_code == 403
    await it.hr.post(f"/v1/programmes/{programme}/cancel", json={"reason": "Budgettet faldt bort"})
    assert (await it.hr.get(f"/v1/programmes/{programme}")).json()["allowedActions"] == []
