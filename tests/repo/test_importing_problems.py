"""Rows that do not fit: each is refused with file, line, column and what to do, and the other rows go in."""

from datetime import date
from pathlib import Path

import pytest

from service.domain.actor import Role
from service.domain.engagements.commands import BeginEngagement, begin
from service.domain.errors import DomainError
from service.domain.imports.mapping_text import parse_mapping
from service.domain.imports.problems import SourceRefused
from tests.importing import (
    ENGAGEMENTS,
    GENERAL,
    PERSONS,
    UNITS,
    asked_for,
    codes,
    count,
    imported,
    stored,
    written,
)
from tests.municipality import Municipality

Rows = tuple[str, ...]
MISFITS: dict[str, tuple[str, Rows, tuple[str, int, str | None, str]]] = {
    "a duplicate": ("persons", ("m;Malene;Mark;1991-01-01",), ("persons.csv", 5, "Person", "duplicate_key")),
    "an unknown parent": ("units", ("x;Nyt;nowhere",), ("units.csv", 5, "Parent", "unknown_parent")),
    "an unknown unit": (
        "engagements",
        ("9;m;nowhere;Vikar;0;2020-01-01;",),
        ("engagements.csv", 5, "Unit", "unknown_unit"),
    ),
    "an unknown person": (
        "engagements",
        ("9;nobody;leaf;Vikar;0;2020-01-01;",),
        ("engagements.csv", 5, "Person", "unknown_person"),
    ),
    "no unit": ("engagements", ("9;m;;Vikar;0;2020-01-01;",), ("engagements.csv", 5, "Unit", "no_unit")),
    "two primary engagements": (
        "engagements",
        ("9;m;school;Vikar;1;2020-01-01;",),
        ("engagements.csv", 5, "Primary", "several_primary"),
    ),
    "two heads of a unit": ("leaders", ("X;top;m;Direktør;1",), ("leaders.csv", 5, "Heads", "several_heads")),
    "a leader nobody knows": ("leaders", ("X;top;nobody;Chef;0",), ("leaders.csv", 5, "Person", "unknown_person")),
    "a post in no unit": ("leaders", ("X;nowhere;;Chef;0",), ("leaders.csv", 5, "Unit", "unknown_unit")),
    "a bad date": ("persons", ("x;Kim;Krog;31-01-1990",), ("persons.csv", 5, "Born", "bad_date")),
    "a missing key": ("persons", (";Kim;Krog;1990-01-31",), ("persons.csv", 5, "Person", "missing_value")),
    "an identity number": (
        "persons",
        ("x;Kim;010190-1234;1990-01-01",),
        ("persons.csv", 5, "Family", "identity_number"),
    ),
    "a giant cell": (
        "persons",
        (f"x;Kim;{'k' * 10_000_000};1990-01-01",),
        ("persons.csv", 5, "Family", "cell_too_large"),
    ),
    "an end before the start": (
        "engagements",
        ("9;m;leaf;Vikar;0;2020-01-01;2019-01-01",),
        ("engagements.csv", 5, "To", "ends_before_start"),
    ),
}


@pytest.mark.parametrize("misfit", MISFITS)
async def test_one_row_is_refused_and_the_others_go_in(town: Municipality, tmp_path: Path, misfit: str) -> None:
    name, rows, expected = MISFITS[misfit]
    identity, report = await asked_for(town, written(tmp_path, **{name: rows}))
    assert codes(report) == [expected]
    assert [one.added for one in report.counts] == [3, 3, 3, 3]
    read = (await town.client(None, Role.HR).get(f"/v1/imports/{identity}")).json()
    assert (read["state"], read["problemCount"], read["rowsRead"]) == ("completed", 1, 13)
    assert (await imported(town, tmp_path)).changes_nothing, "refused again, and nothing else has changed"


async def test_wrong_encoding_is_refused_row_by_row(town: Municipality, tmp_path: Path) -> None:
    export = written(tmp_path)
    with (export / "persons.csv").open("ab") as file:
        file.write("x;Søren;Krog;1990-01-01\n".encode("windows-1252"))
    report = await imported(town, export)
    assert codes(report) == [("persons.csv", 5, "Given", "wrong_encoding")]


async def test_a_circle_of_units_is_refused_with_all_that_hangs_on_it(town: Municipality, tmp_path: Path) -> None:
    circle = ("a;A;b", "b;B;c", "c;C;a", "d;D;a", "own;Own;own")
    report = await imported(town, written(tmp_path, units=circle))
    assert codes(report) == [
        ("units.csv", 5, "Parent", "unit_cycle"),
        ("units.csv", 6, "Parent", "unit_cycle"),
        ("units.csv", 7, "Parent", "unit_cycle"),
        ("units.csv", 8, "Parent", "unknown_parent"),
        ("units.csv", 9, "Parent", "unit_cycle"),
    ]
    assert count(report, "Unit").added == 3


async def test_a_circle_through_units_that_are_there_leaves_them_where_they_were(
    town: Municipality, tmp_path: Path
) -> None:
    await imported(town, written(tmp_path))
    before = await stored(town, "unit")
    only = parse_mapping(GENERAL + UNITS, "units.toml")
    turned = written(tmp_path, units=("-top;Kommunen;", "-leaf;Hold;school", "top;Kommunen;leaf"))
    report = await imported(town, turned, only)
    assert {code for *_, code in codes(report)} == {"unit_cycle"}
    assert await stored(town, "unit") == before


