"""The contract files and the diagrams: written from the code, checked against it."""

from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

from service.api.graphql.schema import sdl
from service.api.rest.contract import contract
from service.domain.catalogue import VIEWS
from service.domain.states import StateMachine
from service.visibility import visibility

# Consumers compare contracts, not releases: the version stands in the running service's document.
_VERSION = "1"


def files() -> dict[str, bytes]:
    """Every generated file by its path in the project."""
    document = orjson.dumps(contract(_VERSION), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return {
        "openapi/openapi.json": document,
        "openapi/schema.graphql": sdl().encode() + b"\n",
        "docs/reference/states.md": diagrams().encode(),
        "docs/reference/visibility.md": visibility().encode(),
    }


def write(folder: Path) -> list[str]:
    """Write what differs; answer the paths written."""
    stale = check(folder)
    for name in stale:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files()[name])
    return stale


def check(folder: Path) -> list[str]:
    """The paths whose files are not what the code says."""
    return [
        name
        for name, content in files().items()
        if not (folder / name).exists() or (folder / name).read_bytes() != content
    ]


def diagrams() -> str:
    """A Mermaid diagram of every state machine, and who may do what."""
    parts = [
        "# States\n",
        "Generated from the state machines in `service/domain` by `talentspor contract`. The same tables are the guard",
        "of each command and `allowedActions` in each answer.\n",
    ]
    for view in VIEWS.values():
        machine = view.machine
        if machine is not None and machine.initial:
            parts += [f"## {view.name}\n", "```mermaid", *_diagram(machine), "```\n", *_table(machine)]
    return "\n".join(parts)


def _diagram(machine: StateMachine[Any]) -> list[str]:
    lines = ["stateDiagram-v2", *(f"    [*] --> {state}" for state in machine.initial)]
    left: set[StrEnum] = set()
    reached: set[StrEnum] = set()
    for action in machine.actions:
        for source in action.sources:
            targets = action.targets or ((action.target,) if action.target is not None else ())
            for target in targets:
                lines.append(f"    {source} --> {target}: {action.name}")
                left.add(source)
                reached.add(target)
    return [*lines, *(f"    {state} --> [*]" for state in sorted(reached - left))]


def _table(machine: StateMachine[Any]) -> list[str]:
    lines = ["| action | who | from | when |", "|---|---|---|---|"]
    for action in machine.actions:
        sources = ", ".join(f"`{one}`" for one in action.sources) or "any state"
        conditions = ", ".join(f"`{one.name}`" for one in action.when)
        who = ", ".join(f"`{one}`" for one in action.by)
        lines.append(f"| `{action.name}` | {who} | {sources} | {conditions} |")
    return [*lines, ""]
