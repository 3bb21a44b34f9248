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
    wait for.
    """
    if candidacy.state is not CandidacyState.SUBMITTED:
        return
    assessments = await uow.assessments.of(candidacy.id)
    if len(assessments) >= FEWEST_ASSESSORS and all(one.submitted_at for one in assessments):
        await uow.candidacies.save(candidacy.moved(CandidacyState.ASSESSED), "assessed")
