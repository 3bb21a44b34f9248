"""The limit of commands: a bare ASGI application that runs the service's own statements, without token and tenancy.

`python -m benchmarks.contenders.bare_commands URL PORT TEMPLATES`. `POST /<id>` with an Idempotency-Key does to that
resource what was recorded.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

from benchmarks.contenders.limit import Bare, serve
from benchmarks.recorded import Slot, Template, kept


class BareCommands(Bare):
    """The application."""

    def __init__(self, url: str, session: Mapping[str, str], heard: list[Template]) -> None:
        super().__init__(url, session)
        (self.template,) = heard

    async def answer(self, scope: Any) -> tuple[int, bytes]:
        """Run the statements one after the other; the answer is that of the one that reads the resource back."""
        key = next(value for name, value in scope["headers"] if name == b"idempotency-key")
        given = {Slot.RESOURCE: UUID(scope["path"][1:]), Slot.KEY: key.decode()}
        body = b""
        async with self.pool.acquire() as connection:
            for place, filling in enumerate(self.template.fillings):
                run = getattr(connection, filling.call.method)
                row = await run(filling.call.sql, *filling.values(given, uuid4))
                if place == self.template.place:
                    body = cast("bytes", row[0])
        return self.template.status, body


if __name__ == "__main__":
    _, url_, port_, templates = sys.argv
    serve(BareCommands(url_, *kept(Template, Path(templates))), int(port_))
