"""Free places and the next in line as the database has it, against the rule written out in plain Python."""

from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.states import CandidacyState
from service.domain.cohorts.commands import PlanCohort, SeatsToReserve
from service.domain.cohorts.commands import plan as plan_cohort
from service.domain.ids import new_id
from service.domain.unit_of_work import UnitOfWork
from tests.municipality import Municipality
from tests.selection import Selection, selection

HEALTH, TECHNICS, NOWHERE = range(3)
_WHERE = st.sampled_from([HEALTH, TECHNICS, NOWHERE])


def can_have(place: int, capacity: int, reserved: dict[int, int], taken: list[int]) -> bool:
    """The rule of domain.md §3: an administration's reserved seats are its own first."""
    left = {unit: max(0, seats - taken.count(unit)) for unit, seats in reserved.items()}
    free = capacity - len(taken)
    return free > 0 and (left.get(place, 0) > 0 or free > sum(left.values()))


async def _cohort(chosen: Selection, capacity: int, reserved: dict[int, int]) -> UUID:
    units = {HEALTH: chosen.health, TECHNICS: chosen.technics}
    kept = tuple(SeatsToReserve(unit_id=units[unit], seats=seats) for unit, seats in reserved.items() if seats)
    now = chosen.town.rooms.database.clock()

    async def programme(uow: UnitOfWork) -> UUID:
        return (await uow.cohorts.get(chosen.cohort)).it.programme_id

    plan = PlanCohort(
        programme_id=await chosen.town.rooms.transactions.run(chosen.town.hr, programme),
        name="Hold",
        capacity=capacity,
        apply_by=now,
        starts_on=now.date(),
        reserved=kept,
    )
    return await chosen.town.run(plan_cohort, plan)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    capacity=st.integers(1, 5),
    health=st.integers(0, 3),
    technics=st.integers(0, 3),
    taken=st.lists(_WHERE, max_size=5),
    waiting=st.lists(_WHERE, max_size=4),
)
async def test_the_database_says_who_can_have_a_place_and_who_is_next(
    town: Municipality, capacity: int, health: int, technics: int, taken: list[int], waiting: list[int]
) -> None:
    chosen = await _chosen(town)
    health = min(health, capacity)
    reserved = {HEALTH: health, TECHNICS: min(technics, capacity - health)}
    cohort = await _cohort(chosen, capacity, reserved)
    units = {HEALTH: chosen.health, TECHNICS: chosen.technics, NOWHERE: None}
    people = await _people(town, len(taken) + len(waiting) + 1)

    async def work(uow: UnitOfWork) -> None:
        def candidacy(number: int, place: int, state: CandidacyState, rank: int | None = None) -> Candidacy:
            return Candidacy(
                id=new_id(),
                person_id=people[number],
                cohort_id=cohort,
                state=state,
                administration_id=units[place],
                submitted_at=uow.now,
                rank=rank,
            )

        seated = [candidacy(i, place, CandidacyState.OFFERED) for i, place in enumerate(taken[:capacity])]
        queue = [
            candidacy(len(seated) + rank, place, CandidacyState.WAITLISTED, rank)
            for rank, place in enumerate(waiting, 1)
        ]
        for one in (*seated, *queue):
            await uow.candidacies.add(one, "made")
        able = [can_have(place, capacity, reserved, taken[:capacity]) for place in waiting]
        first = next((one for one, can in zip(queue, able, strict=True) if can), None)
        found = await uow.candidacies.next_in_line(cohort)
        assert (found.id if found else None) == (first.id if first else None)
        for one, can in zip(queue, able, strict=True):
            facts = (await uow.candidacies.get(one.id)).facts
            assert ("placeFree" in facts) == can
            assert ("placeFree" in facts and "nextInLine" in facts) == (first is not None and one.id == first.id)

    await town.rooms.transactions.run(town.hr, work)


_CHOSEN: dict[UUID, Selection] = {}


async def _chosen(town: Municipality) -> Selection:
    if town.organisation not in _CHOSEN:
        _CHOSEN[town.organisation] = await selection(town)
    return _CHOSEN[town.organisation]


async def _people(town: Municipality, number: int) -> list[UUID]:
    for i in range(number):
        if f"Person{i}" not in town.people:
            await town.person(f"Person{i}")
    return [town.people[f"Person{i}"] for i in range(number)]
