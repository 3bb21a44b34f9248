"""Every table, imported, so that the metadata is whole."""

from sqlmodel import SQLModel

from service.repo import placements, requests, signing, sources

METADATA = SQLModel.metadata
"""The whole schema as the code declares it."""

__all__ = ["METADATA", "placements", "requests", "signing", "sources"]
