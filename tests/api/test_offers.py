"""Offers over REST: they stand until a set time, lapse by themselves, and the next in line is offered the place."""

import asyncio
from datetime import timedelta
from uuid import UUID

from service.domain.candidacies.waitlist import lapse_offers
from service.domain.cohorts.model import ReservedSeats
from service.main import Rooms, clock_of
from tests.clock import MovableClock
from tests.events import told
from tests.municipality import Municipality, municipality
from tests.queueing import until
from tests.selection import Selection, selection

REASON = {"reason": "Plads på holdet."}


def technics_seat(health: UUID, technics: UUID) -> tuple[ReservedSeats, ...]:
    """One seat for Technics."""
    del health
    return (ReservedSeats(unit_id=technics, seats=1),)


async def waiting(chosen: Selection, name: str, manager: str) -> UUID:
    candidacy = await chosen.assessed(name, manager)
    done = await chosen.hr.post(f"/v1/candidacies/{candidacy}/waitlist", json=REASON)
    assert done.status_code == 200, done.text
    return candidacy


async def test_an_offer_stands_to_the_end_of_its_last_day_where_the_organisation_is(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.offered("Mette", "Mads")
    read = (await town.client("Mette").get(f"/v1/candidacies/{candidacy}")).json()
    # Seven days from Monday 7 September, and midnight in Copenhagen is 22:00 in summer's UTC.
    assert read["answerBy"].startswith("2026-09-14T22:00:00")
    assert (await chosen.hr.patch("/v1/organisation", json={"offerDays": 3})).status_code == 200
    second = await chosen.offered("Ole", "Mads")
    assert (await chosen.hr.get(f"/v1/candidacies/{second}")).json()["answerBy"].startswith("2026-09-10T22:00:00")


async def test_hr_may_set_until_when_an_offer_stands(town: Municipality, clock: MovableClock) -> None:
    chosen = await selection(town)
    candidacy = await chosen.assessed("Mette", "Mads")
    url = f"/v1/candidacies/{candidacy}/offer"
    over = {**REASON, "answerBy": (clock.now - timedelta(hours=1)).isoformat()}
    refused = await chosen.hr.post(url, json=over)
    assert (refused.status_code, refused.json()["code"]) == (422, "answer_by_over")
    nowhere = await chosen.hr.post(url, json={**REASON, "answerBy": "2026-09-09T12:00:00"})
    assert (nowhere.status_code, nowhere.json()["code"]) == (422, "offset_missing")
    done = await chosen.hr.post(url, json={**REASON, "answerBy": "2026-09-09T12:00:00+02:00"})
    assert done.json()["answerBy"].startswith("2026-09-09T10:00:00")


async def test_an_offer_without_an_answer_lapses_and_the_next_in_line_is_offered_the_place(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await selection(town, capacity=1)
    mette = await chosen.offered("Mette", "Mads")
    ole, per = await waiting(chosen, "Ole", "Mads"), await waiting(chosen, "Per", "Tove")
    before = clock.now
    try:
        for day, states in ((7, ["offered", "waitlisted", "waitlisted"]), (1, ["lapsed", "offered", "waitlisted"])):
            clock.forward(days=day)
            await town.rooms.transactions.run(town.hr, lapse_offers)
            assert [await chosen.state(one) for one in (mette, ole, per)] == states
        read = (await town.client("Ole").get(f"/v1/candidacies/{ole}")).json()
        assert read["answerBy"].startswith("2026-09-22T22:00:00")
        clock.forward(days=8)
        await town.rooms.transactions.run(town.hr, lapse_offers)
        assert [await chosen.state(one) for one in (mette, ole, per)] == ["lapsed", "lapsed", "offered"]
    finally:
        clock.now = before


async def test_what_is_answered_too_late_is_refused_with_the_time_though_nobody_has_come_by_yet(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await selection(town)
    candidacy = await chosen.offered("Mette", "Mads")
    before = clock.now
    clock.forward(days=8)
    try:
        mette = town.client("Mette")
        assert (await mette.get(f"/v1/candidacies/{candidacy}")).json()["allowedActions"] == ["turnDown", "withdraw"]
        refused = await mette.post(f"/v1/candidacies/{candidacy}/accept", json={})
        assert (refused.status_code, refused.json()["code"]) == (409, "offer_lapsed")
        assert "until 2026-09-15 00:00 (Europe/Copenhagen)" in refused.json()["detail"]
        assert (await chosen.hr.get("/v1/candidacies", params={"deadlinePassed": "true"})).json()["items"]
    finally:
        clock.now = before


async def test_the_seats_of_an_administration_that_lapse_go_to_its_own_first(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await selection(town, capacity=2, reserved=technics_seat)
    await chosen.offered("Mette", "Mads")
    await town.client("Mette").post(f"/v1/candidacies/{(await _of(chosen, 'Mette'))}/accept", json={})
    per = await chosen.offered("Per", "Tove")
    ole, anna = await waiting(chosen, "Ole", "Mads"), None
    await town.person("Ida", chosen.technics)
    anna = await waiting(chosen, "Ida", "Tove")
    before = clock.now
    clock.forward(days=8)
    try:
        await town.rooms.transactions.run(town.hr, lapse_offers)
        assert [await chosen.state(one) for one in (per, ole, anna)] == ["lapsed", "waitlisted", "offered"]
    finally:
        clock.now = before


async def _of(chosen: Selection, name: str) -> str:
    listed = await chosen.town.client(name).get("/v1/candidacies")
    return listed.json()["items"][0]["id"]


async def test_many_workers_at_once_let_an_offer_lapse_once_and_offer_its_place_once(
    town: Municipality, clock: MovableClock
) -> None:
    chosen = await selection(town, capacity=1)
    mette = await chosen.offered("Mette", "Mads")
    ole, per = await waiting(chosen, "Ole", "Mads"), await waiting(chosen, "Per", "Tove")
    before = clock.now
    clock.forward(days=8)
    try:
        await asyncio.gather(*(town.rooms.transactions.run(town.hr, lapse_offers) for _ in range(6)))
        assert [await chosen.state(one) for one in (mette, ole, per)] == ["lapsed", "offered", "waitlisted"]
        assert [one["resource_id"] for one in await told(town, "candidacy.lapsed")] == [str(mette)]
    finally:
        clock.now = before


async def test_offers_lapse_though_nobody_calls_the_api_and_each_organisation_looks_after_its_own(
    alone: Rooms, clock: MovableClock
) -> None:
    async with municipality(alone) as one, municipality(alone) as other:
        towns = [await selection(town, capacity=1) for town in (one, other)]
        offered = [await chosen.offered("Mette", "Mads") for chosen in towns]
        next_ones = [await waiting(chosen, "Ole", "Mads") for chosen in towns]
        async with alone.database.pool.acquire() as connection:
            # Nobody waits a week in a test: the movable clock is moved, and so is the moment on the queue.
            clock.forward(days=8)
            await connection.execute(
                "UPDATE queue.pgqueuer SET execute_after = now() WHERE entrypoint = 'candidacies.lapse_offers'"
            )

        async def done() -> bool:
            states = [await chosen.state(it) for chosen, it in zip(towns, next_ones, strict=True)]
            return states == ["offered", "offered"]

        async with clock_of(alone), clock_of(alone):
            await until(done)
        assert [await chosen.state(it) for chosen, it in zip(towns, offered, strict=True)] == ["lapsed", "lapsed"]
        for chosen in towns:
            (event,) = await told(chosen.town, "candidacy.lapsed")
            assert event["actor"] == "system"


async def test_nobody_is_offered_a_place_in_a_cohort_that_has_started(town: Municipality, clock: MovableClock) -> None:
    chosen = await selection(town, capacity=1)
    mette = await chosen.offered("Mette", "Mads")
    ole = await waiting(chosen, "Ole", "Mads")
    before = clock.now
    clock.forward(days=61)
    try:
        await town.rooms.transactions.run(town.hr, lapse_offers)
        assert [await chosen.state(one) for one in (mette, ole)] == ["lapsed", "waitlisted"]
        declined = await chosen.hr.post(f"/v1/candidacies/{ole}/decline", json={**REASON, "feedback": "Søg igen."})
        assert declined.json()["state"] == "declined"
    finally:
        clock.now = before


async def test_an_offer_does_not_stand_past_the_start_of_its_cohort(town: Municipality, clock: MovableClock) -> None:
    chosen = await selection(town)
    candidacy = await chosen.assessed("Mette", "Mads")
    before = clock.now
    clock.forward(days=57)
    try:
        done = await chosen.hr.post(f"/v1/candidacies/{candidacy}/offer", json=REASON)
        # The cohort starts on 6 November; midnight in Copenhagen is 23:00 in winter's UTC.
        assert done.json()["answerBy"].startswith("2026-11-05T23:00:00")
    finally:
        clock.now = before


async def test_an_offer_is_not_among_the_allowed_actions_while_the_cohort_is_full(town: Municipality) -> None:
    chosen = await selection(town, capacity=1)
    mette, ole = await chosen.offered("Mette", "Mads"), await chosen.assessed("Ole", "Mads")
    hr, url = chosen.hr, f"/v1/candidacies/{ole}"
    assert sorted((await hr.get(url)).json()["allowedActions"]) == ["decline", "waitlist"]
    refused = await hr.post(f"{url}/offer", json={"reason": "Plads."})
    assert (refused.status_code, refused.json()["code"]) == (409, "cohort_full")
    assert (await town.client("Mette").post(f"/v1/candidacies/{mette}/turn-down")).status_code == 200
    assert "offer" in (await hr.get(url)).json()["allowedActions"]


async def test_F5_a_programme_starts_when_everybody_has_an_answer(town: Municipality) -> None:
    chosen = await selection(town)
    mette = await chosen.assessed("Mette", "Mads")
    hr = chosen.hr
    programme = (await hr.get(f"/v1/cohorts/{chosen.cohort}")).json()["programmeId"]
    url = f"/v1/programmes/{programme}"
    assert (await hr.post(f"{url}/start-selecting")).status_code == 200
    assert "start" not in (await hr.get(url)).json()["allowedActions"]
    refused = await hr.post(f"{url}/start")
    assert (refused.status_code, refused.json()["code"]) == (409, "answers_missing")
    answer = {"reason": "Andre er længere.", "feedback": "Led på tværs."}
    assert (await hr.post(f"/v1/candidacies/{mette}/decline", json=answer)).status_code == 200
    assert (await hr.post(f"{url}/start")).json()["state"] == "running"
