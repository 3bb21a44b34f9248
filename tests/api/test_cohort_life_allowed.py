"""`allowedActions` of what is in a cohort's life, walked state by state and person by person, compared with trying."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.domain.actor import Role
from service.domain.calendars.model import CALENDAR
from service.domain.certificates.model import CERTIFICATE
from service.domain.cohorts.model import COHORT
from service.domain.elements.model import ELEMENT
from service.domain.evaluations.model import EVALUATION, EVALUATION_RESPONSE
from service.domain.next_steps.model import NEXT_STEP
from service.domain.participations.model import PARTICIPATION
from service.domain.projects.model import HAND_IN, PROJECT
from service.domain.sessions.model import SESSION
from service.domain.states import StateMachine
from service.main import Rooms
from tests.clock import MovableClock
from tests.cohort_life import CohortLife, cohort_life
from tests.municipality import municipality
from tests.undone import undone

WHO: tuple[tuple[str, Role | None], ...] = (
    ("Hanne", Role.HR),
    ("Mette", Role.HR),
    ("Tove", Role.TOP_MANAGEMENT),
    ("Anna", Role.WORKS_COUNCIL),
    ("Mette", None),
    ("Mads", None),
    ("Per", None),
    ("Ole", None),
    ("Bo", None),
)
"""HR; HR who is the talent; two who read much; a talent, her manager, who teaches, another participant, nobody."""

Try = tuple[str, str, dict[str, Any]]
"""Method, address (`{}` is the resource's own) and body; `$` in a body is the resource, `@` is filled by its name."""

TRIES: dict[str, tuple[StateMachine[Any], dict[str, Try]]] = {
    "cohorts": (
        COHORT,
        {
            "change": ("PATCH", "{}", {}),
            "releaseReserved": ("POST", "{}/release-reserved", {}),
            "planSessions": ("POST", "{}/plan-sessions", {}),
            "planSession": (
                "POST",
                "sessions",
                {
                    "cohortId": "$",
                    "module": 1,
                    "title": "Dag",
                    "learningForm": "workshop",
                    "startsAt": "2030-01-07T09:00:00Z",
                    "endsAt": "2030-01-07T15:00:00Z",
                },
            ),
            "setProject": (
                "POST",
                "projects",
                {"cohortId": "$", "afterModule": 1, "title": "Led", "assignment": "Led.", "dueOn": "2026-01-01"},
            ),
            "subscribe": ("POST", "calendars", {"cohortId": "$"}),
        },
    ),
    "participations": (
        PARTICIPATION,
        {
            "start": ("POST", "{}/start", {}),
            "complete": ("POST", "{}/complete", {}),
            "notComplete": ("POST", "{}/not-complete", {}),
            "withdraw": ("POST", "{}/withdraw", {}),
            "defer": ("POST", "{}/defer", {}),
            "resume": ("POST", "{}/resume", {}),
            "recordOutcome": ("POST", "{}/record-outcome", {"outcome": "stays_in_role"}),
            "addNextStep": (
                "POST",
                "next-steps",
                {"participationId": "$", "kind": "career_talk", "ownerId": "@", "dueOn": "2030-01-01"},
            ),
            "proposeElement": (
                "POST",
                "elements",
                {"participationId": "$", "title": "Følg", "learningForm": "shadowing"},
            ),
        },
    ),
    "sessions": (
        SESSION,
        {
            "change": ("PATCH", "{}", {"title": "Ny"}),
            "cancel": ("POST", "{}/cancel", {}),
            "recordAttendance": ("POST", "{}/record-attendance", {"attendance": "@"}),
        },
    ),
    "projects": (
        PROJECT,
        {
            "change": ("PATCH", "{}", {"title": "Ny"}),
            "drop": ("POST", "{}/drop", {}),
            "handIn": ("POST", "hand-ins", {"projectId": "$", "reflection": "Mere ro."}),
        },
    ),
    "hand-ins": (HAND_IN, {"change": ("PATCH", "{}", {"work": "Et møde"})}),
    "elements": (
        ELEMENT,
        {
            "change": ("PATCH", "{}", {"title": "Ny"}),
            "agree": ("POST", "{}/agree", {}),
            "complete": ("POST", "{}/complete", {}),
            "drop": ("POST", "{}/drop", {}),
        },
    ),
    "next-steps": (
        NEXT_STEP,
        {
            "change": ("PATCH", "{}", {"description": "Ny"}),
            "complete": ("POST", "{}/complete", {"nextOn": "@"}),
            "drop": ("POST", "{}/drop", {}),
        },
    ),
    "certificates": (CERTIFICATE, {"revoke": ("POST", "{}/revoke", {"reason": "Fejl"})}),
    "calendars": (CALENDAR, {"renew": ("POST", "{}/renew", {}), "revoke": ("POST", "{}/revoke", {})}),
    "evaluations": (EVALUATION, {"change": ("PATCH", "{}", {"dueOn": "2031-01-01"})}),
    "evaluation-responses": (
        EVALUATION_RESPONSE,
        {"answer": ("POST", "{}/answer", {"answers": [{"key": "worth", "rating": 4}]})},
    ),
}


@dataclass(frozen=True)
class Stages:
    """Resources by their path, in every state that they have."""

    life: CohortLife
    transport: httpx.ASGITransport
    there: dict[str, list[str]]

    def client(self, name: str, role: Role | None) -> httpx.AsyncClient:
        """Somebody whose requests leave nothing behind."""
        found = self.life.town.client(name, *([role] if role else []))
        return httpx.AsyncClient(transport=self.transport, base_url="http://test", headers=found.headers)


async def _done(client: httpx.AsyncClient, path: str, body: object = None) -> str:
    answer = await client.post(f"/v1/{path}", json=body or {})
    assert answer.status_code < 300, (path, answer.text)
    return answer.json()["id"]


async def _lived(life: CohortLife) -> None:
    """Something in every state, of Mette's and of others'."""
    mette, mads, hanne = life.client("Mette"), life.client("Mads"), life.hanne
    others: list[UUID] = []
    for name in ("Kaj", "Liv", "Ida", "Eva", "Ask"):
        await life.town.person(name, life.chosen.team)
        others.append(await life.taking_part(name, "Mads"))
    paused, left, given_up, through, too = others
    await life.enrolled("Ole", "Mads")
    await _done(hanne, f"participations/{paused}/defer")
    await _done(hanne, f"participations/{left}/withdraw")
    await _done(hanne, f"participations/{given_up}/not-complete")
    for one in (through, too):
        await _done(hanne, f"participations/{one}/complete")
    await _done(hanne, f"certificates/{(await life.listed('certificates'))[0]['id']}/revoke", {"reason": "Fejl"})
    for outcome, who in (("keep_warm", through), ("stays_in_role", given_up)):
        await _done(hanne, f"participations/{who}/record-outcome", {"outcome": outcome})
    step = (await life.listed("next-steps", kind="career_talk"))[0]["id"]
    await _done(hanne, f"next-steps/{step}/complete")
    await life.session(1, 3)
    await life.session(1, -3)
    await _done(hanne, f"sessions/{await life.session(1, 4)}/cancel")
    await _done(mette, "hand-ins", {"projectId": str(await life.project()), "reflection": "Ro."})
    await life.project(title="Et andet")
    await _done(hanne, f"projects/{await life.project(title='Et tredje')}/drop")
    element = {"participationId": str(life.mette), "title": "Følg", "learningForm": "shadowing"}
    await _done(mette, "elements", element)
    for last in (None, "complete", "drop"):
        made = await _done(mads, "elements", element)
        await _done(mette, f"elements/{made}/agree")
        await _done(hanne, f"elements/{made}/agree")
        if last:
            await _done(hanne, f"elements/{made}/{last}")
    await _done(mette, "calendars")
    await _done(mette, f"calendars/{await _done(mette, 'calendars')}/revoke")


@pytest.fixture(scope="module")
async def stages(joined: Rooms, clock: MovableClock) -> Any:
    async with municipality(joined) as town:
        life = await cohort_life(town, clock)
        await _lived(life)
        there = {
            path: [one["id"] for who in (life.hr, life.client("Mette")) for one in await life.listed(path, who)]
            for path in TRIES
        }
        yield Stages(life, undone(joined), {path: sorted(set(ids)) for path, ids in there.items()})


@pytest.fixture(scope="module")
async def evaluating(joined: Rooms, clock: MovableClock) -> Any:
    async with municipality(joined) as town:
        life = await cohort_life(town, clock)
        programme = (await life.read(f"cohorts/{life.cohort}"))["programmeId"]
        await life.session(1, -3)
        for verb in ("start-selecting", "start", "complete"):
            await _done(life.hr, f"programmes/{programme}/{verb}")
        mine = await life.listed("evaluation-responses", life.client("Mette"))
        there = {
            "evaluations": [one["id"] for one in await life.listed("evaluations")],
            "evaluation-responses": [one["id"] for one in mine],
            "cohorts": [str(life.cohort)],
            "participations": [str(life.mette)],
            "sessions": [one["id"] for one in await life.listed("sessions")],
        }
        yield Stages(life, undone(joined), there)


@pytest.mark.parametrize("path", TRIES)
def test_every_action_is_tried(path: str) -> None:
    machine, tries = TRIES[path]
    assert {one.name for one in machine.actions if one.by} == set(tries)


def _filled(body: Any, resource: str, life: CohortLife, kind: str | None) -> Any:
    """The body, its placeholders filled; after a contact with who is kept warm one says when the next one is."""
    known = {
        "$": resource,
        "nextOn": life.at(60).date().isoformat() if kind == "contact" else None,
        "ownerId": str(life.town.people["Mads"]),
        "attendance": [{"participationId": str(life.mette), "presence": "present"}],
    }
    return {
        name: known[name if value == "@" else value] if value in ("$", "@") else value for name, value in body.items()
    }


async def _compared(stages: Stages, path: str) -> int:
    """Try everything as everybody; answer how many tries went well."""
    well = 0
    assert stages.there[path]
    for resource in stages.there[path]:
        for name, role in WHO:
            client = stages.client(name, role)
            read = await client.get(f"/v1/{path}/{resource}")
            offered = set(read.json()["allowedActions"]) if read.status_code == 200 else set[str]()
            kind: str | None = read.json().get("kind")
            taken: set[str] = set()
            for action, (method, address, body) in TRIES[path][1].items():
                at = address.replace("{}", f"{path}/{resource}")
                given = _filled(body, resource, stages.life, kind)
                answer = await client.request(method, f"/v1/{at}", json=given)
                assert answer.status_code < 300 or answer.status_code in {403, 404, 409}, (action, answer.text)
                taken |= {action} if answer.status_code < 300 else set()
            assert offered == taken, (path, read.text, name, role)
            well += len(taken)
    return well


@pytest.mark.parametrize("path", [one for one in TRIES if "evaluation" not in one])
async def test_allowed_actions_are_those_that_are_not_refused(stages: Stages, path: str) -> None:
    assert await _compared(stages, path)


@pytest.mark.parametrize("path", ["evaluations", "evaluation-responses", "cohorts", "participations", "sessions"])
async def test_so_they_are_when_the_programme_is_completed(evaluating: Stages, path: str) -> None:
    assert await _compared(evaluating, path)
