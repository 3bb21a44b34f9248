"""What becomes of sessions when their programme comes to nothing."""

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def cancel_ahead(programme: UUID, uow: "UnitOfWork") -> None:
    """Call off what is still ahead of a cancelled programme; the programme is locked by the caller."""
    for session in await uow.sessions.ahead(programme, uow.now):
        await uow.sessions.save(session.cancelled(), "cancelled")
