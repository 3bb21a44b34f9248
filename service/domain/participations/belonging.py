"""What belongs to a participation: placements and reviews of the same person."""

from typing import TYPE_CHECKING
from uuid import UUID

from service.domain.errors import Invalid

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def refuse_foreign(participation_id: UUID | None, person_id: UUID, uow: "UnitOfWork") -> None:
    """What belongs to a participation is its participant's. Raises NotFound, Invalid (`not_their_participation`)."""
    if participation_id is not None:
        participation = await uow.participations.get(participation_id)
        if participation.it.person_id != person_id:
            raise Invalid(
                "not_their_participation", "The participation is somebody else's.", pointer="/participationId"
            )
