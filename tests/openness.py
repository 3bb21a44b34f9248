"""A selection that is over, for the openness report: who applied, from where, and how far they came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx

from service.domain.actor import Role
from service.domain.candidacies.model import Candidacy, WayIn
from service.domain.candidacies.states import CandidacyState
from service.domain.ids import new_id
from service.domain.participations.model import Participation, ParticipationState
from service.domain.persons.model import Gender, Person
from service.domain.reports.openness.model import Stage
from service.domain.unit_of_work import UnitOfWork
from service.domain.units.model import UnitKind
from tests.municipality import Municipality

REPORTS = "/v1/openness-reports"

_STATES = {
    Stage.APPLIED: CandidacyState.DECLINED,
    Stage.ASSESSED: CandidacyState.DECLINED,
    Stage.OFFERED: CandidacyState.TURNED_DOWN,
    Stage.ACCEPTED: CandidacyState.ACCEPTED,
    Stage.COMPLETED: CandidacyState.ACCEPTED,
}
_EVENTS = {Stage.APPLIED: "submitted", Stage.ASSESSED: "assessed", Stage.OFFERED: "turned_down"}


@dataclass(frozen=True)
class Applicants:
    """So many who are alike."""

    count: int
    place: str
    gender: Gender
    born: int | None
    way: WayIn
    reached: Stage


SMALL = (
    Applicants(3, "Sundhed", Gender.FEMALE, 1984, WayIn.APPLICATION, Stage.ASSESSED),
    Applicants(2, "Sundhed", Gender.MALE, 1975, WayIn.APPLICATION, Stage.ACCEPTED),
    Applicants(3, "Sundhed", Gender.FEMALE, 1984, WayIn.NOMINATION, Stage.ACCEPTED),
    Applicants(4, "Teknik", Gender.MALE, 1991, WayIn.APPLICATION, Stage.ASSESSED),
    Applicants(1, "Teknik", Gender.MALE, 1991, WayIn.APPLICATION, Stage.APPLIED),
    Applicants(2, "Teknik", Gender.FEMALE, 1975, WayIn.NOMINATION, Stage.ACCEPTED),
    Applicants(1, "Kultur", Gender.UNDISCLOSED, None, WayIn.APPLICATION, Stage.OFFERED),
)
"""Sixteen of them, some alone of their kind: few enough that every table can be tried."""


@dataclass(frozen=True)
class Selected:
    """The programme whose selection is over."""

    town: Municipality
    programme: UUID
    cohort: UUID
    places: dict[str, UUID]

    @property
    def hr(self) -> httpx.AsyncClient:
        return self.town.client(None, Role.HR)

    @property
    def council(self) -> httpx.AsyncClient:
        return self.town.client(None, Role.WORKS_COUNCIL)

    async def made(self, name: str = "Holdene") -> str:
        """The address of its report."""
        body = {"name": name, "programmeIds": [str(self.programme)]}
        answer = await self.council.post(REPORTS, json=body)
        assert answer.status_code == 201, answer.text
        return answer.headers["location"]

    async def moved(self, *verbs: str) -> None:
        """The programme goes on."""
        for verb in verbs:
            answer = await self.hr.post(f"/v1/programmes/{self.programme}/{verb}")
            assert answer.status_code == 200, answer.text


async def selected(
    town: Municipality, applicants: Iterable[Applicants] = SMALL, *, running: bool = True, threshold: int = 3
) -> Selected:
    """Its places, its candidates and the programme, which has begun."""
    hr = town.client(None, Role.HR)
    await hr.patch("/v1/organisation", json={"anonymityThreshold": threshold})
    listed = (await hr.get("/v1/units", params={"kind": "administration"})).json()["items"]
    places = {one["name"]: UUID(one["id"]) for one in listed}
    for name in ("Sundhed", "Teknik", "Kultur"):
        if name not in places:
            places[name] = await town.unit(name, UnitKind.ADMINISTRATION)
    programme = await town.programme(await _framework(town))
    cohort = await town.cohort(programme)
    await town.opened(programme)
    found = Selected(town, programme, cohort, places)

    async def apply(uow: UnitOfWork) -> UUID:
        for alike in applicants:
            for _ in range(alike.count):
                await _candidate(found, alike, uow)
        return cohort

    await town.run(apply)
    if running:
        await found.moved("start-selecting", "start")
    return found


async def _framework(town: Municipality) -> UUID:
    hr = town.client(None, Role.HR)
    known = (await hr.get("/v1/frameworks", params={"state": "published"})).json()["items"]
    return UUID(known[0]["id"]) if known else await town.framework()


async def _candidate(chosen: Selected, alike: Applicants, uow: UnitOfWork) -> None:
    person = Person(id=new_id(), given_name="En", gender=alike.gender, birth_year=alike.born)
    await uow.persons.add(person, "registered")
    state = _STATES[alike.reached]
    candidacy = Candidacy(
        id=new_id(),
        person_id=person.id,
        cohort_id=chosen.cohort,
        state=state,
        ways=(alike.way,),
        administration_id=chosen.places[alike.place],
        motivation="Jeg vil lede.",
        submitted_at=uow.now - timedelta(days=60),
        decided_at=uow.now,
        reason="Fordi.",
    )
    await uow.candidacies.add(candidacy, _EVENTS.get(alike.reached, "accepted"))
    if state is CandidacyState.ACCEPTED:
        participation = Participation(
            id=new_id(),
            candidacy_id=candidacy.id,
            person_id=person.id,
            cohort_id=chosen.cohort,
            state=ParticipationState.COMPLETED if alike.reached is Stage.COMPLETED else ParticipationState.ACTIVE,
        )
        await uow.participations.add(participation, "enrolled")
