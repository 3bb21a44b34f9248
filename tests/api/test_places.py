"""Places over REST: capacity, reserved seats and the waitlist, whoever asks at the same time."""

import asyncio
from uuid import UUID

from service.domain.actor import Role
from service.domain.candidacies.deciding import Waitlist, waitlist
from service.domain.candidacies.model import Candidacy, WayIn
from service.domain.candidacies.states import CandidacyState
from service.domain.cohorts.model import ReservedSeats
from service.domain.ids import new_id
from service.domain.unit_of_work import UnitOfWork
from tests.municipality import Municipality
from tests.selection import Selection, selection

OFFER = {"reason": "Plads på holdet."}
NO = {**OFFER, "feedback": "Prøv en opgave på tværs."}
WORDS = {"offer": OFFER, "waitlist": OFFER, "decline": NO}


def technics_seat(health: UUID, technics: UUID) -> tuple[ReservedSeats, ...]:
    """One seat for Technics."""
    del health
    return (ReservedSeats(unit_id=technics, seats=1),)


async def _act(chosen: Selection, who: str | None, candidacy: UUID, verb: str, body: object = None) -> tuple[int, str]:
    client = chosen.town.client(who) if who else chosen.hr
    done = await client.post(f"/v1/candidacies/{candidacy}/{verb}", json=body or {})
    return done.status_code, done.json().get("code", done.json().get("state"))


async def _assessed_crowd(chosen: Selection, people: int) -> list[UUID]:
    """Assessed candidacies of that many employees of the team."""
    persons = [await chosen.town.person(f"Deltager{i}", chosen.team) for i in range(people)]

    async def work(uow: UnitOfWork) -> list[UUID]:
        made = [
            Candidacy(
                id=new_id(),
                person_id=person,
                cohort_id=chosen.cohort,
                state=CandidacyState.ASSESSED,
                ways=(WayIn.APPLICATION,),
                administration_id=chosen.health,
                submitted_at=uow.now,
            )
            for person in persons
        ]
        return [(await uow.candidacies.add(one, "assessed")).id for one in made]

    return await chosen.town.rooms.transactions.run(chosen.town.hr, work)


async def test_200_offers_at_once_on_12_places_give_exactly_12(town: Municipality) -> None:
    chosen = await selection(town, capacity=12)
    crowd = await _assessed_crowd(chosen, 200)
    hr = chosen.hr
    answers = await asyncio.gather(*(hr.post(f"/v1/candidacies/{one}/offer", json=OFFER) for one in crowd))
    assert sorted({one.status_code for one in answers}) == [200, 409]
    assert sum(one.status_code == 200 for one in answers) == 12
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"cohort_full"}
    cohort = (await hr.get(f"/v1/cohorts/{chosen.cohort}")).json()
    assert (cohort["seatsTaken"], cohort["seatsFree"]) == (12, 0)


async def test_ten_turn_down_at_once_and_the_ten_who_wait_are_offered_their_places_once_each(
    town: Municipality,
) -> None:
    chosen = await selection(town, capacity=10)
    crowd = await _assessed_crowd(chosen, 20)
    for one in crowd[:10]:
        assert (await _act(chosen, None, one, "offer", OFFER))[0] == 200
    for one in crowd[10:]:
        assert (await _act(chosen, None, one, "waitlist", {"reason": "Der er fuldt."}))[0] == 200
    answers = await asyncio.gather(
        *(_act(chosen, f"Deltager{i}", one, "turn-down") for i, one in enumerate(crowd[:10]))
    )
    assert answers == [(200, "turned_down")] * 10
    assert [await chosen.state(one) for one in crowd[10:]] == ["offered"] * 10


async def test_two_ways_in_at_the_same_moment_make_one_candidacy(town: Municipality) -> None:
    chosen = await selection(town)
    apply = {"cohortId": str(chosen.cohort), "motivation": "Jeg vil lede."}
    nominate = {"cohortId": str(chosen.cohort), "personId": str(town.people["Mette"]), "rationale": "Ja."}
    mette, mads = town.client("Mette"), town.client("Mads")
    answers = await asyncio.gather(
        *(mette.post("/v1/candidacies", json=apply) for _ in range(5)),
        *(mads.post("/v1/nominations", json=nominate) for _ in range(5)),
    )
    assert {one.status_code for one in answers} <= {201, 409}
    found = (await mette.get("/v1/candidacies")).json()["items"]
    assert len(found) == 1
    talents = (await mette.get("/v1/talents")).json()["items"]
    assert len(talents) == (1 if found[0]["state"] == "submitted" else 0)


async def test_who_turns_down_makes_room_for_the_first_on_the_waitlist(town: Municipality) -> None:
    chosen = await selection(town, capacity=1)
    mette = await chosen.offered("Mette", "Mads")
    ole, per = await chosen.assessed("Ole", "Mads"), await chosen.assessed("Per", "Tove")
    assert await _act(chosen, None, ole, "offer", OFFER) == (409, "cohort_full")
    for one in (ole, per):
        await town.run(waitlist, one, Waitlist(reason="Næste i rækken."), None)
    assert await _act(chosen, "Mette", mette, "turn-down") == (200, "turned_down")
    assert (await chosen.state(ole), await chosen.state(per)) == ("offered", "waitlisted")
    assert await _act(chosen, "Ole", ole, "accept") == (200, "accepted")
    assert (await town.client("Ole").get(f"/v1/candidacies/{ole}")).json()["reason"] == "Næste i rækken."


