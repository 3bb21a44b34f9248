"""Asking for a reconsideration: done to a candidacy, by the candidate."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.candidacies.states import CANDIDACY, RECONSIDERABLE
from service.domain.errors import Conflict
from service.domain.ids import new_id
from service.domain.reconsiderations.model import Reconsideration

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AskReconsideration:
    """Why it should be looked at once more."""

    grounds: Annotated[str, Len(1, 5000), Doc("HR, top management and who answers read it.")]


async def ask_reconsideration(
    identity: UUID, command: AskReconsideration, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Ask, once and within the organisation's days, that a decline be looked at again by somebody who had no part."""
    found = await uow.candidacies.get(identity, expected_version)
    try:
        CANDIDACY.permit("askReconsideration", found.facts, found.it.state)
    except Conflict as refusal:
        if refusal.code == RECONSIDERABLE.code:
            raise Conflict(refusal.code, f"It could be asked until {found.it.reconsider_by}.") from refusal
        raise
    asked = Reconsideration(
        id=new_id(),
        candidacy_id=identity,
        person_id=found.it.person_id,
        cohort_id=found.it.cohort_id,
        grounds=command.grounds,
        due_on=uow.today + timedelta(days=uow.settings.answer_days),
    )
    await uow.reconsiderations.add(asked, "asked")
    return identity
