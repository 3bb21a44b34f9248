"""What can be done to archives."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from service.domain.archives.forgetting import empty
from service.domain.archives.model import ARCHIVE
from service.domain.archives.views import ArchiveView
from service.domain.operations import acts

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class ConfirmArchive:
    """Nothing but the word: the export is where the organisation keeps such things."""


async def confirm(identity: UUID, command: ConfirmArchive, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Confirm that the export is in the organisation's archive; what is in it is deleted here, for good."""
    del command
    found = await uow.archives.get(identity, expected_version)
    ARCHIVE.permit("confirm", found.facts, found.it.state)
    confirmed = await uow.archives.save(found.it.confirmed(uow.today), "confirmed")
    await empty(confirmed, uow)
    return identity


OPERATIONS = (acts(ArchiveView, confirm, "confirmArchive"),)
