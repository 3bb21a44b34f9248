"""`allowedActions` of a programme, walked state by state and role by role, compared with trying."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.domain.actor import Role, Scope
from service.domain.programmes.commands import (
    EndorseProgramme,
    RecordConsultation,
    endorse,
    record_consultation,
)
from service.domain.programmes.model import PROGRAMME, ProgrammeState
from service.domain.programmes.progress import (
    CancelProgramme,
    CompleteProgramme,
    EvaluateProgramme,
    StartProgramme,
    StartSelecting,
    cancel,
    complete,
    evaluate,
    start,
    start_selecting,
)
from service.main import Rooms
from tests.municipality import LONG_AGO, Municipality, municipality
from tests.undone import undone

ROLES: tuple[tuple[str, Role | Scope | None], ...] = (
    ("Hanne", Role.HR),
    ("Birgit", Role.TOP_MANAGEMENT),
    ("Tillid", Role.WORKS_COUNCIL),
    ("Ada", Role.ADMIN),
    ("Mette", None),
    ("Fie", None),
    ("", Scope.PEOPLE_WRITE),
)
TRIES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "change": ("PATCH", "", {}),
    "adjust": ("POST", "/adjust", {}),
    "answerPrinciple": ("POST", "/answer-principle", {"principle": "R9", "answer": "met"}),
    "planCohort": ("POST", "", {}),
    "endorse": ("POST", "/endorse", {}),
    "recordConsultation": ("POST", "/record-consultation", {"heldOn": "2026-09-01", "reference": "MED"}),
    "open": ("POST", "/open", {}),
    "startSelecting": ("POST", "/start-selecting", {}),
    "start": ("POST", "/start", {}),
    "complete": ("POST", "/complete", {}),
    "evaluate": ("POST", "/evaluate", {}),
    "openEvaluation": ("POST", "", {}),
    "cancel": ("POST", "/cancel", {"reason": "Budgettet faldt bort"}),
}
STAGES = ("bare", "heard", "endorsed", "endorsed_heard", "ready", *list(ProgrammeState)[2:])


@dataclass(frozen=True)
class Stages:
    """A programme per stage, in one municipality."""

    town: Municipality
    transport: httpx.ASGITransport
    programmes: dict[str, UUID]

    def client(self, name: str, role: Role | Scope | None) -> httpx.AsyncClient:
        granted = [role] if role else []
        found = self.town.client(name or None, *granted)
        return httpx.AsyncClient(transport=self.transport, base_url="http://test", headers=found.headers)


async def _programme(town: Municipality, framework: UUID, stage: str) -> UUID:
    module = {"title": "Dag", "learningForms": ["teaching"], "days": 1, "facilitatorIds": [str(town.people["Fie"])]}
    hr = town.client(None, Role.HR)
    programme = await town.programme(framework, name=stage)
    await hr.patch(f"/v1/programmes/{programme}", json={"modules": [module]})
    heard = RecordConsultation(held_on=LONG_AGO, reference="MED")
    if stage not in {"bare", "heard"}:
        await town.run(endorse, programme, EndorseProgramme(), None, actor=town.actor("Birgit", Role.TOP_MANAGEMENT))
    if stage not in {"bare", "endorsed"}:
        await town.run(record_consultation, programme, heard, None)
    if stage in {"bare", "heard", "endorsed", "endorsed_heard"}:
        return programme
    await town.cohort(programme)
    if stage == "ready":
        return programme
    opened = await hr.post(f"/v1/programmes/{programme}/open", json={})
    assert opened.status_code == 200, opened.text
    if stage == ProgrammeState.CANCELLED:
        return await town.run(cancel, programme, CancelProgramme(reason="Budget"), None)
    way = (
        (start_selecting, StartSelecting()),
        (start, StartProgramme()),
        (complete, CompleteProgramme()),
        (evaluate, EvaluateProgramme()),
    )
    for case, command in way[: list(ProgrammeState).index(ProgrammeState(stage)) - 2]:
        await town.run(case, programme, command, None)
    return programme


@pytest.fixture(scope="module")
async def stages(joined: Rooms) -> Any:
    async with municipality(joined) as town:
        for name, _ in ROLES:
            if name:
                await town.person(name)
        framework = await town.framework()
        programmes = {stage: await _programme(town, framework, stage) for stage in STAGES}
        yield Stages(town, undone(joined), programmes)


def test_every_action_of_a_programme_is_tried() -> None:
    assert {one.name for one in PROGRAMME.actions} == set(TRIES)


@pytest.mark.parametrize("stage", STAGES)
async def test_allowed_actions_are_those_that_are_not_refused(stages: Stages, stage: str) -> None:
    programme = stages.programmes[stage]
    at = f"/v1/programmes/{programme}"
    cohort = {
        "programmeId": str(programme),
        "name": "Hold 2",
        "capacity": 8,
        "applyBy": "2027-01-01T12:00:00Z",
        "startsOn": "2027-02-01",
    }
    elsewhere: dict[str, tuple[str, dict[str, Any]]] = {
        "planCohort": ("/v1/cohorts", cohort),
        "openEvaluation": ("/v1/evaluations", {"programmeId": str(programme)}),
    }
    for name, role in ROLES:
        client = stages.client(name, role)
        read = await client.get(at)
        offered = set(read.json()["allowedActions"]) if read.status_code == 200 else set[str]()
        taken: set[str] = set()
        for action, (method, verb, body) in TRIES.items():
            path, given = elsewhere.get(action, (f"{at}{verb}", body))
            answer = await client.request(method, path, json=given)
            assert answer.status_code < 300 or answer.status_code in {403, 404, 409}, answer.text
            taken |= {action} if answer.status_code < 300 else set()
        assert offered == taken, (stage, name or role)
