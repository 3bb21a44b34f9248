"""Levels of programmes and templates, as SQL."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, func, or_


def of_level(row: FromClause, levels: ColumnElement[Any]) -> ColumnElement[bool]:
    """It is at one of the levels, or a hybrid that combines one of them."""
    return or_(row.c.level == func.any(levels), row.c.also_levels.op("?|", is_comparison=True)(levels))
