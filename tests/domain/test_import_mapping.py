import pytest

from service.domain.imports.mapping import Cell, EndDates, ImportMapping
from service.domain.imports.mapping_text import MappingRefused, parse_mapping

HEAD = """
name = "example"
source = "payroll"
separator = ";"
date_format = "DD-MM-YYYY"
end_dates = "last_day"
"""
UNIT = """
[[file]]
name = "units.csv"
[[file.unit]]
key = "Id"
name = "Name"
"""


def parsed(text: str) -> ImportMapping:
    return parse_mapping(text, "my.toml")


def refused(text: str) -> str:
    with pytest.raises(MappingRefused) as refusal:
        parsed(text)
    assert refusal.value.code == "bad_mapping"
    return "\n".join(str(problem) for problem in refusal.value.problems)


def test_a_mapping_says_which_columns_make_what() -> None:
    mapping = parsed(
        HEAD
        + """
[[file]]
name = "people.csv"
only_rows = { Status = ["1", "2"], Kind = "A" }
employee_numbers = ["No"]
[[file.unit]]
key = ["Department", "Division"]
name = "Division"
parent = "Department"
kind = { constant = "team" }
repeats = true
[[file.person]]
key = "No"
full_name = "Name"
gender = { column = "Sex", translate = { M = "male" } }
[[file.engagement]]
key = "No"
person = "No"
unit = ["Department", "Division"]
title = "Title"
primary = { constant = "yes" }
[[file.leader]]
key = "No"
unit = ["Department", "Division"]
title = "Title"
titles = [{ pattern = '^chief', level = "N1", unit = "Department" }]
"""
    )
    assert (mapping.name, mapping.source, mapping.encoding) == ("example", "payroll", "utf-8")
    assert mapping.date_format.text == "DD-MM-YYYY"
    assert mapping.end_dates == EndDates.LAST_DAY
    [file] = mapping.files
    assert file.only_rows == {"Status": ("1", "2"), "Kind": ("A",)}
    assert file.employee_numbers == {"No"}
    assert file.units[0].key == Cell(("Department", "Division"))
    assert file.units[0].kind == Cell(constant="team")
    assert file.persons[0].gender == Cell(("Sex",), translations={"M": "male"})
    assert file.leaders[0].titles[0].pattern.search("CHIEF of police")
    assert file.columns() == ["Status", "Kind", "No", "Department", "Division", "Name", "Sex", "Title"]


def test_an_unknown_key_is_named_with_its_file_and_the_key_that_was_meant() -> None:
    said = refused(HEAD + UNIT + 'nmae = "Name"\n')
    assert 'my.toml, file "units.csv", unit, key "nmae": is not known here. Did you mean "name"?' in said
    assert '"cost_centre", "key", "kind", "name", "parent", "repeats"' in said


def test_a_mapping_without_files_says_how_to_write_one() -> None:
    assert 'key "file": there is none; say with [[file]] sections' in refused(HEAD)


def test_a_file_that_makes_nothing_is_refused() -> None:
    assert 'file "units.csv": makes nothing' in refused(HEAD + '[[file]]\nname = "units.csv"\n')


def test_a_file_with_two_sections_is_refused() -> None:
    assert "'units.csv' has two [[file]] sections" in refused(HEAD + UNIT + UNIT)


def test_a_bad_regular_expression_is_named_with_its_section() -> None:
    said = refused(
        HEAD
        + """
[[file]]
name = "people.csv"
[[file.leader]]
key = "No"
unit = "Department"
title = "Title"
titles = [{ pattern = 'chief', level = "N1" }, { pattern = '(chief', level = "N2" }]
"""
    )
    assert 'file "people.csv", leader, titles 2, key "pattern": \'(chief\' is not a regular expression' in said


def test_everything_that_is_wrong_is_said_at_once() -> None:
    said = refused(
        """
name = 3
source = "payroll"
encoding = "utf-16"
separator = "--"
date_format = "DD-MM-YY"
end_dates = "inclusive"
[[file]]
name = "people.csv"
employee_numbers = "No"
only_rows = "active"
[[file.person]]
full_name = "Name"
given_name = "First"
gender = { column = "Sex", translate = { M = "man" } }
[[file.engagement]]
key = { constant = "1" }
person = ["No", "Year"]
title = ["Title", "Grade"]
primary = { constant = "maybe" }
repeats = "often"
[[file.leader]]
key = "No"
unit = { colunm = "Department" }
level = { constant = "N9" }
titles = [{ pattern = "chief", level = "one" }]
"""
    )
    for part in (
        'key "name": must be a text in quotes, not 3',
        'key "encoding": is \'utf-16\'; it must be one of "utf-8"',
        'key "separator": is \'--\'; it must be one of ";", ",", "\\t", "|"',
        "'DD-MM-YY' is not a date format",
        'key "end_dates": is \'inclusive\'; it must be one of "last_day", "half_open"',
        'key "employee_numbers": must be a list of texts',
        'key "only_rows": must name a column and its accepted values',
        'person, key "key": is missing; name the column.',
        "stands beside given_name",
        '\'man\' is not one of "female", "male", "other", "undisclosed"',
        'engagement, key "key": must name a column; a constant would be the same in every row',
        'key "title": is one column\'s value; only keys are made of several columns',
        "'maybe' is not one of",
        'key "unit": is missing; name the column with the unit\'s key, or set unit_from_leaders = true',
        'key "repeats": is not known here',
        'leader, key "unit": must be a column ("Name")',
        "'N9' is not one of",
        "level\": is 'one'; it must be one of",
        'key "titles": needs a title',
        "stands beside titles",
    ):
        assert part in said


@pytest.mark.parametrize(
    "value", ["3", "[]", '""', '{ column = "A" }', '{ constant = "A", column = "B" }', "{ x = 1 }"]
)
def test_a_value_of_another_form_is_refused_with_the_forms_there_are(value: str) -> None:
    said = refused(HEAD + UNIT + f"kind = {value}\n")
    assert 'unit, key "kind": must be a column ("Name"), several' in said


def test_a_flag_in_quotes_is_refused() -> None:
    assert "must be true or false, without quotes, not 'yes'" in refused(HEAD + UNIT + 'repeats = "yes"\n')


def test_sections_in_single_brackets_are_refused_with_the_double_ones() -> None:
    assert "must be sections in double brackets, such as [[unit]]" in refused(
        HEAD + '[[file]]\nname = "units.csv"\n[file.unit]\nkey = "Id"\nname = "Name"\n'
    )


def test_what_is_not_toml_is_refused_with_its_line() -> None:
    assert "my.toml: is not TOML: " in refused('name = "x"\nsource = payroll\n')
    assert "at line 2" in refused('name = "x"\nsource = payroll\n')
