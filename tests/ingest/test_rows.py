"""What one row can have wrong: each problem names file, line and column, and the other rows go in."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from service.domain.imports.problems import ProblemCode, RowProblem
from service.domain.imports.records import EngagementRecord, FileRead, LeaderRecord, PersonRecord, UnitRecord, UnreadRow
from tests.ingest.small_exports import GOOD, everything, mapping, people, row, table

CPR_LIKE = f"{date(1983, 11, 27):%d%m%y}" + "0001"


def only_problem(folder: Path, bad: str, line: int = 3) -> RowProblem:
    """The one problem of a bad row between two good ones, which must both go in."""
    records, problems = people(folder, table(row(No="1"), bad, row(No="3")))
    assert [record.key for record in records if isinstance(record, PersonRecord)] == ["1", "3"]
    assert len(problems) == 1
    assert (problems[0].file, problems[0].line) == ("people.csv", line)
    return problems[0]


def test_a_row_makes_a_person_and_an_engagement(tmp_path: Path) -> None:
    records, problems = people(tmp_path, table(GOOD))
    assert problems == []
    assert records == [
        PersonRecord(
            file="people.csv",
            line=2,
            key="7",
            given_name="Anna",
            family_name="Holm",
            email="anna@example.org",
            birth_date=date(1980, 2, 1),
            birth_year=None,
            gender="female",
            professional_field=None,
            first_hired_on=None,
            repeats=False,
        ),
        EngagementRecord(
            file="people.csv",
            line=2,
            key="7",
            person_key="7",
            unit_key="A/B",
            title="Nurse",
            employment_type=None,
            weekly_hours=Decimal("37.5"),
            start_on=date(2020, 1, 1),
            end_on=date(2021, 1, 1),
            primary=True,
        ),
    ]


def test_half_open_end_dates_stay_as_they_are(tmp_path: Path) -> None:
    records, _ = people(tmp_path, table(GOOD), end_dates="half_open")
    assert [record.end_on for record in records if isinstance(record, EngagementRecord)] == [date(2020, 12, 31)]


@pytest.mark.parametrize(
    ("changed", "column", "code", "said"),
    [
        ({"Born": "31-02-1980"}, "Born", ProblemCode.BAD_DATE, '"31-02-1980" is not a date: day is out of range'),
        ({"Born": "1980-02-01"}, "Born", ProblemCode.BAD_DATE, "set the mapping's date_format (now DD-MM-YYYY)"),
        ({"From": "01-01-0202"}, "From", ProblemCode.BAD_DATE, "the year is not between 1900 and 2199"),
        ({"To": "31-12-2018"}, "To", ProblemCode.ENDS_BEFORE_START, "ends (2018-12-31) before it starts (2020-01-01)"),
        ({"Title": " "}, "Title", ProblemCode.MISSING_VALUE, "cannot be used without it"),
        ({"No": ""}, "No", ProblemCode.MISSING_VALUE, "Fill it"),
        ({"Title": ""}, "Title", ProblemCode.MISSING_VALUE, "Fill it"),
        ({"Unit": ""}, "Unit", ProblemCode.MISSING_VALUE, "Fill it"),
        ({"Area": "", "Unit": ""}, "Area + Unit", ProblemCode.MISSING_VALUE, "Fill it"),
        ({"Mail": "anna(at)example.org"}, "Mail", ProblemCode.BAD_EMAIL, "is not an e-mail address"),
        ({"Sex": "F"}, "Sex", ProblemCode.UNKNOWN_VALUE, "add it to translate in the mapping"),
        ({"Hours": "169"}, "Hours", ProblemCode.BAD_NUMBER, "weekly hours from 0 to 168"),
        ({"Hours": "full"}, "Hours", ProblemCode.BAD_NUMBER, "Write it like 37 or 18.5"),
        ({"Title": "x" * 201}, "Title", ProblemCode.VALUE_TOO_LONG, "more than 200 characters"),
        ({"Unit": "y" * 299}, "Area + Unit", ProblemCode.VALUE_TOO_LONG, "more than 300 characters"),
        ({"Unit": "y" * 301}, "Unit", ProblemCode.VALUE_TOO_LONG, "more than 300 characters"),
        ({"Note": "a\0b"}, "Note", ProblemCode.NUL_BYTE, "Remove it"),
        ({"Note": "z" * 65_537}, "Note", ProblemCode.CELL_TOO_LARGE, "more than 65536 characters"),
        ({"Note": f"cpr {CPR_LIKE}"}, "Note", ProblemCode.IDENTITY_NUMBER, "Leave it out of the export"),
        ({"Status": "0", "Note": CPR_LIKE}, "Note", ProblemCode.IDENTITY_NUMBER, "never stored"),
        ({"No": f"{CPR_LIKE[:6]}-{CPR_LIKE[6:]}"}, "No", ProblemCode.IDENTITY_NUMBER, "never stored"),
        ({"Note": 'x"y;z'}, None, ProblemCode.WRONG_COLUMN_COUNT, "has 14 cells, the first row has 13"),
        ({"Note": '"x"y'}, "Note", ProblemCode.BAD_QUOTE, "Double every quote"),
    ],
)
def test_a_bad_row_is_named_and_the_others_go_in(
    tmp_path: Path, changed: dict[str, str], column: str | None, code: ProblemCode, said: str
) -> None:
    problem = only_problem(tmp_path, row(**changed))
    assert (problem.column, problem.code) == (column, code)
    assert said in problem.message


def test_a_problem_never_repeats_an_identity_number(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, row(Born=CPR_LIKE))
    assert problem.code == ProblemCode.IDENTITY_NUMBER
    assert CPR_LIKE not in str(problem)
    assert str(problem).startswith("people.csv, line 3, column Born: ")


def test_ten_digits_in_a_declared_column_are_an_employee_number(tmp_path: Path) -> None:
    records, problems = people(tmp_path, table(row(No=CPR_LIKE)))
    assert problems == []
    assert [record.key for record in records] == [CPR_LIKE, CPR_LIKE]


def test_a_row_with_several_problems_names_them_all(tmp_path: Path) -> None:
    _, problems = people(tmp_path, table(row(Born="x", Title="", Hours="y")))
    assert [(problem.column, problem.code) for problem in problems] == [
        ("Born", ProblemCode.BAD_DATE),
        ("Title", ProblemCode.MISSING_VALUE),
        ("Hours", ProblemCode.BAD_NUMBER),
    ]


def test_rows_that_do_not_count_are_left_out_and_counted(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(table(GOOD, row(Status="0"), "", ";" * 12, row(Status="2")), newline="")
    found = everything(tmp_path, mapping())
    assert len(found) == 3
    assert found[-1] == FileRead("people.csv", rows=3, left_out=2)


def test_texts_are_composed_and_stripped(tmp_path: Path) -> None:
    records, _ = people(tmp_path, table(row(Title="  La\u030aseansvarlig ")))
    assert [record.title for record in records if isinstance(record, EngagementRecord)] == ["Låseansvarlig"]


def test_keys_of_several_columns_never_meet(tmp_path: Path) -> None:
    rows = [row(No="1", Area="a/b", Unit="c"), row(No="2", Area="a", Unit="b/c"), row(No="3", Area="a\\", Unit="/b/c")]
    records, _ = people(tmp_path, table(*rows))
    keys = [record.unit_key for record in records if isinstance(record, EngagementRecord)]
    assert keys == ["a\\/b/c", "a/b\\/c", "a\\\\/\\/b\\/c"]


LEADERS = """
[[file]]
name = "people.csv"
[[file.unit]]
key = "Area"
name = "Area"
parent = { constant = "top" }
repeats = true
[[file.leader]]
key = "No"
person = "No"
unit = ["Area", "Unit"]
title = "Title"
titles = [
  { pattern = '^assistant director', level = "N3" },
  { pattern = 'director', level = "N1", unit = "Area" },
]
"""


def test_the_first_title_pattern_that_matches_decides_level_and_unit(tmp_path: Path) -> None:
    titles = ["Director of Parks", "Assistant Director", "Nurse"]
    content = table(*(row(No=str(number), Title=title) for number, title in enumerate(titles)))
    (tmp_path / "people.csv").write_text(content, newline="")
    found = everything(tmp_path, mapping(LEADERS))
    leaders = [each for each in found if isinstance(each, LeaderRecord)]
    assert [(each.person_key, each.unit_key, each.level) for each in leaders] == [("0", "A", "N1"), ("1", "A/B", "N3")]
    assert {each.heads_unit for each in leaders} == {None}
    units = [each for each in found if isinstance(each, UnitRecord)]
    assert {(each.key, each.parent_key, each.repeats) for each in units} == {("A", "top", True)}


def test_a_leader_without_a_person_is_a_vacant_post(tmp_path: Path) -> None:
    described = mapping(
        """
