"""The difference between "leave it" and "make it empty" in a merge-patch."""

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "unset"


UNSET = Unset.UNSET

T = TypeVar("T")


def changes(command: object) -> dict[str, Any]:
    """The fields of a command that were given a value, null included."""
    if not is_dataclass(command):
        raise TypeError(command)
    values = {field.name: getattr(command, field.name) for field in fields(command)}
    return {name: value for name, value in values.items() if value is not UNSET}


def given(value: T | Unset, otherwise: T) -> T:
    """The value if one was given, else what stood there before."""
    return otherwise if isinstance(value, Unset) else value
