"""Errors at the doors: each code with its status, title and meaning in four languages, as problem+json."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("da", "sv", "nb", "en")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A kind of problem, in one language."""

    code: str
    status: int
    title: str
    meaning: str


@cache
def _entries() -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            for code, entry in tomllib.loads(file.read_text("utf-8")).items():
                if code in found:
                    raise ValueError(code)
                found[code] = entry
    return found


@cache
def problem(code: str, language: str) -> Problem:
    """The problem of that code. Raises KeyError for a code that is not in the catalogue."""
    entry = _entries()[code]
    return Problem(
        code=code,
        status=entry["status"],
        title=entry["title"][language],
        meaning=entry["meaning"][language],
    )


def catalogue(language: str) -> Sequence[Problem]:
    """Every problem, in one language."""
    return [problem(code, language) for code in _entries()]
