"""Reconsiderations over REST: once, in time, answered by somebody who had no part in it."""

from uuid import UUID

import httpx
import pytest

from service.domain.actor import Role
from tests.clock import MovableClock
from tests.events import told
from tests.municipality import Municipality
from tests.selection import Selection, selection

NO = {"reason": "Andre er længere.", "feedback": "Prøv en opgave på tværs."}
GROUNDS = {"grounds": "Mit forløb på tværs er ikke set."}


async def declined(chosen: Selection, name: str = "Mette", by: str = "Hanne") -> UUID:
    """A candidacy that a person in HR has declined; Ida and Karl are there to answer."""
    town = chosen.town
    for other in ("Hanne", "Ida", "Karl"):
        if other not in town.people:
            await town.person(other, chosen.technics)
    candidacy = await chosen.assessed(name, "Mads")
    done = await town.client(by, Role.HR).post(f"/v1/candidacies/{candidacy}/decline", json=NO)
    assert done.status_code == 200, done.text
    return candidacy


async def asked(chosen: Selection, candidacy: UUID, name: str = "Mette") -> httpx.Response:
    return await chosen.town.client(name).post(f"/v1/candidacies/{candidacy}/ask-reconsideration", json=GROUNDS)


async def asked_for(chosen: Selection, candidacy: UUID) -> str:
    assert (await asked(chosen, candidacy)).status_code == 200
    (one,) = (await chosen.hr.get("/v1/reconsiderations", params={"candidacyId": str(candidacy)})).json()["items"]
    return f"/v1/reconsiderations/{one['id']}"


