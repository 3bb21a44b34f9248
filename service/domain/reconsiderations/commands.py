"""What can be done to reconsiderations."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.candidacies.states import CandidacyState
from service.domain.errors import Forbidden
from service.domain.operations import acts
from service.domain.reconsiderations.model import RECONSIDERATION
from service.domain.reconsiderations.views import ReconsiderationView

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AnswerReconsideration:
    """Whether it succeeds, and why."""

    succeeds: Annotated[bool, Doc("The candidacy is reopened, and gets a new decision.")]
    answer: Annotated[str, Len(1, 5000), Doc("Why; the candidate reads it.")]


async def answer(
    identity: UUID, command: AnswerReconsideration, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Answer a reconsideration as somebody who neither assessed nor decided.

    When it succeeds, that candidacy alone is reopened; what others were answered stands.
    """
    found = await uow.reconsiderations.get(identity, expected_version)
    RECONSIDERATION.permit("answer", found.facts)
    if uow.actor.person is None:
        raise Forbidden("not_allowed", "A person answers.")
    answered = found.it.answered(uow.actor.person, command.answer, uow.now, succeeds=command.succeeds)
    await uow.reconsiderations.save(answered, "answered")
    if command.succeeds:
        candidacy = await uow.candidacies.get(found.it.candidacy_id)
        if candidacy.it.state is CandidacyState.DECLINED:
            await uow.candidacies.save(candidacy.it.reopened(), "reopened")
    return identity


OPERATIONS = (acts(ReconsiderationView, answer, "answerReconsideration"),)
