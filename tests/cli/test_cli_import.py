"""`talentspor import`: what it tells, with which status it ends, and the file of problems."""

import csv
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.ingest.mapping_files import shipped_mappings
from tests.cli.programs import refusal, run
from tests.importing import ENGAGEMENTS, GENERAL, LEADERS, PERSONS, UNITS, written


@pytest.fixture
def slug(database: str) -> str:
    """A municipality of the test's own."""
    found = f"cli-{uuid4()}"
    arguments = ["organisation", "create", found, "--name", "Prøveby", "--country", "dk", "--language", "da"]
    assert CliRunner().invoke(app, arguments, env={"TALENTSPOR_DATABASE_URL": database}).exit_code == 0
    return found


@pytest.fixture
def mapping(tmp_path: Path) -> str:
    file = tmp_path / "four.toml"
    file.write_text(GENERAL + UNITS + PERSONS + ENGAGEMENTS + LEADERS)
    return str(file)


def told(database: str, *arguments: str) -> list[str]:
    """What the command prints when it runs."""
    result = CliRunner().invoke(app, ["import", *arguments], env={"TALENTSPOR_DATABASE_URL": database})
    assert result.exit_code == 0, (result.stderr, result.exception)
    return result.stdout.splitlines()


def counts(lines: list[str]) -> dict[str, list[str]]:
    """The table, by concept."""
    cells = [[cell.strip() for cell in line.strip("│|").split("│")] for line in lines if "│" in line]
    return {row[0]: row[1:] for row in cells}


@pytest.mark.slow
def test_an_import_is_shown_tried_done_and_done_again(database: str, slug: str, mapping: str, tmp_path: Path) -> None:
    export = str(written(tmp_path / "export"))
    arguments = ("import", export, "--organisation", slug, "--mapping", mapping)

    tried = run(*arguments, "--dry-run", TALENTSPOR_DATABASE_URL=database)
    done = run(*arguments, TALENTSPOR_DATABASE_URL=database)
    again = run(*arguments, "--snapshot", TALENTSPOR_DATABASE_URL=database)

    assert (tried.returncode, done.returncode, again.returncode) == (0, 0, 0), (tried.stderr, done.stderr, again.stderr)
    assert counts(tried.stdout.splitlines()) == counts(done.stdout.splitlines())
    assert counts(done.stdout.splitlines())["Person"] == ["3", "0", "0", "0", "0"]
    assert "12 rows read, 0 left out by the mapping, 0 unreadable." in done.stdout
    assert tried.stdout.endswith("A dry run: nothing was written.\n")
    assert again.stdout.endswith("Nothing has changed.\n")
    assert not done.stderr, "no progress bar where nobody watches"


def test_problems_are_told_and_written_to_a_file(database: str, slug: str, mapping: str, tmp_path: Path) -> None:
    export = written(tmp_path / "export", persons=("m;Mette;Igen;", "n;\x1b[31mNina;Nord;31-01-1990"))
    report = tmp_path / "report.csv"

    lines = told(database, str(export), "--organisation", slug, "--mapping", mapping, "--report", str(report))

    assert any(
        line.startswith('persons.csv, line 5, column Person: The key "m" stands in persons.csv') for line in lines
    )
    rows = list(csv.reader(report.read_text("utf-8-sig").splitlines()))
    assert [row[:4] for row in rows] == [
        ["file", "line", "column", "code"],
        ["persons.csv", "5", "Person", "duplicate_key"],
        ["persons.csv", "6", "Born", "bad_date"],
    ]


def test_what_cannot_be_imported_at_all_is_refused_in_a_sentence(
    database: str, slug: str, mapping: str, tmp_path: Path
) -> None:
    export = written(tmp_path / "export")
    place = ("--organisation", slug, "--mapping", mapping)

    def refused(*arguments: str) -> str:
        return refusal("import", *arguments, TALENTSPOR_DATABASE_URL=database)

    assert "There is no such file or folder" in refused(str(tmp_path / "nowhere"), *place)
    assert "There is no organisation nowhere" in refused(str(export), "--organisation", "nowhere", "--mapping", mapping)
    assert ", ".join(shipped_mappings()) in refused(str(export), "--organisation", slug, "--mapping", "nothing")
    assert "its folder does not exist" in refused(str(export), *place, "--report", str(tmp_path / "no" / "report.csv"))
    (export / "leaders.csv").unlink()
    assert "The export has no file leaders.csv" in refused(str(export), *place)


def test_a_snapshot_that_ends_too_much_is_refused_until_forced(
    database: str, slug: str, mapping: str, tmp_path: Path
) -> None:
    place = ("--organisation", slug, "--mapping", mapping)
    told(database, str(written(tmp_path / "export")), *place)
    less = written(
        tmp_path / "export",
        persons=("-m;Mette;Møller;1990-03-31",),
        engagements=("-3;m;leaf;Lærer;1;2017-01-01;",),
    )

    said = refusal("import", str(less), *place, "--snapshot", TALENTSPOR_DATABASE_URL=database)

    assert "would end 1 of 3 persons" in said
    assert counts(told(database, str(less), *place, "--snapshot", "--share", "0.4"))["Person"][3] == "1"
    assert counts(told(database, str(written(tmp_path / "export")), *place))["Person"][1] == "1"
    assert (
        counts(
            told(
                database,
                str(
                    written(
                        tmp_path / "export",
                        persons=("-m;Mette;Møller;1990-03-31",),
                        engagements=("-3;m;leaf;Lærer;1;2017-01-01;",),
                    )
                ),
                *place,
                "--snapshot",
                "--force",
            )
        )["Person"][3]
        == "1"
    )
