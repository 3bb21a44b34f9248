"""What imports ask of the rooms around them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from service.domain.actor import Actor
from service.domain.aggregates import Store
from service.domain.imports.mapping import ImportMapping
from service.domain.imports.model import Import
from service.domain.imports.problems import RowProblem


class Imports(Store[Import], Protocol):
    """Imports, and the problems of their rows."""

    async def keep_problems(self, identity: UUID, problems: Sequence[RowProblem]) -> None:
        """Keep them with the import."""
        ...

    async def problems(self, identity: UUID) -> list[RowProblem]:
        """The problems that were kept, in the order of the export."""
        ...


class Importer(Protocol):
    """Runs imports behind the request that asked for them."""

    def mapping(self, name_or_text: str) -> ImportMapping:
        """A mapping that ships with the service, or the one that the text describes. Raises MappingRefused."""
        ...

    def place(self) -> Path:
        """Where an uploaded export may be written; `start` takes it over and removes it in the end."""
        ...

    def start(self, actor: Actor, identity: UUID, mapping: ImportMapping, export: Path) -> None:
        """Let a queued import run when its turn comes."""
        ...
