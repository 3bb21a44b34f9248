"""Exports that this project did not write. They are not part of it: without them these tests are skipped."""

import os
from pathlib import Path

import pytest

from service.domain.imports.problems import RowProblem
from service.domain.imports.records import EngagementRecord, FileRead, LeaderRecord, PersonRecord, UnitRecord
from service.ingest.export import Entry
from service.ingest.mapping_files import load_mapping
from tests.ingest.small_exports import everything

SHARED = Path(os.environ.get("TALENTSPOR_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real exports are not here")


class Read:
    """All that a real export says, by kind."""

    def __init__(self, folder: str, mapping: str) -> None:
        self.all: list[Entry] = everything(SHARED / folder, load_mapping(mapping))
        self.problems = [each for each in self.all if isinstance(each, RowProblem)]
        self.files = [each for each in self.all if isinstance(each, FileRead)]
        self.units = {each.key: each for each in self.all if isinstance(each, UnitRecord)}
        self.persons = [each for each in self.all if isinstance(each, PersonRecord)]
        self.engagements = [each for each in self.all if isinstance(each, EngagementRecord)]
        self.leaders = [each for each in self.all if isinstance(each, LeaderRecord)]


@pytest.fixture(scope="module")
def danish() -> Read:
    return Read("hjorring", "plan2learn")


@pytest.fixture(scope="module")
def flat() -> Read:
    return Read("montgomery", "flat-example")


def test_the_danish_export_has_no_problem_and_its_numbers(danish: Read) -> None:
    assert danish.problems == []
    assert (len(danish.units), len(danish.persons), len(danish.leaders)) == (48, 143, 42)
    assert [(each.file, each.rows, each.left_out) for each in danish.files] == [
        ("organisation.csv", 48, 0),
        ("bruger.csv", 143, 0),
        ("engagement.csv", 143, 18),
        ("leder.csv", 42, 0),
    ]


def test_the_danish_units_are_one_tree(danish: Read) -> None:
    tops = [unit.name for unit in danish.units.values() if unit.parent_key is None]
    assert tops == ["Hjørring Kommune"]
    assert {unit.parent_key for unit in danish.units.values()} - {None} <= danish.units.keys()


def test_the_danish_leaders_units_stand_only_in_the_leader_file(danish: Read) -> None:
    led = {leader.person_key: leader.unit_key for leader in danish.leaders}
    assert len(set(led.values())) == 42
    assert set(led.values()) <= danish.units.keys()
    without_unit = {each.person_key for each in danish.engagements if each.unit_key is None}
    assert len(without_unit) == 37
    assert without_unit <= led.keys()


def test_the_danish_people_have_names_and_birth_dates(danish: Read) -> None:
    first = danish.persons[0]
    assert (first.given_name, first.family_name, first.line) == ("Martin Fèvre", "Laustsen", 2)
    assert all(person.birth_date and person.family_name for person in danish.persons)
    assert sum(person.email is None for person in danish.persons) == 1


def test_the_flat_export_has_no_problem_and_its_numbers(flat: Read) -> None:
    assert flat.problems == []
    assert flat.files == [FileRead("employees.csv", 9_228, 0)]
    assert len({person.key for person in flat.persons}) == len(flat.persons) == 9_228
    assert len(flat.engagements) == 9_228
    tops = {unit.key for unit in flat.units.values() if unit.parent_key is None}
    assert len(tops) == 37
    assert len(flat.units.keys() - tops) == 733
    assert len({flat.units[key].name for key in flat.units.keys() - tops}) == 694


def test_the_flat_export_repeats_its_units_without_contradiction(flat: Read) -> None:
    said = {each[2:] for each in flat.all if isinstance(each, UnitRecord)}
    assert len(said) == len(flat.units) == 770


def test_the_flat_export_says_no_names_and_not_every_gender(flat: Read) -> None:
    genders = [person.gender for person in flat.persons]
    assert (genders.count("male"), genders.count("female"), genders.count(None)) == (5_481, 3_730, 17)
    assert not any(person.given_name or person.family_name or person.birth_date for person in flat.persons)


def test_the_flat_exports_leaders_are_known_by_their_titles(flat: Read) -> None:
    levels = [leader.level for leader in flat.leaders]
    assert len(flat.leaders) == 1_659
    assert [levels.count(level) for level in ("N1", "N2", "N3", "N4", "N5")] == [25, 66, 316, 791, 461]
    assert {leader.heads_unit for leader in flat.leaders} == {None}
    police = [leader for leader in flat.leaders if leader.title == "Director Department of Police"]
    assert [(leader.unit_key, leader.level) for leader in police] == [("POL", "N1")]