async def test_the_waitlist_is_ordered_by_a_person(town: Municipality) -> None:
    chosen = await selection(town, capacity=1)
    await chosen.offered("Mette", "Mads")
    ole, per = await chosen.assessed("Ole", "Mads"), await chosen.assessed("Per", "Tove")
    await _act(chosen, None, ole, "waitlist", {"reason": "Næste."})
    await _act(chosen, None, per, "waitlist", {"reason": "Foran.", "rank": 1})
    ranks = {one: (await chosen.hr.get(f"/v1/candidacies/{one}")).json()["rank"] for one in (ole, per)}
    assert ranks == {per: 1, ole: 2}
    assert (await town.client("Per").get(f"/v1/candidacies/{per}")).json()["rank"] == 1
    assert (await town.client("Tove").get(f"/v1/candidacies/{per}")).json()["rank"] is None


async def test_a_reserved_seat_goes_to_its_own_administration(town: Municipality) -> None:
    chosen = await selection(town, capacity=2, reserved=technics_seat)
    await chosen.offered("Mette", "Mads")
    ole, per = await chosen.assessed("Ole", "Mads"), await chosen.assessed("Per", "Tove")
    assert await _act(chosen, None, ole, "offer", OFFER) == (409, "cohort_full")
    assert await _act(chosen, None, per, "offer", OFFER) == (200, "offered")
    await town.run(waitlist, ole, Waitlist(reason="Næste."), None)
    assert await _act(chosen, "Per", per, "withdraw") == (200, "withdrawn")
    assert await chosen.state(ole) == "waitlisted"


async def test_from_the_waitlist_only_the_next_is_offered_a_place(town: Municipality) -> None:
    chosen = await selection(town, capacity=2)
    ole, per = await chosen.assessed("Ole", "Mads"), await chosen.assessed("Per", "Tove")
    for one in (ole, per):
        await town.run(waitlist, one, Waitlist(reason="Vi venter."), None)
    assert await _act(chosen, None, per, "offer", OFFER) == (409, "not_next")
    assert await _act(chosen, None, ole, "offer", OFFER) == (200, "offered")
    assert await _act(chosen, None, per, "offer", OFFER) == (200, "offered")


async def test_nobody_decides_on_their_own_candidacy(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.assessed("Mette", "Mads")
    herself = town.client("Mette", Role.HR)
    url = f"/v1/candidacies/{candidacy}"
    assert (await herself.get(url)).json()["allowedActions"] == ["withdraw"]
    for verb in ("offer", "waitlist", "decline"):
        refused = await herself.post(f"{url}/{verb}", json=WORDS[verb])
        assert (refused.status_code, refused.json()["code"]) == (409, "own_candidacy")


async def test_only_hr_decides_and_only_the_candidate_answers(town: Municipality) -> None:
    chosen = await selection(town)
    mette = await chosen.assessed("Mette", "Mads")
    for verb in ("offer", "waitlist", "decline"):
        for who in ("Mette", "Mads", "Anna"):
            assert await _act(chosen, who, mette, verb, WORDS[verb]) == (403, "not_allowed")
        assert await _act(chosen, "Dorthe", mette, verb, WORDS[verb]) == (404, "not_found")
    assert await _act(chosen, None, mette, "offer", OFFER) == (200, "offered")
    for verb in ("accept", "turn-down", "withdraw"):
        assert await _act(chosen, None, mette, verb) == (403, "not_allowed")
        assert await _act(chosen, "Mads", mette, verb) == (403, "not_allowed")
    assert await _act(chosen, "Mette", mette, "accept") == (200, "accepted")
    assert await _act(chosen, "Mette", mette, "withdraw") == (409, "wrong_state")


async def test_released_seats_are_offered_to_those_who_wait_in_their_order(town: Municipality) -> None:
    chosen = await selection(town, capacity=2, reserved=technics_seat)
    await chosen.offered("Mette", "Mads")
    ole, per = await chosen.assessed("Ole", "Mads"), await chosen.assessed("Per", "Tove")
    await town.run(waitlist, ole, Waitlist(reason="Næste."), None)
    assert await chosen.state(ole) == "waitlisted"
    released = await chosen.hr.post(f"/v1/cohorts/{chosen.cohort}/release-reserved", json={})
    assert (released.status_code, released.json()["seatsFree"]) == (200, 0)
    assert await chosen.state(ole) == "offered"
    assert await _act(chosen, None, per, "offer", OFFER) == (409, "cohort_full")


async def test_seats_that_are_added_are_offered_to_those_who_wait_and_another_change_offers_nothing(
    town: Municipality,
) -> None:
    chosen = await selection(town, capacity=1)
    await chosen.offered("Mette", "Mads")
    ole, per = await chosen.assessed("Ole", "Mads"), await chosen.assessed("Per", "Tove")
    for one in (ole, per):
        await town.run(waitlist, one, Waitlist(reason="Vi venter."), None)
    url = f"/v1/cohorts/{chosen.cohort}"
    await chosen.hr.patch(url, json={"capacity": 2})
    assert (await chosen.state(ole), await chosen.state(per)) == ("offered", "waitlisted")
    await chosen.hr.patch(url, json={"name": "Hold 2"})
    assert await chosen.state(per) == "waitlisted"
    await chosen.hr.patch(url, json={"capacity": 12})
    assert await chosen.state(per) == "offered"
