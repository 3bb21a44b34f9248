"""A request as bytes, so that whoever drives sends the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Request:
    """One HTTP request."""

    method: str = "GET"
    path: str
    headers: tuple[tuple[str, str], ...] = field(default=())
    body: bytes = b""

    def raw(self, port: int) -> bytes:
        """As it goes over the wire."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {HOST}:{port}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.body or self.method != "GET":
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode("ascii") + self.body


def write(requests: Sequence[Request], port: int, file: Path) -> None:
    """Each request with its length in front, for a driver to read."""
    with file.open("wb") as out:
        for request in requests:
            raw = request.raw(port)
            out.write(b"%d\n%b" % (len(raw), raw))
