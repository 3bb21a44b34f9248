"""What can be asked of imports."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len

from service.domain.ids import new_id
from service.domain.imports.model import DEFAULT_SHARE, INTERRUPTED, INTERRUPTED_AFTER, PROBLEMS_KEPT, Import
from service.domain.imports.report import ImportReport
from service.domain.imports.views import ImportView
from service.domain.operations import creates

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class QueueImport:
    """An export that was received whole. `digest` is of the export and its mapping: what makes a request the same."""

    mapping: Annotated[str, Len(1, 200)]
    source: Annotated[str, Len(1, 200)]
    file_name: Annotated[str, Len(1, 200)]
    digest: bytes
    dry_run: bool = False
    snapshot: bool = False
    share: Decimal = DEFAULT_SHARE
    force: bool = False


async def queue(command: QueueImport, uow: "UnitOfWork") -> UUID:
    """Import an export: units, people, engagements and leaders, by a mapping that says which columns make them.

    Rows that are wrong are reported with file, line and column; the other rows go in. It runs in the background.
    """
    uow.actor.require("hr", "people:write")
    asked = Import(
        id=new_id(),
        mapping=command.mapping,
        source=command.source,
        file_name=command.file_name,
        dry_run=command.dry_run,
        snapshot=command.snapshot,
        share=command.share,
        force=command.force,
    )
    await uow.imports.add(asked, "queued")
    uow.agenda.wake(give_up_interrupted, uow.now + INTERRUPTED_AFTER)
    return asked.id


async def give_up_interrupted(uow: "UnitOfWork") -> datetime | None:
    """Imports whose process has died have failed: nothing of them went in.

    Answers when to look again, as long as some are under way.
    """
    for silent in await uow.imports.silent_since(uow.now - INTERRUPTED_AFTER):
        await uow.imports.save(silent.failed(INTERRUPTED, ImportReport(), uow.now), "failed")
    return uow.now + INTERRUPTED_AFTER if await uow.imports.under_way() else None


async def forget_problems(uow: "UnitOfWork") -> None:
    """Problems of rows are kept for a while, the counts for good."""
    await uow.imports.forget_problems(uow.now - PROBLEMS_KEPT)


DUTIES = (give_up_interrupted, forget_problems)

QUEUE = creates(ImportView, queue, "queueImport")
"""Not among the catalogue's operations: its body is a file, so the REST door has a route of its own for it."""