async def test_F5_the_answer_says_why_what_to_work_on_and_until_when_one_may_ask_again(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await declined(chosen)
    read = (await town.client("Mette").get(f"/v1/candidacies/{candidacy}")).json()
    assert (read["state"], read["reason"], read["feedback"]) == ("declined", *NO.values())
    assert (read["reconsiderBy"], read["allowedActions"]) == ("2026-09-21", ["askReconsideration"])
    silent = await chosen.hr.post(
        f"/v1/candidacies/{await chosen.assessed('Ole', 'Mads')}/decline", json={"reason": "Nej."}
    )
    assert (silent.status_code, silent.json()["code"]) == (422, "malformed")


async def test_a_reconsideration_that_succeeds_reopens_that_candidacy_alone(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy, other = await declined(chosen), await declined(chosen, "Ole")
    url = await asked_for(chosen, candidacy)
    answer = {"succeeds": True, "answer": "Forløbet skal tælle med."}
    done = await town.client("Ida", Role.HR).post(f"{url}/answer", json=answer)
    assert (done.status_code, done.json()["answeredById"]) == (200, str(town.people["Ida"]))
    mette = town.client("Mette")
    read = (await mette.get(f"/v1/candidacies/{candidacy}", params={"expand": "reconsideration"})).json()
    assert (read["state"], read["reason"], read["decidedAt"]) == ("assessed", None, None)
    assert read["reconsideration"]["answer"] == "Forløbet skal tælle med."
    assert await chosen.state(other) == "declined"
    again = await chosen.hr.post(f"/v1/candidacies/{candidacy}/decline", json=NO)
    assert again.json()["state"] == "declined"
    # It is a new decision, and there is no second reconsideration.
    assert (await mette.get(f"/v1/candidacies/{candidacy}")).json()["allowedActions"] == []
    refused = await asked(chosen, candidacy)
    assert (refused.status_code, refused.json()["code"]) == (409, "reconsideration_asked")


async def test_a_reconsideration_that_does_not_succeed_changes_nothing(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await declined(chosen)
    url = await asked_for(chosen, candidacy)
    done = await town.client("Ida", Role.TOP_MANAGEMENT).post(
        f"{url}/answer", json={"succeeds": False, "answer": "Vurderingen holder."}
    )
    assert (done.status_code, done.json()["allowedActions"]) == (200, [])
    assert await chosen.state(candidacy) == "declined"
    twice = await town.client("Karl", Role.HR).post(f"{url}/answer", json={"succeeds": True, "answer": "Jo."})
    assert (twice.status_code, twice.json()["code"]) == (409, "already_answered")


@pytest.mark.parametrize("involved", ["Anna", "Hanne", "Mads", "Mette", "Karl", None])
async def test_nobody_answers_who_assessed_decided_gave_the_statement_or_is_related(
    town: Municipality, involved: str | None
) -> None:
    """Anna assessed, Hanne declined, Mads gave the statement, Karl is related; a system is nobody."""
    chosen = await selection(town)
    candidacy = await declined(chosen)
    url = await asked_for(chosen, candidacy)
    await town.client("Karl").post("/v1/declared-relations", json={"otherPersonId": str(town.people["Mette"])})
    client = town.client(involved, Role.HR)
    assert (await client.get(url)).json()["allowedActions"] == []
    refused = await client.post(f"{url}/answer", json={"succeeds": True, "answer": "Jo."})
    assert (refused.status_code, refused.json()["code"]) == (409, "reconsideration_involved")
    assert (await town.client("Ida", Role.HR).get(url)).json()["allowedActions"] == ["answer"]


async def test_one_may_ask_until_the_last_day_and_no_later(town: Municipality, clock: MovableClock) -> None:
    chosen = await selection(town)
    candidacy = await declined(chosen)
    before = clock.now
    clock.forward(days=15)
    try:
        assert (await town.client("Mette").get(f"/v1/candidacies/{candidacy}")).json()["allowedActions"] == []
        refused = await asked(chosen, candidacy)
        assert (refused.status_code, refused.json()["code"]) == (409, "reconsideration_too_late")
        assert "2026-09-21" in refused.json()["detail"]
        clock.forward(days=-1)
        assert (await asked(chosen, candidacy)).status_code == 200
    finally:
        clock.now = before


async def test_only_the_candidate_asks_and_two_at_the_same_moment_are_one(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await declined(chosen)
    for other in ("Mads", "Anna"):
        assert (await asked(chosen, candidacy, other)).status_code == 403
    assert (await asked(chosen, candidacy, "Ole")).status_code == 404
    assert sorted([(await asked(chosen, candidacy)).status_code for _ in range(2)]) == [200, 409]
    assert len((await chosen.hr.get("/v1/reconsiderations")).json()["items"]) == 1


async def test_an_answer_that_is_overdue_shows(town: Municipality, clock: MovableClock) -> None:
    chosen = await selection(town)
    candidacy = await declined(chosen)
    url = await asked_for(chosen, candidacy)
    before = clock.now

    async def overdue() -> tuple[int, int]:
        listed = await chosen.hr.get("/v1/reconsiderations", params={"overdue": "true", "answered": "false"})
        late = await chosen.hr.get("/v1/candidacies", params={"deadlinePassed": "true"})
        return len(listed.json()["items"]), len(late.json()["items"])

    assert await overdue() == (0, 0)
    clock.forward(days=15)
    try:
        assert await overdue() == (1, 1)
        answer = {"succeeds": False, "answer": "Vurderingen holder."}
        await town.client("Ida", Role.HR).post(f"{url}/answer", json=answer)
        assert await overdue() == (0, 0)
    finally:
        clock.now = before


async def test_who_reads_a_reconsideration(town: Municipality) -> None:
    chosen = await selection(town)
    url = await asked_for(chosen, await declined(chosen))
    for reader in (chosen.hr, chosen.top, town.client("Mette")):
        assert (await reader.get(url)).json()["grounds"] == GROUNDS["grounds"]
    for other in ("Mads", "Anna", "Ole", "Dorthe"):
        assert (await town.client(other).get(url)).status_code == 404
    (event,) = await told(town, "reconsideration.asked")
    assert GROUNDS["grounds"] not in str(event)