[[file]]
name = "leaders.csv"
[[file.leader]]
key = "Unit"
unit = "Unit"
person = "No"
level = "Level"
heads_unit = "Heads"
"""
    )
    (tmp_path / "leaders.csv").write_text("Unit;No;Level;Heads\nA;;n2;ja\nB;7;;nej\nC;8;N6;måske\n", "utf-8")
    found = everything(tmp_path, described)
    assert found[:2] == [
        LeaderRecord("leaders.csv", 2, "A", None, "A", None, "N2", heads_unit=True),
        LeaderRecord("leaders.csv", 3, "B", "7", "B", None, None, heads_unit=False),
    ]
    problems = [each for each in found if isinstance(each, RowProblem)]
    assert [(each.line, each.column) for each in problems] == [(4, "Level"), (4, "Heads")]


def test_a_birth_year_stands_where_the_birth_date_is_not_known(tmp_path: Path) -> None:
    described = mapping('\n[[file]]\nname = "p.csv"\n[[file.person]]\nkey = "No"\nbirth_year = "Year"\n')
    (tmp_path / "p.csv").write_text("No;Year\n1;1980\n2;\n3;80\n", "utf-8")
    found = everything(tmp_path, described)
    assert [each.birth_year for each in found if isinstance(each, PersonRecord)] == [1980, None]
    [problem] = [each for each in found if isinstance(each, RowProblem)]
    assert (problem.line, problem.column, problem.code) == (4, "Year", ProblemCode.BAD_NUMBER)


def test_a_refused_row_tells_whom_it_is_about_where_it_can(tmp_path: Path) -> None:
    rows = (row(Born="31-31-1980"), row(No=""), row(Area=""), GOOD.replace(";x", ";x;y"))
    (tmp_path / "people.csv").write_text(table(*rows), encoding="utf-8")
    unread = [each for each in everything(tmp_path, mapping()) if isinstance(each, UnreadRow)]
    assert [(each.line, each.keys, each.nameless) for each in unread] == [
        (2, (("persons", "7"), ("engagements", "7")), ()),
        (3, (), ("persons", "engagements")),
        (4, (("persons", "7"), ("engagements", "7")), ()),
        (5, (), ("persons", "engagements")),
    ]
