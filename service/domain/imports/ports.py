"""What imports ask of the rooms around them."""

from collections.abc import Sequence
from datetime import datetime
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

    async def silent_since(self, moment: datetime) -> list[Import]:
        """Imports under way of which nothing was heard since, locked; those that another worker has locked are not."""
        ...

    async def under_way(self) -> bool:
        """There are imports that wait or run."""
        ...

    async def forget_problems(self, before: datetime) -> None:
        """Remove the problems of imports that were done before that moment."""
        ...

    async def problems(self, identity: UUID) -> list[RowProblem]:
        """The problems that were kept, in the order of the export."""
        ...


class Importer(Protocol):
    """Runs imports behind the request that asked for them."""

    def mapping(self, name_or_text: str) -> ImportMapping:
        """A mapping that ships with the service, or the one that the text describes. Raises MappingRefused."""
        ...

    def refuse_when_busy(self) -> None:
        """Raises Conflict (`imports_waiting`) where as many exports wait as there is room for."""
        ...

    def place(self) -> Path:
        """Where an uploaded export may be written; `start` takes it over and removes it in the end."""
        ...

    def start(self, actor: Actor, identity: UUID, mapping: ImportMapping, export: Path) -> None:
        """Let a queued import run when its turn comes."""
        ...
