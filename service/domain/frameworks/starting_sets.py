"""Competences to start a framework from, in the languages of the organisations."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from service.domain.frameworks.model import Competence
from service.domain.ids import new_id


class StartingSet(StrEnum):
    """Ready-made competences. `signs_of_potential` are the guide's six signs of potential."""

    SIGNS_OF_POTENTIAL = "signs_of_potential"


@cache
def _texts(starting_set: StartingSet) -> list[dict[str, Any]]:
    return tomllib.loads((files("service.domain.frameworks") / f"{starting_set}.toml").read_text("utf-8"))["competence"]


def starting_competences(starting_set: StartingSet, language: str) -> tuple[Competence, ...]:
    """The competences of a starting set in one language, each with an id of its own."""
    return tuple(
        Competence(id=new_id(), name=text["name"], description=text["description"], levels=tuple(text["levels"]))
        for text in (competence[language] for competence in _texts(starting_set))
    )
