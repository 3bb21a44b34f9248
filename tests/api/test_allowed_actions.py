"""`allowedActions` is what can be done: every state of every machine, by everybody, compared with trying it.

Generated from the machines and the contract. Each try is undone, so that the next one meets the same world.
"""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest

from service.api.rest.routes import method_of, path_of
from service.domain.catalogue import OPERATIONS, VIEWS
from service.domain.names import camel, snake
from service.domain.operations import Operation
from service.domain.reading import View
from service.repo.sources import SOURCES
from tests.api.test_operations_and_roles import PERSONAS, World, body_of, world

__all__ = ["world"]

MACHINES = [one for one in VIEWS.values() if one.machine is not None]

WORLDS: Mapping[tuple[str, str | None], Sequence[str]] = {
    ("Candidacy", "submitted"): ("", "statement = NULL"),
    ("Candidacy", "waitlisted"): ("rank = 1",),
    ("Candidacy", "declined"): ("", "reconsider_by = '2099-12-31'"),
    ("Nomination", "refused"): ("rationale = NULL",),
    ("Nomination", "lapsed"): ("rationale = NULL",),
    ("Tip", "closed"): ("reason = NULL",),
    ("Assessment", None): ("", "submitted_at = now(), mean = 4, scores = '{scores}'"),
    ("Cohort", None): ("", """reserved = '[{{"unit_id": "{unit}", "seats": 1}}]'"""),
}
"""(View, state) → what else the row says then, each to be tried: what the state needs, and what makes more possible."""

NOT_STORED = {("ProgrammeTemplate", "shipped")}
"""States of what comes with the service: no row can be put into them."""

TABLES: Mapping[str, str] = {"ProgrammeTemplate": "programme_template"}
"""Where a view's rows are kept, where it reads more than a table."""

BODIES: Mapping[str, dict[str, Any]] = {
    "recordConsultation": {"heldOn": "2020-01-15"},
    "changeCohort": {"modules": [{"number": one, "name": f"Modul {one}"} for one in (1, 2)]},
    "planSession": {"module": 1, "startsAt": "2026-10-01T09:00:00+02:00", "endsAt": "2026-10-01T15:00:00+02:00"},
    "changeSession": {"module": 2, "startsAt": "2027-02-01T09:00:00+01:00", "endsAt": "2027-02-01T15:00:00+01:00"},
    "setProject": {"afterModule": 1, "feedsModule": 2, "dueOn": "2026-09-01"},
    "changeProject": {"dueOn": "2026-09-01"},
    "answerEvaluation": {"answers": [{"key": "worth", "rating": 4}]},
    "appoint": {"startOn": "2001-01-01", "endOn": "2002-01-01"},
}
"""Mutation → what a well-formed request says otherwise than a sample of each field, where that breaks a rule."""

NOT_HERE: Mapping[str, set[str]] = {
    "Unit": {"close"},
    "Cohort": {"planSessions"},
    "Programme": {"start", "openEvaluation"},
    "Project": {"handIn"},
    "ReviewResponse": {"answer"},
}
"""View → actions that nobody can do, whatever its row says: other rows of the world forbid them."""

NOT_AGAIN = {("Programme", "complete"), ("Participation", "complete")}
"""What is done once in earnest: what it left behind forbids it to a row that is put back."""

ELSEWHERE: Mapping[tuple[str, str], str] = {
    ("ProgrammeTemplate", "plan"): "planProgrammeFromTemplate",
    ("Cohort", "subscribe"): "subscribeCalendar",
}
"""(View, action) → the mutation that does it, where that makes something of another concept under another name."""


def states(view: View) -> list[str | None]:
    """Every state that the machine names; None where it has none."""
    assert view.machine is not None
    named: set[str | None] = {
        str(state)
        for action in view.machine.actions
        for state in (*action.sources, *action.targets, *((action.target,) if action.target else ()))
    }
    named.update(map(str, view.machine.initial))
    return sorted(named, key=str) or [None]


def operation_of(view: View, action: str) -> Operation | None:
    """What does it; an action may make something of another concept, and is then named as that is."""
    elsewhere = ELSEWHERE.get((view.name, action), action)
    for one in OPERATIONS:
        verb = "change" if one.kind == "changes" else camel(one.verb.replace("-", "_"))
        if (one.view is view and one.kind != "creates" and verb == action) or one.mutation == elsewhere:
            return one
    return None


