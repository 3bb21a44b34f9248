"""Where an export lies: a folder, a zip of one, or a single file."""

import io
import zipfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from service.domain.imports.problems import ProblemCode, RowProblem, SourceRefused

_ENCRYPTED = 0x1
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # the others may want any amount of memory
_READ_AT_ONCE = 256 * 1024


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """What a zip may unpack to: bytes in all, how many times its packed size above `small` bytes, and files."""

    unpacked: int = 1024**3
    ratio: int = 100
    small: int = 64 * 1024**2
    files: int = 1_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of an export; `size` in bytes, unpacked."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """The files of an export; `single` when it was given as one file, whose name then says nothing."""

    files: tuple[SourceFile, ...]
    single: bool = False

    def find(self, name: str) -> SourceFile | None:
        """The file of this name; large and small letters are the same unless two files differ by them only."""
        exact = [file for file in self.files if file.name == name]
        near = exact or [file for file in self.files if file.name.casefold() == name.casefold()]
        return near[0] if len(near) == 1 else None


@contextmanager
def open_source(path: Path, limits: ZipLimits | None = None) -> Generator[SourceFolder]:
    """The export at a path, open until the block ends; raises `SourceRefused` when it cannot be read or is too big."""
    if path.is_dir():
        files = sorted(entry for entry in path.iterdir() if entry.is_file())
        yield SourceFolder(tuple(_plain(entry) for entry in files))
    elif not path.is_file():
        raise _refused(path, "There is no such file or folder. Give the folder, zip or CSV file of the export.")
    elif zipfile.is_zipfile(path):
        with _archive(path) as archive:
            yield _unpacked(path, archive, limits or ZipLimits())
    else:
        yield SourceFolder((_plain(path),), single=True)


def _plain(path: Path) -> SourceFile:
    return SourceFile(path.name, path.stat().st_size, partial(path.open, "rb"))


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise _refused(path, "The zip is damaged. Pack it again.") from error


def _unpacked(path: Path, archive: zipfile.ZipFile, limits: ZipLimits) -> SourceFolder:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > limits.files:
        raise _refused(path, f"The zip has more than {limits.files} files. Pack only the files of the export.")
    if unpacked > limits.unpacked:
        raise _refused(path, f"The zip unpacks to more than {limits.unpacked} bytes. Import it in parts.")
    if unpacked > limits.small and unpacked > packed * limits.ratio:
        raise _refused(path, f"The zip unpacks to more than {limits.ratio} times its size. Give the files unpacked.")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise _refused(path, "The zip is protected with a password. Pack it again without one.")
    if any(entry.compress_type not in _PACKINGS for entry in entries):
        raise _refused(path, "The zip is packed in a way that cannot be read here. Pack it again as an ordinary zip.")
    return SourceFolder(
        tuple(
            SourceFile(Path(entry.filename).name, entry.file_size, partial(_open_entry, archive, entry))
            for entry in entries
        )
    )


def _open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    return io.BufferedReader(cast("io.RawIOBase", archive.open(entry)), _READ_AT_ONCE)


def _refused(path: Path, message: str) -> SourceRefused:
    return SourceRefused([RowProblem(path.name, 0, None, ProblemCode.UNREADABLE_SOURCE, message)])
