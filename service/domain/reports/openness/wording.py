"""The words of the openness report in four languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from service.domain.labels.model import Words
from service.domain.reports.openness.model import Definition


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files("service.domain.reports.openness").joinpath("words.toml").read_text("utf-8"))


def word(name: str) -> Words:
    """One word by itself, such as `title`."""
    return msgspec.convert(_words()[name], Words)


@cache
def labels() -> Mapping[str, Words]:
    """Stages, dimensions and groups by their codes."""
    words = _words()
    named = {
        **words["groups"],
        **{code: one["label"] for kind in ("stages", "dimensions") for code, one in words[kind].items()},
    }
    return {code: msgspec.convert(one, Words) for code, one in named.items()}


def definitions(threshold: int) -> tuple[Definition, ...]:
    """What every stage, dimension and note of a report means; the threshold stands in one of them."""
    return tuple(
        Definition(
            term=term,
            labels=msgspec.convert(one["label"], Words),
            meaning=msgspec.convert(
                {language: text.replace("{threshold}", str(threshold)) for language, text in one["meaning"].items()},
                Words,
            ),
        )
        for kind in ("stages", "dimensions", "notes")
        for term, one in _words()[kind].items()
    )
