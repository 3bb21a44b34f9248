"""Deferral over REST: a pause, or on to another cohort, where the place goes with the participant."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from service.domain.candidacies.deciding import Waitlist, waitlist
from service.domain.cohorts.model import ReservedSeats
from service.domain.programmes.commands import PlanProgramme
from service.domain.programmes.commands import plan as plan_programme
from service.domain.programmes.model import ProgrammeLevel, ProgrammeMix
from service.domain.programmes.progress import CancelProgramme
from service.domain.programmes.progress import cancel as cancel_programme
from tests.clock import MovableClock
from tests.cohort_life import CohortLife, cohort_life
from tests.municipality import Municipality


async def another(life: CohortLife, capacity: int = 12, **known: Any) -> UUID:
    """Another cohort of the programme."""
    programme = UUID((await life.read(f"cohorts/{life.cohort}"))["programmeId"])
    return await life.town.cohort(programme, capacity, **known)


async def defer(life: CohortLife, participation: UUID, cohort: UUID | None = None) -> tuple[int, str]:
    body = {} if cohort is None else {"cohortId": str(cohort)}
    done = await life.hr.post(f"/v1/participations/{participation}/defer", json=body)
    return done.status_code, done.json().get("code", done.json().get("state"))


async def seats(life: CohortLife, cohort: UUID) -> tuple[int, int]:
    read = await life.read(f"cohorts/{cohort}")
    return read["seatsTaken"], read["seatsFree"]


async def test_who_pauses_keeps_the_place_and_comes_back(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    assert await defer(life, life.mette) == (200, "deferred")
    assert await seats(life, life.cohort) == (1, 11)
    resumed = await life.hr.post(f"/v1/participations/{life.mette}/resume", json={})
    assert resumed.json()["state"] == "active"


async def test_on_to_another_cohort_the_place_moves_along(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    later = await another(life, capacity=3)
    assert await defer(life, life.mette, later) == (200, "deferred")
    assert (await seats(life, life.cohort), await seats(life, later)) == ((0, 12), (1, 2))
    read = await life.read(f"participations/{life.mette}", expand="cohort,deferredFrom,candidacy")
    assert (read["cohortId"], read["deferredFromId"]) == (str(later), str(life.cohort))
    assert read["candidacy"]["cohortId"] == str(life.cohort)
    assert [one["id"] for one in await life.listed("participations", cohortId=str(later))] == [str(life.mette)]
    resumed = await life.hr.post(f"/v1/participations/{life.mette}/resume", json={})
    assert (resumed.json()["state"], resumed.json()["cohortId"]) == ("active", str(later))
    await life.client("Mette").post(f"/v1/participations/{life.mette}/withdraw", json={})
    assert (await seats(life, life.cohort), await seats(life, later)) == ((0, 12), (0, 3))


async def test_capacity_holds_there(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    later = await another(life, capacity=1)
    ole = await life.taking_part("Ole", "Mads")
    assert await defer(life, life.mette, later) == (200, "deferred")
    assert await defer(life, ole, later) == (409, "cohort_full")
    assert (await life.read(f"participations/{ole}"))["state"] == "active"
    assert await seats(life, life.cohort) == (1, 11)


async def test_reserved_seats_there_are_kept_for_their_own(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    kept = ReservedSeats(unit_id=life.chosen.technics, seats=1)
    later = await another(life, capacity=1, reserved=(kept,))
    await life.town.person("Eva", life.chosen.technics)
    eva = await life.taking_part("Eva", "Tove")
    assert await defer(life, life.mette, later) == (409, "cohort_full")
    assert await defer(life, eva, later) == (200, "deferred")


async def test_two_deferrals_to_the_last_place_at_the_same_moment_give_it_to_one(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    later = await another(life, capacity=1)
    people = [life.mette, await life.taking_part("Ole", "Mads"), await life.taking_part("Per", "Tove")]
    answers = await asyncio.gather(*(defer(life, one, later) for one in people))
    assert sorted(answers) == [(200, "deferred"), (409, "cohort_full"), (409, "cohort_full")]
    assert (await seats(life, later), await seats(life, life.cohort)) == ((1, 0), (2, 10))


async def test_an_offer_and_a_deferral_to_the_last_place_at_the_same_moment_give_it_to_one(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    here, later = life.cohort, await another(life, capacity=1)
    life.chosen.cohort = later
    waits = await life.chosen.assessed("Ole", "Mads")
    life.chosen.cohort = here

    async def offered() -> int:
        return (await life.hr.post(f"/v1/candidacies/{waits}/offer", json={"reason": "Plads."})).status_code

    (moved, _), made = await asyncio.gather(defer(life, life.mette, later), offered())
    assert sorted([moved, made]) == [200, 409]
    assert await seats(life, later) == (1, 0)


async def test_the_waitlist_there_sees_a_place_that_a_deferral_took(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    here, later = life.cohort, await another(life, capacity=1)
    life.chosen.cohort = later
    waits = await life.chosen.assessed("Ole", "Mads")
    life.chosen.cohort = here
    url = f"candidacies/{waits}"
    assert "offer" in (await life.read(url))["allowedActions"]
    assert await defer(life, life.mette, later) == (200, "deferred")
    assert "offer" not in (await life.read(url))["allowedActions"]
    await life.hr.post(f"/v1/participations/{life.mette}/withdraw", json={})
    assert "offer" in (await life.read(url))["allowedActions"]


async def test_two_who_change_places_at_the_same_moment_both_get_there(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    here, there = life.cohort, await another(life)
    ole = await life.taking_part("Ole", "Mads")
    assert await defer(life, ole, there) == (200, "deferred")
    answers = await asyncio.gather(defer(life, life.mette, there), defer(life, ole, here))
    assert answers == [(200, "deferred")] * 2
    assert (await seats(life, here), await seats(life, there)) == ((1, 11), (1, 11))


async def test_the_place_that_somebody_leaves_goes_to_the_first_who_waits(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock, capacity=2)
    later = await another(life)
    enrolled = await life.enrolled("Per", "Tove")
    ole = await life.chosen.assessed("Ole", "Mads")
    await town.run(waitlist, ole, Waitlist(reason="Næste."), None)
    assert await defer(life, enrolled, later) == (200, "deferred")
    assert await life.chosen.state(ole) == "offered"
    assert await seats(life, life.cohort) == (2, 0)


async def test_one_goes_where_the_level_is_the_same_and_something_is_ahead(
    town: Municipality, clock: MovableClock
) -> None:
    life = await cohort_life(town, clock)
    framework = UUID((await life.read("frameworks"))["items"][0]["id"])
    level: dict[str, Any] = {
        "name": "Afklaring",
        "mix": ProgrammeMix.CROSS_DISCIPLINARY,
        "purpose": "At finde ud af det",
    }
    clarifying = await town.run(
        plan_programme, PlanProgramme(framework_id=framework, level=ProgrammeLevel.CLARIFICATION, **level)
    )
    next_year = await town.programme(framework)
    cancelled = await town.programme(framework)
    gone = await town.cohort(cancelled)
    await town.run(cancel_programme, cancelled, CancelProgramme(reason="Budgettet"), None)
    assert await defer(life, life.mette, await town.cohort(clarifying)) == (422, "another_level")
    assert await defer(life, life.mette, gone) == (409, "programme_over")
    assert await defer(life, life.mette, life.cohort) == (422, "same_cohort")
    assert await defer(life, life.mette, UUID(int=7)) == (404, "not_found")
    assert await defer(life, life.mette, await town.cohort(next_year)) == (200, "deferred")


async def test_nobody_has_two_places_in_one_cohort(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    here, later = life.cohort, await another(life)
    life.chosen.cohort = later
    offered = await life.chosen.offered("Mette", "Mads")
    life.chosen.cohort = here
    assert await defer(life, life.mette, later) == (409, "place_there_already")
    await life.client("Mette").post(f"/v1/candidacies/{offered}/turn-down", json={})
    assert await defer(life, life.mette, later) == (200, "deferred")


@pytest.mark.parametrize("moves", [1, 2])
async def test_what_was_done_in_the_cohort_before_counts_for_the_module_of_the_same_number(
    town: Municipality, clock: MovableClock, moves: int
) -> None:
    life = await cohort_life(town, clock)
    first = [await life.session(1, -9), await life.session(1, -8), await life.session(2, -7)]
    for session in first:
        await life.attended(session, life.mette)
    project = await life.project(days=-8)
    handed_in = {"projectId": str(project), "reflection": "Mere ro."}
    assert (await life.client("Mette").post("/v1/hand-ins", json=handed_in)).status_code == 201
    later = life.cohort
    for _ in range(moves):
        later = await another(life)
        modules = [{"number": n, "name": f"Modul {n}"} for n in (1, 2, 3)]
        await life.hr.patch(f"/v1/cohorts/{later}", json={"modules": modules})
        assert await defer(life, life.mette, later) == (200, "deferred")
    await life.hr.post(f"/v1/participations/{life.mette}/resume", json={})
    life.chosen.cohort = later
    # One session in module 1 here, where two were attended before; two in module 2, where one was; one in module 3.
    again = [await life.session(n, -1) for n in (1, 2, 2, 3)]
    await life.project(days=-2)
    await life.project(after=2, days=-2)

    async def progress() -> tuple[int, ...]:
        read = await life.read(f"participations/{life.mette}")
        return tuple(read[name] for name in ("sessionsPlanned", "sessionsAttended", "projectsSet", "projectsHandedIn"))

    assert await progress() == (4, 2, 2, 1)
    await life.attended(again[0], life.mette)
    await life.attended(again[1], life.mette)
    assert await progress() == (4, 2, 2, 1)  # what is attended twice counts once
    await life.attended(again[2], life.mette)
    await life.attended(again[3], life.mette)
    assert await progress() == (4, 4, 2, 1)
