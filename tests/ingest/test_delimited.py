"""Quotes, encodings and sizes that a program has to survive."""

import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.imports.problems import ProblemCode
from service.domain.imports.records import PersonRecord
from service.ingest.delimited import MOST_OPEN_QUOTES, Cells, DelimitedRows, Flaw
from tests.ingest.small_exports import HEADER, people, row, table

MEGABYTE = 1024 * 1024


def read(content: bytes | str, encoding: str = "utf-8") -> list[Cells | Flaw]:
    stream = io.BytesIO(content if isinstance(content, bytes) else content.encode(encoding))
    return list(DelimitedRows(stream, encoding=encoding, separator=";"))


def codes(rows: list[Cells | Flaw]) -> list[tuple[int, int | None, str]]:
    return [(each.line, each.position, each.code) for each in rows if isinstance(each, Flaw)]


def lines(rows: list[Cells | Flaw]) -> list[int]:
    return [each.line for each in rows if isinstance(each, Cells)]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])), min_size=2, max_size=2),
        max_size=5,
    )
)
def test_what_is_written_with_quotes_is_read_back(rows: list[list[str]]) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    text = "a;b\n" + "".join(";".join(map(quoted, cells)) + "\n" for cells in rows)
    expected = [cells for cells in rows if any(cell.strip() for cell in cells)]
    assert [each.cells for each in read(text) if isinstance(each, Cells)][1:] == expected


def test_a_cell_may_span_lines_and_the_row_has_the_number_of_its_first() -> None:
    assert read('a;b\n1;"x\n\ny"\n2;z\n') == [
        Cells(1, ["a", "b"]),
        Cells(2, ["1", "x\n\ny"]),
        Cells(5, ["2", "z"]),
    ]


def test_a_quote_inside_an_unquoted_cell_is_text() -> None:
    assert read('a;b\n1;5" pipe\n')[1] == Cells(2, ["1", '5" pipe'])


def test_a_byte_order_mark_and_every_line_end_are_left_out() -> None:
    assert read(b"\xef\xbb\xbfa;b\r\n1;2\n3;4\r\n5;6") == [
        Cells(1, ["a", "b"]),
        Cells(2, ["1", "2"]),
        Cells(3, ["3", "4"]),
        Cells(4, ["5", "6"]),
    ]


def test_an_unclosed_quote_costs_its_own_row_only() -> None:
    rows = read('a;b\n1;"x\n2;y\n3;z\n')
    assert codes(rows) == [(2, 1, ProblemCode.UNTERMINATED_QUOTE)]
    assert lines(rows) == [1, 3, 4]


@pytest.mark.parametrize("later", ['3;"z"', '"3";z', '3;"z""z"', '3;"z;z"'])
def test_an_unclosed_quote_is_noticed_at_the_next_quoted_cell(later: str) -> None:
    rows = read(f'a;b\n1;"x\n2;y\n{later}\n4;w\n')
    assert codes(rows) == [(2, 1, ProblemCode.UNTERMINATED_QUOTE)]
    assert lines(rows) == [1, 3, 4, 5]


def test_an_unclosed_quote_that_makes_a_row_of_another_width_is_noticed() -> None:
    rows = read('a;b\n1;"x\n2;y";z\n')
    assert codes(rows) == [(2, 1, ProblemCode.UNTERMINATED_QUOTE)]
    assert lines(rows) == [1, 3]


def test_an_unclosed_quote_before_a_long_file_costs_its_own_row_only() -> None:
    rows = read('a;b\n1;"x\n' + "2;y\n" * 100_000)
    assert codes(rows) == [(2, 1, ProblemCode.UNTERMINATED_QUOTE)]
    assert len(lines(rows)) == 100_001


