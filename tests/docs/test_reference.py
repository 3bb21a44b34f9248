"""What the reference lists is what there is."""

import re
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from service.api.problems import catalogue
from service.domain.actor import Role, Scope
from service.domain.imports.mapping import EngagementColumns, FileColumns, LeaderColumns, PersonColumns, UnitColumns
from service.domain.imports.mapping_text import ENCODINGS
from service.ingest.mapping_files import shipped_mappings
from service.settings import Settings
from tests.docs.fences import ROOT

REFERENCE = ROOT / "docs/reference"
_ROW = re.compile(r"^\| `(?P<name>[^`]+)` \| (?P<rest>.*) \|$", re.MULTILINE)


def _text(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def test_every_setting_stands_in_the_table_with_its_default_and_what_it_does() -> None:
    expected: dict[str, tuple[str, str]] = {}
    for name, field in Settings.model_fields.items():
        default = field.default
        assert not isinstance(default, SecretStr)
        shown = "" if default is None else f"`{default}`"
        expected[f"TALENTSPOR_{name.upper()}"] = (shown, str(field.description))
    found = {row["name"]: row["rest"] for row in _ROW.finditer(_text("settings.md"))}
    assert found.keys() == expected.keys()
    for name, (default, description) in expected.items():
        shown, _, told = found[name].partition("|")
        assert shown.strip() == default, name
        assert told.strip().startswith(description.rstrip(".")), name


@pytest.mark.parametrize("names", [Role, Scope])
def test_every_role_and_scope_of_a_token_is_explained(names: type[StrEnum]) -> None:
    explained = {row["name"] for row in _ROW.finditer(_text("roles.md"))}
    assert {str(one) for one in names} <= explained


def test_every_status_that_a_problem_can_have_is_explained_with_codes_that_exist() -> None:
    rows = re.findall(r"^\| (\d{3}) \| .* \| (.+) \|$", _text("errors.md"), re.MULTILINE)
    statuses = {one.code: one.status for one in catalogue("en")}
    assert {int(status) for status, _ in rows} == set(statuses.values())
    for status, codes in rows:
        for code in re.findall(r"`(\w+)`", codes):
            assert statuses[code] == int(status), code


@pytest.mark.parametrize("columns", [FileColumns, UnitColumns, PersonColumns, EngagementColumns, LeaderColumns])
def test_every_key_of_a_mapping_file_is_explained(columns: type[Any]) -> None:
    text = _text("import-mapping.md")
    sections = {"units", "persons", "engagements", "leaders"}
    names = {one.name for one in fields(columns)} - sections
    assert not {name for name in names if f"`{name}`" not in text and f"`{name} = " not in text}


def test_encodings_and_shipped_mappings_are_those_there_are() -> None:
    text = _text("import-mapping.md")
    assert not [name for name in (*ENCODINGS, *shipped_mappings()) if f"`{name}`" not in text]


def test_the_decisions_are_listed() -> None:
    folder = ROOT / "docs/decisions"
    listed = (folder / "index.md").read_text("utf-8")
    assert not [path.name for path in folder.glob("[0-9]*.md") if f"({path.name})" not in listed]


def test_every_document_can_be_reached_from_the_index() -> None:
    start = ROOT / "docs/index.md"
    reached: set[Path] = set()
    pending = [start]
    while pending:
        document = pending.pop()
        if document in reached:
            continue
        reached.add(document)
        links = re.findall(r"\]\(([^)#:]+\.md)", document.read_text("utf-8"))
        pending += [(document.parent / link).resolve() for link in links]
    assert not set((ROOT / "docs").rglob("*.md")) - reached
