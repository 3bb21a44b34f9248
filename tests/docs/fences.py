"""Fenced blocks of the project's documents, as their readers would copy them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fence:
    """One block: what stands behind its opening fence, and its text."""

    document: Path
    info: str
    text: str


def fences(document: Path, *languages: str) -> list[Fence]:
    """The blocks of a document in these languages, in order."""
    found = [Fence(document, one["info"].strip(), one["text"]) for one in _FENCE.finditer(document.read_text("utf-8"))]
    return [one for one in found if one.info.partition(" ")[0] in languages]
