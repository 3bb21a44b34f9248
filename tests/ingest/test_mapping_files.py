from pathlib import Path

import pytest

from service.domain.imports.mapping_text import MappingRefused
from service.ingest.mapping_files import LARGEST_MAPPING, load_mapping, shipped_mapping, shipped_mappings


def test_two_mappings_ship_and_both_can_be_followed() -> None:
    assert shipped_mappings() == ["flat-example", "plan2learn"]
    assert [load_mapping(name).name for name in shipped_mappings()] == shipped_mappings()


def test_a_file_of_ones_own_is_found_by_its_path(tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_text('\ufeffname = "my"\n', "utf-8")
    with pytest.raises(MappingRefused, match=r'my.toml, key "source": is missing'):
        load_mapping(str(own))


@pytest.mark.parametrize("name", ["plan3learn", "../plan2learn", "nowhere/my.toml", ""])
def test_a_name_that_is_no_mapping_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(MappingRefused, match=r"\(flat-example, plan2learn\)"):
        load_mapping(name)


def test_a_caller_from_outside_reaches_only_the_shipped_mappings(tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_text('name = "my"\n', "utf-8")
    with pytest.raises(MappingRefused, match="is neither a file nor a mapping"):
        shipped_mapping(str(own))


def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_bytes("navn = 'Ø'".encode("latin-1"))
    with pytest.raises(MappingRefused, match="is not UTF-8"):
        load_mapping(str(own))
    own.write_bytes(b"#" * (LARGEST_MAPPING + 1))
    with pytest.raises(MappingRefused, match="is it a mapping"):
        load_mapping(str(own))
