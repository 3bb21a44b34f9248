"""Charts, drawn by a process of their own that ends when it is done: what draws takes memory, and the whole of a core.

One is drawn at a time, and the last ones are kept: a report does not change.
"""

import asyncio
import sys
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import orjson
import structlog

from service.domain.errors import DomainError

log: Any = structlog.get_logger("talentspor")

KEPT = 12
"""How many charts are kept."""
_PATIENCE = 60.0  # seconds; a busy machine takes some for what is done in two


class Charts:
    """Draws charts by `service.drawing`."""

    def __init__(self) -> None:
        """Begin with none."""
        self.turn = asyncio.Semaphore(1)
        self.kept: OrderedDict[tuple[str, str, str], bytes] = OrderedDict()

    async def drawn(self, tag: str, report: Mapping[str, Any], language: str, form: str) -> bytes:
        """The chart of a report in that form; `tag` tells one reading of a report from another.

        Raises DomainError (`chart_failed`).
        """
        key = (tag, language, form)
        async with self.turn:
            if key not in self.kept:
                wish = orjson.dumps({"report": report, "language": language, "form": form})
                self.kept[key] = await _draw(wish)
                if len(self.kept) > KEPT:
                    self.kept.popitem(last=False)
            self.kept.move_to_end(key)
            return self.kept[key]


async def _draw(wish: bytes) -> bytes:
    drawing = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-m", "service.drawing"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        chart, said = await asyncio.wait_for(drawing.communicate(wish), _PATIENCE)
    except TimeoutError:
        chart, said = b"", b"It took too long."
    finally:
        if drawing.returncode is None:
            drawing.kill()
            await drawing.wait()
    if drawing.returncode or not chart:
        log.error("a chart could not be drawn", said=said.decode(errors="replace")[-2000:])
        raise DomainError("chart_failed", "The chart could not be drawn just now.")
    return chart
