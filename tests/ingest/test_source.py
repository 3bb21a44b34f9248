"""Where an export lies, and what keeps it from being read at all."""

import zipfile
from pathlib import Path

import pytest

from service.domain.imports.problems import ProblemCode, SourceRefused
from service.domain.imports.records import FileRead, PersonRecord
from service.ingest.export import read_export
from service.ingest.source import ZipLimits, open_source
from tests.ingest.small_exports import GOOD, HEADER, everything, mapping, table

TWO_FILES = """
[[file]]
name = "units.csv"
[[file.unit]]
key = "Id"
name = "Name"
[[file]]
name = "people.csv"
[[file.person]]
key = "No"
email = "E-mail"
"""


def packed(folder: Path, files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path, limits: ZipLimits | None = None) -> str:
    with pytest.raises(SourceRefused) as refused, open_source(path, limits) as source:
        list(read_export(mapping(), source))
    assert refused.value.code == refused.value.problems[0].code
    return str(refused.value)


def test_a_folder_a_zip_and_a_single_file_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "People.CSV").write_text(table(GOOD), "utf-8", newline="")
    zipped = packed(tmp_path, {"export/People.CSV": table(GOOD), "export/notes.txt": "x", "empty/": ""})
    single = tmp_path / "anything.csv"
    single.write_text(table(GOOD), "utf-8", newline="")
    found = [
        [each for each in everything(path, mapping()) if isinstance(each, PersonRecord)]
        for path in (tmp_path, zipped, single)
    ]
    assert [[(person.line, person.key) for person in people] for people in found] == [[(2, "7")]] * 3


def test_missing_files_and_columns_are_all_named_before_a_row_is_read(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("No;Mail;E-mial\n", "utf-8")
    with open_source(tmp_path) as source, pytest.raises(SourceRefused) as refused:
        read_export(mapping(TWO_FILES), source)
    assert [(each.file, each.column, each.code) for each in refused.value.problems] == [
        ("units.csv", None, ProblemCode.MISSING_FILE),
        ("people.csv", "E-mail", ProblemCode.MISSING_COLUMN),
    ]
    assert "The export has no file units.csv. Add it" in str(refused.value)
    assert 'The file has no column E-mail. Is it "E-mial"?' in str(refused.value)


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", ProblemCode.EMPTY_FILE, "must at least have a row with the names"),
        (HEADER.replace(";", ",").encode(), ProblemCode.MISSING_COLUMN, 'Check separator = ";" in the mapping'),
        (f"{HEADER};No".encode(), ProblemCode.REPEATED_COLUMN, "Rename one of them"),
        (HEADER.replace("Born", "Fødselsår").encode(), ProblemCode.MISSING_COLUMN, "Its columns are No, Name, Mail"),
        (HEADER.encode("utf-16"), ProblemCode.WRONG_ENCODING, "The file is UTF-16. Save it as UTF-8"),
        (HEADER.replace("Note", "Nøte").encode("latin-1"), ProblemCode.WRONG_ENCODING, "The cell is not UTF-8"),
        (HEADER.replace("Name", '"Name').encode(), ProblemCode.UNTERMINATED_QUOTE, "does not close it"),
    ],
)
def test_a_file_without_a_usable_header_is_refused(
    tmp_path: Path, content: bytes, code: ProblemCode, said: str
) -> None:
    (tmp_path / "people.csv").write_bytes(content)
    with open_source(tmp_path) as source, pytest.raises(SourceRefused) as refused:
        read_export(mapping(), source)
    assert code in {problem.code for problem in refused.value.problems}
    assert said in str(refused.value)


def test_a_path_without_anything_is_refused(tmp_path: Path) -> None:
    assert "There is no such file or folder" in refusal(tmp_path / "nowhere")


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, {"people.csv": table(GOOD) + "x" * 1_000_000})
    assert "unpacks to more than 1000 bytes" in refusal(path, ZipLimits(unpacked=1_000))
    assert "unpacks to more than 100 times its size" in refusal(path, ZipLimits(small=500_000))


def test_a_zip_with_too_many_files_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, {f"{number}.csv": "" for number in range(4)})
    assert "more than 3 files" in refusal(path, ZipLimits(files=3))


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, {"people.csv": table(GOOD)})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the directory's flag for encryption
    path.write_bytes(content)
    assert "protected with a password" in refusal(path)


def test_a_zip_packed_in_an_unknown_way_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, {"people.csv": table(GOOD)})
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(signature) + offset] = 9  # Deflate64, as some versions of Windows pack large files
    path.write_bytes(content)
    assert "packed in a way that cannot be read here" in refusal(path)


def test_a_damaged_zip_is_refused_however_late_the_damage_shows(tmp_path: Path) -> None:
    path = packed(tmp_path, {"people.csv": table(*([GOOD] * 20_000))}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[-2_000] ^= 1
    path.write_bytes(content)
    assert "The file breaks off: the zip is damaged" in refusal(path)
    path.write_bytes(content[:-30] + content[-22:])
    assert "The zip is damaged" in refusal(path)


def test_progress_adds_up_to_the_size_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(table(*([GOOD] * 2_500)), "utf-8", newline="")
    told: list[int] = []
    with open_source(tmp_path) as source:
        found = list(read_export(mapping(), source, lambda _, bytes_read: told.append(bytes_read)))
        assert sum(told) == source.files[0].size
    assert len(told) == 3
    assert found[-1] == FileRead("people.csv", 2_500, 0)