@asynccontextmanager
async def in_state(world: World, view: View, state: str | None, beside: str) -> AsyncGenerator[None]:
    """The row in that state, with what else is said of it; afterwards it is what it was."""
    table, identity = TABLES.get(view.name, SOURCES[view.name].table.name), world.ids[view.name]
    scores = json.dumps([{snake(name): value for name, value in one.items()} for one in await criteria(world)])
    said = beside.format(scores=scores, unit=world.chosen.health)
    setters = ", ".join(filter(None, (f"state = '{state}'" if state else "", said)))
    if not setters:
        yield
        return
    town = world.chosen.town
    async with town.rooms.database.transaction(town.organisation) as connection:
        before = await connection.fetchval(f"SELECT to_jsonb(t)::text FROM {table} t WHERE id = $1", identity)  # noqa: S608  -- names from code
        await connection.execute(f"UPDATE {table} SET {setters} WHERE id = $1", identity)  # noqa: S608
    try:
        yield
    finally:
        columns = ", ".join(json.loads(before))
        was = f"SELECT {columns} FROM jsonb_populate_record(NULL::{table}, $2::text::jsonb)"  # noqa: S608
        async with town.rooms.database.transaction(town.organisation) as connection:
            await connection.execute(f"UPDATE {table} SET ({columns}) = ({was}) WHERE id = $1", identity, before)  # noqa: S608


async def criteria(world: World) -> list[dict[str, Any]]:
    """A score for each criterion."""
    return (await world.chosen.scores())["scores"]


async def tried(world: World, client: httpx.AsyncClient, view: View, operation: Operation) -> httpx.Response:
    body = {**body_of(world, operation), **BODIES.get(operation.mutation, {})}
    if operation.mutation in {"submitAssessment", "calibrateAssessment"}:
        body |= {"scores": await criteria(world)}
    if operation.mutation == "endPlacementEarly":
        body["on"] = (world.chosen.town.rooms.database.clock().date() + timedelta(days=20)).isoformat()
    if operation.mutation == "subscribeCalendar":  # one's own where none is named
        body["cohortId"] = str(world.ids["Cohort"])
    url = path_of(operation).replace("{id}", str(world.ids[view.name]))
    return await client.request(method_of(operation), url, json=body)


async def compared(world: World, view: View, state: str | None) -> set[str]:
    """What somebody could do in the world as it is, after everybody has tried everything."""
    assert view.machine is not None
    done: set[str] = set()
    for persona in PERSONAS[:-1]:
        client = world.client(persona, view.name)
        url = f"/v1/{view.path}" if view.singleton else f"/v1/{view.path}/{world.ids[view.name]}"
        read = await client.get(url)
        allowed: list[str] = read.json()["allowedActions"] if read.status_code == 200 else []
        for action in view.machine.actions:
            operation = operation_of(view, action.name)
            if (view.name, action.name) in NOT_AGAIN:
                continue
            if operation is None:
                assert not action.by, f"No operation does {action.name} of a {view.name}: see ELSEWHERE"
                continue
            answer = await tried(world, client, view, operation)
            said = f"{persona}: {action.name} of a {view.name} that is {state}: {answer.text}"
            assert answer.status_code != 422, f"Let BODIES make a well-formed body. {said}"
            assert answer.status_code in {200, 201, 403, 404, 409}, said
            assert (answer.status_code < 300) == (action.name in allowed), said
            done |= {action.name} if answer.status_code < 300 else set()
    return done


@pytest.mark.parametrize("view", MACHINES, ids=lambda one: one.name)
async def test_what_allowed_actions_says_is_what_trying_shows(world: World, view: View) -> None:
    assert view.machine is not None
    done: set[str] = set()
    for state in states(view):
        if (view.name, state) not in NOT_STORED:
            for beside in WORLDS.get((view.name, state), ("",)):
                async with in_state(world, view, state, beside):
                    done |= await compared(world, view, state)
    commanded = {one.name for one in view.machine.actions if one.by and (view.name, one.name) not in NOT_AGAIN}
    assert commanded - done == NOT_HERE.get(view.name, set()), "let WORLDS make a world in which somebody can do it"
