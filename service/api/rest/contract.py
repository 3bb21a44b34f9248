"""The OpenAPI document, made from the same views and operations as the routes."""

from typing import Any


def contract(version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    return {"openapi": "3.1.0", "info": {"title": "Talentspor", "version": version}, "paths": {}}
