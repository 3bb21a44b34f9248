"""What becomes of placements when the person leaves the organisation."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from service.domain.placements.model import EndedBy, PlacementState

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def end_placements(person: UUID, on: date, uow: "UnitOfWork") -> None:
    """End on that day what runs then, and cancel what would begin later: who has left leads nobody."""
    for placement in await uow.placements.firm(person):
        if placement.state is PlacementState.AGREED and placement.start_on >= on:
            await uow.placements.save(placement.cancelled(), "cancelled")
        elif placement.end_on > on:
            ended = placement.ended_early(on, EndedBy.HR, None, uow.today)
            early = ended.state is PlacementState.ENDED_EARLY
            await uow.placements.save(ended, "ended_early" if early else "shortened")
