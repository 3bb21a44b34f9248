"""Whether two contenders say the same."""

from datetime import UTC, datetime
from typing import Any, cast

_TIME = len("2026-01-01T00:00:00Z")


class UnequalError(Exception):
    """Two contenders say different things; to compare their speed would mean nothing."""


def same(what: str, one: Any, other: Any) -> None:
    """Both say the same, times in whatever way of writing them. Raises UnequalError."""
    if plain(one) != plain(other):
        raise UnequalError(f"{what}: {str(one)[:500]} is not {str(other)[:500]}.")


def covers(what: str, whole: Any, part: Any) -> None:
    """All that `part` says, `whole` says too; objects of `whole` may say more. Raises UnequalError."""
    if isinstance(part, dict) and isinstance(whole, dict):
        said = cast("dict[str, Any]", whole)
        for name, value in cast("dict[str, Any]", part).items():
            covers(f"{what}.{name}", said.get(name), value)
    elif isinstance(part, list) and isinstance(whole, list):
        rows, wanted = cast("list[Any]", whole), cast("list[Any]", part)
        if len(rows) != len(wanted):
            raise UnequalError(f"{what}: {len(rows)} rows are not {len(wanted)}.")
        for i, (row, value) in enumerate(zip(rows, wanted, strict=True)):
            covers(f"{what}[{i}]", row, value)
    else:
        same(what, whole, part)


def plain(value: Any) -> Any:
    """With every time as a time."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [plain(one) for one in cast("list[Any]", value)]
    if isinstance(value, str) and len(value) >= _TIME and value[10] == "T":
        try:
            return datetime.fromisoformat(value).astimezone(UTC)
        except ValueError:
            return value
    return value
