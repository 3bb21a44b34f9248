"""What a cancelled programme means for those who have a part in it."""

from typing import TYPE_CHECKING

from service.domain.candidacies.model import Candidacy, Decision
from service.domain.candidacies.states import FALLS_TO
from service.domain.nominations.answering import lapse_unanswered
from service.domain.participations.model import PARTICIPATION
from service.domain.programmes.model import Programme

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def tell_and_let_fall(programme: Programme, reason: str, uow: "UnitOfWork") -> None:
    """Tell everybody concerned, one event each, and give every candidate and participant their answer.

    A candidacy without an answer gets the reason as its answer, so that nobody waits for one and what is known of
    those not admitted is deleted in its time. The programme is locked by the caller, its cohorts are locked here.
    """
    candidacies = await uow.candidacies.undecided_in(programme.id)
    await uow.programmes.tell_concerned(programme, "cancellation_told")
    for one in candidacies:
        await uow.candidacies.save(_fallen(one, reason, uow), FALLS_TO[one.state])
    uow.agenda.wake(lapse_unanswered, uow.now)
    ends = PARTICIPATION.action("fall")
    for one in await uow.participations.unfinished_in(programme.id):
        await uow.participations.save(one.moved(ends), "not_completed")


def _fallen(candidacy: Candidacy, reason: str, uow: "UnitOfWork") -> Candidacy:
    if candidacy.submitted_at is None:
        return candidacy.withdrawn()
    return candidacy.decided(FALLS_TO[candidacy.state], Decision(reason=reason, by_id=uow.actor.person, at=uow.now))
