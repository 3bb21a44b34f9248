"""When assessing is done."""

from typing import TYPE_CHECKING

from service.domain.assessments.model import FEWEST_ASSESSORS
from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.states import CandidacyState

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def conclude(candidacy: Candidacy, uow: "UnitOfWork") -> None:
    """The candidacy is assessed once every assessor has submitted; it is locked by the caller.

    No assessment is submitted before the manager's statement is there or overdue, so there is nothing else to
    wait for. Where it is assessed already, a score has changed, and the mean with it.
    """
    if candidacy.state not in {CandidacyState.SUBMITTED, CandidacyState.ASSESSED}:
        return
    means = [one.mean for one in await uow.assessments.of(candidacy.id)]
    submitted = [mean for mean in means if mean is not None]
    if len(means) < FEWEST_ASSESSORS or len(submitted) < len(means):
        return
    event = "assessed" if candidacy.state is CandidacyState.SUBMITTED else "rescored"
    await uow.candidacies.save(candidacy.assessed(submitted, uow.now), event)
