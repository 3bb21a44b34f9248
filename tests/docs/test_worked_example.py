"""The worked example of the contributing guide, followed to the letter in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import orjson
import pytest

from service.embedded import EmbeddedPostgres, create_database
from service.repo.revisions import head
from tests.docs.fences import ROOT, fences

MIGRATIONS = "service/repo/migrations/versions/"
_HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@$")


@dataclass
class Hunk:
    """Lines that a file has, and those that stand there instead."""

    counts: tuple[int, int]
    old: list[str] = field(default_factory=list[str])
    new: list[str] = field(default_factory=list[str])

    def add(self, line: str) -> None:
        mark, text = line[:1] or " ", line[1:]
        if mark in " -":
            self.old.append(text)
        if mark in " +":
            self.new.append(text)


@dataclass
class Change:
    """What one diff does to one file."""

    path: str
    is_new: bool
    hunks: list[Hunk]

    def apply(self, folder: Path) -> None:
        path = folder / self.path
        text = "" if self.is_new else path.read_text("utf-8")
        for hunk in self.hunks:
            old, new = ("".join(f"{line}\n" for line in lines) for lines in (hunk.old, hunk.new))
            assert self.is_new or text.count(old) == 1, f"{self.path} has no single place for:\n{old}"
            text = new if self.is_new else text.replace(old, new)
        path.write_text(text, "utf-8")


def _change(diff: str) -> Change:
    before, after, *lines = diff.splitlines()
    change = Change(after.removeprefix("+++ b/"), before == "--- /dev/null", [])
    assert change.is_new or before == f"--- a/{change.path}"
    for line in lines:
        if counts := _HUNK.match(line):
            change.hunks.append(Hunk((int(counts[2] or 1), int(counts[4] or 1))))
        else:
            change.hunks[-1].add(line)
    return change


def changes() -> list[Change]:
    found = [_change(one.text) for one in fences(ROOT / "CONTRIBUTING.md", "diff")]
    assert found
    return found


def test_the_example_touches_at_most_four_files_and_a_migration() -> None:
    paths = [change.path for change in changes()]
    others = [path for path in paths if not path.startswith(MIGRATIONS)]
    assert len(set(paths)) == len(paths)
    assert len(others) <= 4
    assert len(paths) - len(others) == 1


def test_the_example_edits_no_output_code() -> None:
    assert not [change.path for change in changes() if change.path.startswith(("service/api", "openapi"))]


def test_the_example_s_diffs_are_whole_so_that_git_applies_them_too() -> None:
    for change in changes():
        for hunk in change.hunks:
            assert hunk.counts == (len(hunk.old), len(hunk.new)), change.path


@pytest.mark.slow
async def test_whoever_follows_the_example_has_a_field_a_filter_and_a_relation_at_both_doors(
    postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    for name in ("service", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for change in changes():
        change.apply(tmp_path)
    _count_on(tmp_path / MIGRATIONS)
    database = f"example_{uuid4().hex[:12]}"
    await create_database(postgres, database)
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "OWNER_URL": postgres.url("talentspor_owner", database),
        "SERVICE_URL": postgres.url("talentspor", database),
    }

    def run(*arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    run("-c", "from pathlib import Path; from service.contract import write; write(Path())")
    _check_contract(tmp_path)
    run(str(tmp_path / "tests/docs/example_followed.py"))


def _count_on(migrations: Path) -> None:
    """The migration that the example calls the second becomes the one behind the newest."""
    (example,) = migrations.glob("0002_workplace.py")
    newest = head()
    behind = f"{int(newest) + 1:04d}"
    text = example.read_text("utf-8").replace('\nrevision = "0002"', f'\nrevision = "{behind}"')
    text = text.replace('down_revision = "0001"', f'down_revision = "{newest}"')
    example.unlink()
    (migrations / f"{behind}_workplace.py").write_text(text, "utf-8")


def _check_contract(folder: Path) -> None:
    document = orjson.loads((folder / "openapi/openapi.json").read_bytes())
    schemas = document["components"]["schemas"]
    assert {"workplace", "hrPartnerId"} <= schemas["Unit"]["properties"].keys()
    assert {"workplace", "hrPartnerId"} <= schemas["DefineUnit"]["properties"].keys()
    parameters = {one["name"]: one for one in document["paths"]["/v1/units"]["get"]["parameters"] if "name" in one}
    assert "workplace" in parameters
    assert "hrPartner" in parameters["expand"]["schema"]["items"]["enum"]
    schema = (folder / "openapi/schema.graphql").read_text("utf-8")
    unit = schema.partition("type Unit implements Node {")[2].partition("\n}")[0]
    assert "  workplace: String\n" in unit
    assert "  hrPartner: Person\n" in unit
    narrowing = schema.partition("input UnitFilter {")[2].partition("\n}")[0]
    assert re.search(r"^  workplace: String( = null)?$", narrowing, re.MULTILINE)
