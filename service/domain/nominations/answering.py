"""What becomes of nominations when the person or the calendar says no."""

from typing import TYPE_CHECKING
from uuid import UUID

from service.domain.nominations.model import NominationState

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def refuse_pending(person: UUID, cohort: UUID, uow: "UnitOfWork") -> None:
    """The person withdraws: what waits for an answer is refused, and why the others were made is deleted.

    The cohort is locked by the caller.
    """
    for one in await uow.nominations.all_of(person, cohort):
        if one.state is NominationState.PENDING:
            await uow.nominations.save(one.refused(uow.now), "refused")
        elif one.rationale is not None:
            await uow.nominations.save(one.forgotten(), "forgotten")


async def lapse_unanswered(uow: "UnitOfWork") -> None:
    """Nominations that were not answered before the call closed are answered by that; their rationales are deleted."""
    for one in await uow.nominations.unanswered(uow.now):
        await uow.nominations.save(one.lapsed(), "lapsed")
