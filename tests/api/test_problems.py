"""Every code that the service can answer with is explained in every language."""

import ast
from pathlib import Path

import pytest

from service.api.problems import LANGUAGES, catalogue, problem

ROOT = Path(__file__).parents[2] / "service"
KINDS = {"Conflict", "Invalid", "Forbidden", "DomainError", "Unauthenticated", "TooLarge", "UnsupportedMediaType"}
STATUSES = {"Invalid": {422, 400}, "Forbidden": {403}, "Conflict": {409}, "Unauthenticated": {401}}


def raised() -> set[tuple[str, str]]:
    """(kind, code) of every error in the source whose code is written out, conditions and constraints included."""
    found: set[tuple[str, str]] = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0] if node.args else None
            if name in KINDS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add((name, first.value))
            if name == "Condition":
                forbids = any(one.arg == "forbids" for one in node.keywords)
                found |= {
                    ("Forbidden" if forbids else "Conflict", one.value.value)
                    for one in node.keywords
                    if one.arg == "code" and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str)
                }
    return found


def test_every_code_in_the_source_is_in_the_catalogue_with_the_status_of_its_kind() -> None:
    assert len(raised()) > 30
    for kind, code in sorted(raised()):
        known = problem(code, "en")
        assert known.status in STATUSES.get(kind, {known.status}), (kind, code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_title_and_a_meaning(language: str) -> None:
    for one in catalogue(language):
        assert one.title, one.code
        assert one.meaning.endswith("."), one.code


def test_the_constraint_table_speaks_in_known_codes() -> None:
    from service.repo.constraints import BROKEN  # noqa: PLC0415  -- the only look of the doors' tests at the adapters

    for code, _ in BROKEN.values():
        assert problem(code, "en").status == 409
