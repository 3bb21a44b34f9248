"""Answering an offer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from service.domain.candidacies.states import ANSWERABLE, CANDIDACY, CandidacyState
from service.domain.candidacies.waitlist import offer_freed_place
from service.domain.errors import Conflict
from service.domain.ids import new_id
from service.domain.participations.model import Participation

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AcceptOffer:
    """Nothing to say."""


async def accept(identity: UUID, command: AcceptOffer, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Accept the place that is offered; a participation begins. It promises no job afterwards (A1)."""
    del command
    found = await uow.candidacies.get(identity, expected_version)
    try:
        CANDIDACY.permit("accept", found.facts, found.it.state)
    except Conflict as refusal:
        if refusal.code == ANSWERABLE.code and found.it.answer_by:
            until = found.it.answer_by.astimezone(uow.zone)
            detail = f"The offer stood until {until:%Y-%m-%d %H:%M} ({uow.zone.key})."
            raise Conflict(ANSWERABLE.code, detail) from refusal
        raise
    accepted = await uow.candidacies.save(found.it.moved(CandidacyState.ACCEPTED), "accepted")
    participation = Participation(
        id=new_id(),
        candidacy_id=accepted.id,
        person_id=accepted.person_id,
        cohort_id=accepted.cohort_id,
    )
    await uow.participations.add(participation, "enrolled")
    return identity


@dataclass(frozen=True, kw_only=True)
class TurnDown:
    """Nothing to say: no reason is asked for."""


async def turn_down(identity: UUID, command: TurnDown, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Turn an offer down; the place goes to the first on the waitlist."""
    del command
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("turnDown", found.facts, found.it.state)
    await uow.candidacies.save(found.it.moved(CandidacyState.TURNED_DOWN), "turned_down")
    await offer_freed_place(found.it.cohort_id, uow)
    return identity