def test_quotes_that_never_come_out_even_end_the_file_instead_of_costing_hours() -> None:
    rows = read("a;b\n" + 'a";"c\n' * 100_000)
    assert codes(rows)[-1] == (MOST_OPEN_QUOTES + 3, None, ProblemCode.TOO_MANY_OPEN_QUOTES)
    assert len(rows) == MOST_OPEN_QUOTES + 3


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_of_ten_megabytes_costs_its_own_row_and_little_memory(encoding: str, quote: str) -> None:
    content = f"a;b\n1;2\n3;{quote}".encode() + b"x" * 10 * MEGABYTE + f"{quote}\n5;6\n".encode()
    stream = io.BytesIO(content)
    tracemalloc.start()
    try:
        rows = list(DelimitedRows(stream, encoding=encoding, separator=";"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert codes(rows) == [(3, 1, ProblemCode.CELL_TOO_LARGE)]
    assert lines(rows) == [1, 2, 4]
    assert peak < 6 * MEGABYTE


@pytest.mark.parametrize("size", [65_537, 131_073, 500_000])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_over_64_kb_is_named(size: int, quote: str) -> None:
    rows = read(f"a;b\n{quote}{'x' * size}{quote};2\n3;4\n")
    assert codes(rows) == [(2, 0, ProblemCode.CELL_TOO_LARGE)]
    assert lines(rows) == [1, 3]


def test_a_line_of_many_middling_cells_is_too_large() -> None:
    rows = read("a;b\n" + ";".join(["x" * 60_000] * 20) + "\n3;4\n")
    assert codes(rows) == [(2, None, ProblemCode.ROW_TOO_LARGE)]
    assert lines(rows) == [1, 3]


def test_a_quoted_cell_that_runs_into_an_overlong_line_is_open() -> None:
    rows = read('a;b\n1;"x\n' + "y" * 2 * MEGABYTE + '"\n3;4\n')
    assert codes(rows) == [
        (2, 1, ProblemCode.UNTERMINATED_QUOTE),
        (3, 0, ProblemCode.CELL_TOO_LARGE),
    ]
    assert lines(rows) == [1, 4]


def test_a_wrong_encoding_is_named_by_line_and_column_and_the_other_rows_go_in(tmp_path: Path) -> None:
    good, bad = row(No="1"), row(No="2", Name="Søren Ørum")
    records, problems = people(tmp_path, table(good, bad, row(No="3")).encode("windows-1252"))
    assert [(each.line, each.column, each.code) for each in problems] == [(3, "Name", ProblemCode.WRONG_ENCODING)]
    assert 'set encoding = "windows-1252"' in problems[0].message
    assert [each.key for each in records if isinstance(each, PersonRecord)] == ["1", "3"]


def test_utf_8_read_as_windows_1252_is_noticed_rather_than_garbled(tmp_path: Path) -> None:
    content = table(row(No="1"), row(No="2", Name="Søren Ørum"))
    _, problems = people(tmp_path, content, encoding="windows-1252")
    assert [(each.line, each.column, each.code) for each in problems] == [(3, "Name", ProblemCode.WRONG_ENCODING)]
    assert 'set encoding = "utf-8"' in problems[0].message


def test_windows_1252_is_read(tmp_path: Path) -> None:
    content = table(row(Name="Søren Ørum")).encode("windows-1252")
    records, problems = people(tmp_path, content, encoding="windows-1252")
    assert problems == []
    assert [each.family_name for each in records if isinstance(each, PersonRecord)] == ["Ørum"]


def test_bad_bytes_inside_a_row_of_several_lines_are_named(tmp_path: Path) -> None:
    content = table(row(Note='"one\ntwo \udcff"'), row(No="8")).encode("utf-8", "surrogateescape")
    records, problems = people(tmp_path, content)
    assert [(each.line, each.column, each.code) for each in problems] == [(2, "Note", ProblemCode.WRONG_ENCODING)]
    assert [each.key for each in records if isinstance(each, PersonRecord)] == ["8"]


@given(st.binary(max_size=400))
def test_any_bytes_are_survived(content: bytes) -> None:
    for encoding in ("utf-8", "windows-1252", "iso-8859-1"):
        for each in read(HEADER.encode() + b"\n" + content, encoding):
            assert each.line >= 1