async def test_a_tree_without_end_is_refused_where_it_gets_too_deep(town: Municipality, tmp_path: Path) -> None:
    deep = tuple(f"u{depth};Unit {depth};u{depth - 1}" if depth else "u0;Unit 0;top" for depth in range(100))
    report = await imported(town, written(tmp_path, units=deep))
    assert count(report, "Unit").added == 3 + 39
    assert codes(report)[0] == ("units.csv", 44, "Parent", "unit_too_deep")
    assert {code for *_, code in codes(report)[1:]} == {"unknown_parent"}


async def test_what_hangs_on_a_refused_row_is_refused_with_the_reason(town: Municipality, tmp_path: Path) -> None:
    export = written(
        tmp_path,
        units=("x;Nyt;nowhere", "y;Under;x"),
        persons=("p;Per;Poulsen;31-12-1980",),
        engagements=("8;m;y;Vikar;0;;", "9;p;leaf;Vikar;1;;"),
    )
    report = await imported(town, export)
    assert [(line, code) for _, line, _, code in codes(report)] == [
        (5, "unknown_parent"),
        (6, "unknown_parent"),
        (5, "bad_date"),
        (5, "unknown_unit"),
        (6, "unknown_person"),
    ]
    assert "its row was refused" in report.problems[1].message


async def test_a_row_that_repeats_another_is_one_problem_however_much_it_makes(
    town: Municipality, tmp_path: Path
) -> None:
    flat = """
[[file]]
name = "flat.csv"
[[file.unit]]
key = "Area"
name = "AreaName"
repeats = true
[[file.unit]]
key = ["Area", "Unit"]
name = "Unit"
parent = "Area"
repeats = true
[[file.person]]
key = "No"
[[file.engagement]]
key = "No"
person = "No"
unit = ["Area", "Unit"]
title = "Title"
primary = { constant = "yes" }
"""
    rows = "No;Area;AreaName;Unit;Title\n1;A;Area A;B;Nurse\n1;A;Area A;B;Nurse\n2;A;Other;B;Nurse\n"
    (tmp_path / "flat.csv").write_text(rows)
    report = await imported(town, tmp_path, parse_mapping(GENERAL + flat, "flat.toml"))
    assert codes(report) == [
        ("flat.csv", 3, "No", "duplicate_key"),
        ("flat.csv", 4, "Area", "differing_repeat"),
    ]
    assert report.problem_count == 2
    assert [one.added for one in report.counts] == [2, 2, 2, 0]


async def test_a_primary_engagement_that_was_recorded_here_stands(town: Municipality, tmp_path: Path) -> None:
    await imported(town, written(tmp_path))
    person, unit = (await stored(town, "person"))["m"]["id"], (await stored(town, "unit"))["top"]["id"]
    stays = (await stored(town, "engagement"))["3"]
    hr = town.client(None, Role.HR)
    ended = await hr.post(f"/v1/engagements/{stays['id']}/end", json={"on": "2026-09-01"})
    assert ended.status_code == 200, ended.text
    here = BeginEngagement(person_id=person, unit_id=unit, position_title="Konsulent", start_on=date(2026, 9, 1))
    await town.run(begin, here)
    report = await imported(town, tmp_path)
    assert codes(report) == [("engagements.csv", 4, "Primary", "primary_elsewhere")]
    assert (await stored(town, "engagement"))["3"]["end_on"] == date(2026, 9, 1)


async def test_an_export_of_which_nothing_can_be_read_fails_as_a_whole(town: Municipality, tmp_path: Path) -> None:
    (written(tmp_path) / "leaders.csv").unlink()
    with pytest.raises(SourceRefused):
        await imported(town, tmp_path)
    listed = (await town.client(None, Role.HR).get("/v1/imports", params={"state": "failed"})).json()["items"]
    assert [one["failure"]["code"] for one in listed] == ["missing_file"]
    assert await stored(town, "unit") == {}


async def test_somebody_who_takes_a_key_meanwhile_fails_the_import_in_words(town: Municipality, tmp_path: Path) -> None:
    hr = town.client(None, Role.HR)
    await hr.post("/v1/positions", json={})  # the client is warm
    unit = await town.unit("Skolen")
    taken = {"unitId": str(unit), "level": "N3", "title": "Leder", "source": "payroll", "externalId": "A"}
    assert (await hr.post("/v1/positions", json=taken)).status_code == 201
    report = await imported(town, written(tmp_path))
    assert (count(report, "Position").added, count(report, "Position").changed) == (2, 1)


async def test_ten_thousand_problems_are_kept_and_all_are_counted(town: Municipality, tmp_path: Path) -> None:
    many = tuple(f"x{number};nobody{number};leaf;Vikar;0;;" for number in range(10_050))
    only = parse_mapping(GENERAL + UNITS + PERSONS + ENGAGEMENTS, "three.toml")
    report = await imported(town, written(tmp_path, engagements=("-1;d;;Kommunaldirektør;1;2015-01-01;", *many)), only)
    assert (len(report.problems), report.problem_count) == (10_000, 10_050)
    assert count(report, "Engagement").refused == 10_050


async def test_a_share_is_a_part(town: Municipality, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="bad_share"):
        await imported(town, written(tmp_path), share=2)
