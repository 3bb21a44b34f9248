"""Which revision of the schema this release wants: told without Alembic, which costs a worker 10 MB."""

from functools import cache
from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"


@cache
def _all() -> tuple[str, ...]:
    """The revisions in order: each file is named after its own."""
    return tuple(sorted(one.name.partition("_")[0] for one in (MIGRATIONS / "versions").glob("[0-9]*_*.py")))


def head() -> str:
    """The revision that this release wants."""
    return _all()[-1]


def known(revision: str) -> bool:
    """This release knows the revision; one it does not know comes from a newer release."""
    return revision in _all()
