"""Fenced blocks of the project's documents, as their readers would copy them."""

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fence:
    """One block: what stands behind its opening fence, and its text."""

    document: Path
    info: str
    text: str


def fences(document: Path, *languages: str) -> list[Fence]:
    """The blocks of a document in these languages, in order."""
    found = [
        Fence(document, one["info"].strip(), textwrap.dedent(one["text"]) if one["indent"] else one["text"])
        for one in _FENCE.finditer(document.read_text("utf-8"))
    ]
    return [one for one in found if one.info.partition(" ")[0] in languages]
