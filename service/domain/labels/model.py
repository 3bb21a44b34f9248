"""What people call the values of the contract's enumerations: one file per concept, beside this one."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from typing_extensions import Doc


@dataclass(frozen=True, kw_only=True)
class Words:
    """The same in each language that labels exist in."""

    da: Annotated[str, Doc("In Danish.")]
    sv: Annotated[str, Doc("In Swedish.")]
    nb: Annotated[str, Doc("In Norwegian Bokmål.")]
    en: Annotated[str, Doc("In English.")]

    def __str__(self) -> str:
        """All of them in one line, for the contract."""
        return f"{self.en} (da: {self.da}, sv: {self.sv}, nb: {self.nb})"


@dataclass(frozen=True, kw_only=True)
class ValueLabel:
    """A value of an enumeration, and what people call it."""

    value: Annotated[str, Doc("The value as it stands in answers and bodies.")]
    label: Annotated[Words, Doc("What people call it.")]


@dataclass(frozen=True, kw_only=True)
class EnumLabels:
    """An enumeration of the contract with the labels of its values."""

    name: Annotated[str, Doc("The enumeration's name in both contracts, such as `PlacementState`.")]
    values: Annotated[tuple[ValueLabel, ...], Doc("Its values, in its own order.")]


@cache
def labels() -> tuple[EnumLabels, ...]:
    """Every enumeration that has labels, by name. Raises what `read` does, and ValueError where two files have one."""
    found: dict[str, EnumLabels] = {}
    for file in files("service.domain.labels").iterdir():
        if file.name.endswith(".toml"):
            for one in read(file.name, file.read_text("utf-8")):
                if one.name in found:
                    raise ValueError(f"{file.name}: [{one.name}] is in another file, too.")
                found[one.name] = one
    return tuple(found[name] for name in sorted(found))


def read(file: str, text: str) -> list[EnumLabels]:
    """The labels of one concept. Raises ValueError, naming the file, where a value lacks a language."""
    return [
        EnumLabels(
            name=name, values=tuple(_labelled(f"{file}: [{name}] {value}", value, values[value]) for value in values)
        )
        for name, values in tomllib.loads(text).items()
    ]


@cache
def labels_of(name: str) -> dict[str, Words]:
    """What people call the values of the enumeration of that name; nothing where it has no labels."""
    return {one.value: one.label for each in labels() if each.name == name for one in each.values}


def _labelled(place: str, value: str, words: dict[str, Any]) -> ValueLabel:
    try:
        return ValueLabel(value=value, label=Words(**words))
    except TypeError as error:
        wanted = ", ".join(one.name for one in fields(Words))
        raise ValueError(f"{place} has a label in {', '.join(words)}; it takes {wanted}.") from error
