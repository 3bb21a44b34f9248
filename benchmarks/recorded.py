"""What was heard of the service: statements, and the answer that was made of them. It knows nothing of the service."""

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True)
class Call:
    """One call of the connection: which method of it, the SQL, the values."""

    method: str
    sql: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Recorded:
    """A request's statements, and its answer: `before` + the JSON of the statement at `place` + `after`."""

    calls: tuple[Call, ...]
    place: int
    before: bytes
    after: bytes
    status: int = 200


def keep(recorded: Sequence[Any], session: Mapping[str, str], file: Path) -> None:
    """Write what was recorded where a process of the limit reads it, and the settings of the session it ran in."""
    file.write_bytes(pickle.dumps((dict(session), list(recorded))))


def kept(kind: type[T], file: Path) -> tuple[Mapping[str, str], list[T]]:
    """What `keep` wrote: settings of the session, and what was recorded."""
    session, found = cast("tuple[dict[str, str], list[T]]", pickle.loads(file.read_bytes()))  # noqa: S301  -- our own
    if not all(isinstance(one, kind) for one in found):
        raise TypeError(file)
    return session, found


class Slot(StrEnum):
    """What differs from one command to the next: the resource, the key, and what is made anew each time."""

    RESOURCE = "resource"
    KEY = "key"
    FRESH = "fresh"


@dataclass(frozen=True)
class Filling:
    """Where a value of a call goes in: `slots` are the places of its values, those in lists by their place there."""

    call: Call
    slots: Mapping[tuple[int, ...], Slot]

    def values(self, given: Mapping[Slot, Any], fresh: Callable[[], Any]) -> list[Any]:
        """The values for one command."""
        found = [list(cast("list[Any]", one)) if isinstance(one, list) else one for one in self.call.values]
        for place, slot in self.slots.items():
            value = fresh() if slot is Slot.FRESH else given[slot]
            if len(place) == 1:
                found[place[0]] = value
            else:
                found[place[0]][place[1]] = value
        return found


@dataclass(frozen=True)
class Template:
    """A command's statements, with what differs left open."""

    fillings: tuple[Filling, ...]
    place: int
    status: int


def templates(heard: Sequence[tuple[Recorded, tuple[UUID, str]]]) -> list[Template]:
    """One template, from the same command heard twice."""
    (first, (resource, key)), (second, _) = heard
    if [one.sql for one in first.calls] != [one.sql for one in second.calls]:
        raise AssertionError("The command does not run the same statements each time.")
    fillings = [
        Filling(one, dict(_slots(one.values, other.values, resource, key)))
        for one, other in zip(first.calls, second.calls, strict=True)
    ]
    return [Template(tuple(fillings), first.place, first.status)]


def _slots(
    values: Sequence[Any], others: Sequence[Any], resource: UUID, key: str, above: tuple[int, ...] = ()
) -> Iterator[tuple[tuple[int, ...], Slot]]:
    for i, (one, other) in enumerate(zip(values, others, strict=True)):
        place = (*above, i)
        if isinstance(one, list) and not above:
            yield from _slots(cast("list[Any]", one), cast("list[Any]", other), resource, key, place)
        elif one == resource:
            yield place, Slot.RESOURCE
        elif one == key:
            yield place, Slot.KEY
        elif isinstance(one, UUID) and one != other:
            yield place, Slot.FRESH
