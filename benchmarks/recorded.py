"""What was heard of the service: statements, and the answer that was made of them. It knows nothing of the service."""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast


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


def keep(recorded: Sequence[Recorded], file: Path) -> None:
    """Write what was recorded where a process of the limit reads it."""
    file.write_bytes(pickle.dumps(list(recorded)))


def kept(file: Path) -> list[Recorded]:
    """What `keep` wrote."""
    return cast("list[Recorded]", pickle.loads(file.read_bytes()))  # noqa: S301  -- our own file
