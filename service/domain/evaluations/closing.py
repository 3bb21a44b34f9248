"""Closing an evaluation: its results are made, and what anybody said alone is deleted."""

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def close(programme: UUID, uow: "UnitOfWork") -> None:
    """Make the results of a programme's evaluation; the programme is locked by the caller.

    Whoever answers at the same moment is either in the results or refused: answering locks the evaluation too.
    """
    evaluation = await uow.evaluations.of(programme)
    if evaluation is None:
        raise AssertionError  # the state machine's condition
    threshold = (await uow.organisations.get(uow.actor.organisation)).it.anonymity_threshold
    responses = await uow.evaluation_responses.of(evaluation.id)
    await uow.evaluations.save(evaluation.closed(responses, threshold, uow.today), "closed")
    await uow.evaluation_responses.forget(evaluation.id)
