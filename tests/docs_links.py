"""Every relative link in a Markdown file leads to a file that exists."""

import re
import sys
from pathlib import Path
from urllib.parse import unquote

_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*<?([^\s>]+)", re.MULTILINE)
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|/", re.IGNORECASE)


def dead_links(documents: list[Path]) -> list[str]:
    """Describe each relative link that leads nowhere, with its document."""
    return [
        f"{document}: {link}"
        for document in documents
        for link in (inline or named for inline, named in _LINK.findall(_CODE.sub("", document.read_text("utf-8"))))
        if not _ELSEWHERE.match(link) and not (document.parent / unquote(link.partition("#")[0])).exists()
    ]


def _documents() -> list[Path]:
    return sorted(path for path in Path().rglob("*.md") if not any(part.startswith(".") for part in path.parts))


if __name__ == "__main__":
    found = dead_links(_documents())
    sys.exit("\n".join(["These links lead nowhere:", *found]) if found else 0)
