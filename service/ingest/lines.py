"""The lines of a file, numbered, each of a bounded length whatever the file holds."""

from collections import deque
from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

LONGEST_LINE = 1024 * 1024
_SKIPPED_AT_ONCE = 64 * 1024
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """One line without its end; `cut` when it was longer than `LONGEST_LINE` bytes and this is its beginning."""

    number: int
    content: bytes
    cut: bool = False


class Lines:
    """A file's lines in order; lines given back come again. A UTF-8 byte order mark at the start is left out."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._given_back: deque[Line] = deque()
        self._number = 0
        self.consumed = 0

    def next(self) -> Line | None:
        """The next line, or `None` after the last."""
        if self._given_back:
            return self._given_back.popleft()
        content = self._read(LONGEST_LINE)
        if not content:
            return None
        self._number += 1
        cut = not content.endswith(b"\n") and len(content) == LONGEST_LINE and self._skip_rest()
        if self._number == 1:
            content = content.removeprefix(_BYTE_ORDER_MARK)
        return Line(self._number, content.removesuffix(b"\n").removesuffix(b"\r"), cut)

    def give_back(self, lines: Sequence[Line]) -> None:
        """Let `next` hand these out again, in this order."""
        self._given_back.extendleft(reversed(lines))

    def _skip_rest(self) -> bool:
        """Pass over what is left of an overlong line; whether there was anything."""
        skipped = self._read(_SKIPPED_AT_ONCE)
        found = bool(skipped)
        while skipped and not skipped.endswith(b"\n"):
            skipped = self._read(_SKIPPED_AT_ONCE)
        return found

    def _read(self, limit: int) -> bytes:
        content = self._stream.readline(limit)
        self.consumed += len(content)
        return content
