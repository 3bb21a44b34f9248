"""An export of any length takes the same memory."""

import io
import sys
from collections.abc import Iterator

import psutil

from service.domain.imports.records import FileRead, PersonRecord
from service.ingest.export import read_export
from service.ingest.source import SourceFile, SourceFolder
from tests.ingest.small_exports import mapping

ROWS = 200_000
ROWS_BETWEEN_LOOKS = 10_000
MEGABYTE = 1024 * 1024
PEOPLE = """
[[file]]
name = "people.csv"
[[file.person]]
key = "No"
full_name = "Name"
first_hired_on = "Hired"
repeats = true
"""


class Generated(io.RawIOBase):
    """A file that is made while it is read, so that it takes no memory either."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]  # its reader gives it no other buffer
        content = self._rest or next(self._chunks, b"")
        taken, self._rest = content[: len(buffer)], content[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def people() -> Iterator[bytes]:
    yield b"No;Name;Hired\n"
    for start in range(0, ROWS, 100):
        rows = (f"{number};Anna Marie Holm;{number % 28 + 1:02d}-01-2020\n" for number in range(start, start + 100))
        yield "".join(rows).encode()


def test_two_hundred_thousand_rows_take_no_more_memory_than_ten_thousand() -> None:
    file = SourceFile("people.csv", 0, lambda: io.BufferedReader(Generated(people())))
    process = psutil.Process()
    blocks: list[int] = []
    bytes_held: list[int] = []
    count, last = 0, None
    for each in read_export(mapping(PEOPLE), SourceFolder((file,))):
        last = each
        count += isinstance(each, PersonRecord)
        if count % ROWS_BETWEEN_LOOKS == 0:
            blocks.append(sys.getallocatedblocks())
            bytes_held.append(process.memory_info().rss)
    assert last == FileRead("people.csv", ROWS, 0)
    assert count == ROWS
    assert max(blocks) - blocks[0] < ROWS_BETWEEN_LOOKS, "objects are kept from row to row"
    assert max(bytes_held) - bytes_held[0] < 4 * MEGABYTE, "bytes are kept from row to row"
