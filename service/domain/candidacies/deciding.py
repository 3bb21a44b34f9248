"""Deciding: who is offered a place, who waits for one, who is declined. A person decides, and says why."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Len
from typing_extensions import Doc

from service.domain.candidacies.model import Decision
from service.domain.candidacies.states import CANDIDACY, CandidacyState
from service.domain.candidacies.waitlist import answer_by, lapse_offers, pushed_back
from service.domain.errors import Invalid

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Reason = Annotated[str, Len(1, 2000), Doc("Why; the candidate reads it (F5).")]
Feedback = Annotated[str, Len(1, 2000), Doc("What the candidate can work on; they read it (F5).")]


def _decision(reason: str, feedback: str | None, uow: "UnitOfWork") -> Decision:
    return Decision(reason=reason, feedback=feedback, by_id=uow.actor.person, at=uow.now)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Why this candidate, what to work on, and until when they can answer."""

    reason: Reason
    feedback: Feedback | None = None
    answer_by: Annotated[
        datetime | None, Doc("The offer lapses then; after the organisation's `offerDays` where nothing is given.")
    ] = None


async def offer(identity: UUID, command: Offer, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Offer a place. Capacity and reserved seats hold, whoever offers at the same time.

    From the waitlist only who is next in its order can be offered one. Unanswered it lapses, and the next on the
    waitlist is offered the place.
    """
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("offer", found.facts, found.it.state)
    until = command.answer_by
    if until is None:
        until = answer_by((await uow.cohorts.get(found.it.cohort_id)).it, uow)
    elif until.tzinfo is None:
        raise Invalid("offset_missing", "Give the time with its offset, such as `+01:00`.", pointer="/answerBy")
    decided = found.it.decided(CandidacyState.OFFERED, _decision(command.reason, command.feedback, uow))
    await uow.candidacies.save(decided.offered(until, uow.now), "offered")
    uow.agenda.wake(lapse_offers, until)
    return identity


@dataclass(frozen=True, kw_only=True)
class Waitlist:
    """Why, and which place on the list; the last where that is left out."""

    reason: Reason
    rank: Annotated[int, Ge(1)] | None = None
    feedback: Feedback | None = None


async def waitlist(identity: UUID, command: Waitlist, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Put a candidate on the waitlist, or elsewhere on it; who stood there goes one place back."""
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("waitlist", found.facts, found.it.state)
    waiting = [one for one in await uow.candidacies.waitlist(found.it.cohort_id) if one.id != identity]
    rank = command.rank or max((one.rank or 0 for one in waiting), default=0) + 1
    for one in pushed_back(waiting, rank):
        await uow.candidacies.save(one, "moved_back")
    decision = _decision(command.reason, command.feedback, uow)
    await uow.candidacies.save(found.it.decided(CandidacyState.WAITLISTED, decision, rank), "waitlisted")
    return identity


@dataclass(frozen=True, kw_only=True)
class Decline:
    """Why not this time, and what to work on until the next."""

    reason: Reason
    feedback: Feedback


async def decline(identity: UUID, command: Decline, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Decline a candidacy, with a reason and with what to work on, which the candidate reads (F5).

    They may ask for a reconsideration for a while.
    """
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("decline", found.facts, found.it.state)
    decided = found.it.decided(CandidacyState.DECLINED, _decision(command.reason, command.feedback, uow))
    until = uow.today + timedelta(days=uow.settings.reconsideration_days)
    await uow.candidacies.save(replace(decided, reconsider_by=until), "declined")
    return identity
