"""What people say in the story."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def words() -> dict[str, Any]:
    """The words by what they are for."""
    return tomllib.loads((resources.files("service.demo.story") / "words.toml").read_text("utf-8"))
