"""`allowedActions` is what can be done: every state of every machine, by everybody, compared with trying it.

Generated from the machines and the contract. Each try is undone, so that the next one meets the same world.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest

from service.api.rest.routes import method_of, path_of
from service.domain.catalogue import OPERATIONS, VIEWS
from service.domain.names import camel
from service.domain.operations import Operation
from service.domain.reading import View
from service.repo.sources import SOURCES
from tests.api.test_operations_and_roles import PERSONAS, World, body_of, world

__all__ = ["world"]

MACHINES = [one for one in VIEWS.values() if one.machine is not None]

BESIDE: Mapping[tuple[str, str | None], str] = {
    ("Candidacy", "waitlisted"): "rank = 1, reconsider_by = NULL",
    ("Candidacy", "declined"): "rank = NULL, reconsider_by = '2099-12-31'",
    ("Nomination", "refused"): "rationale = NULL",
    ("Nomination", "lapsed"): "rationale = NULL",
    ("Tip", "closed"): "reason = NULL",
}
"""What a state needs beside itself to be one that can be stored; `rank` and the like are empty otherwise."""

NOT_STORED = {("ProgrammeTemplate", "shipped")}
"""States of what comes with the service: no row can be put into them."""

TABLES: Mapping[str, str] = {"ProgrammeTemplate": "programme_template"}
"""Where a view's rows are kept, where it reads more than a table."""

OTHERWISE: Mapping[str, str] = {
    "Candidacy": "rank = NULL, reconsider_by = NULL",
    "Nomination": "rationale = 'Ser mennesker.'",
    "Tip": "reason = 'Samler folk.'",
}

BODIES: Mapping[str, dict[str, Any]] = {
    "recordConsultation": {"heldOn": "2020-01-15"},
    "appoint": {"startOn": "2001-01-01", "endOn": "2002-01-01"},
}
"""Mutation → what a well-formed request says otherwise than a sample of each field, where that breaks a rule."""


ELSEWHERE: Mapping[tuple[str, str], str] = {("ProgrammeTemplate", "plan"): "planProgrammeFromTemplate"}
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


def cases() -> Iterator[Any]:
    for view in MACHINES:
        for state in states(view):
            if (view.name, state) in NOT_STORED:
                continue
            yield pytest.param(view, state, id=f"{view.name}-{state or 'any'}")


async def in_state(world: World, view: View, state: str | None) -> str | None:
    """Put the row into the state; answers the one that it was in."""
    table, identity = TABLES.get(view.name, SOURCES[view.name].table.name), world.ids[view.name]
    town = world.chosen.town
    if state is None:
        return None
    beside = BESIDE.get((view.name, state), OTHERWISE.get(view.name, "version = version"))
    read = f"SELECT state FROM {table} WHERE id = $1"  # noqa: S608  -- names from code
    write = f"UPDATE {table} SET state = $2, {beside} WHERE id = $1 RETURNING id"  # noqa: S608
    before = await town.rooms.database.fetch_row(town.organisation, read, [identity])
    await town.rooms.database.fetch_row(town.organisation, write, [identity, state])
    return before["state"]


async def tried(world: World, client: httpx.AsyncClient, view: View, operation: Operation) -> httpx.Response:
    body = {**body_of(world, operation), **BODIES.get(operation.mutation, {})}
    if operation.mutation == "submitAssessment":
        body = await world.chosen.scores()
    if operation.mutation == "endPlacementEarly":
        body["on"] = (world.chosen.town.rooms.database.clock().date() + timedelta(days=20)).isoformat()
    url = path_of(operation).replace("{id}", str(world.ids[view.name]))
    return await client.request(method_of(operation), url, json=body)


@pytest.mark.parametrize(("view", "state"), list(cases()))
async def test_what_allowed_actions_says_is_what_trying_shows(world: World, view: View, state: str | None) -> None:
    assert view.machine is not None
    before = await in_state(world, view, state)
    try:
        for persona in PERSONAS[:-1]:
            client = world.client(persona, view.name)
            url = f"/v1/{view.path}" if view.singleton else f"/v1/{view.path}/{world.ids[view.name]}"
            read = await client.get(url)
            allowed: list[str] = read.json()["allowedActions"] if read.status_code == 200 else []
            for action in view.machine.actions:
                operation = operation_of(view, action.name)
                if operation is None:
                    assert not action.by, f"No operation does {action.name} of a {view.name}: see ELSEWHERE"
                    continue
                answer = await tried(world, client, view, operation)
                said = f"{persona}: {action.name} of a {view.name} that is {state}: {answer.text}"
                assert answer.status_code != 422, f"Let BODIES make a well-formed body. {said}"
                assert answer.status_code in {200, 201, 403, 404, 409}, said
                assert (answer.status_code < 300) == (action.name in allowed), said
    finally:
        await in_state(world, view, before)
