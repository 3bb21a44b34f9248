"""Deciding: who assesses, who is offered a place, who waits for one, who is declined."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Len
from typing_extensions import Doc

from service.domain.assessments.model import Assessment
from service.domain.candidacies.concluding import conclude
from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.states import CANDIDACY, CandidacyState
from service.domain.candidacies.waitlist import pushed_back, seats_of
from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Reason = Annotated[str, Len(1, 2000), Doc("The candidate reads it (F5).")]


@dataclass(frozen=True, kw_only=True)
class AssignAssessors:
    """All who assess this candidacy: two or more."""

    assessor_ids: Annotated[tuple[UUID, ...], Len(2, 10), Doc("All who assess it, each once.")]


async def assign_assessors(
    identity: UUID, command: AssignAssessors, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Say who assesses a candidacy: neither the candidate nor the nearest manager, nor who nominated them.

    Who is no longer named need not assess; who has assessed already stays.
    """
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("assignAssessors", found.facts, found.it.state)
    named = frozenset(command.assessor_ids)
    if len(named) < len(command.assessor_ids):
        raise Invalid("assessor_twice", "Each assessor is named once.", pointer="/assessorIds")
    await _refuse_partial(found.it, named, uow)
    before = await uow.assessments.of(identity)
    for one in before:
        if one.assessor_id in named:
            continue
        if one.submitted_at:
            raise Conflict("assessment_submitted", "Somebody who is left out has assessed already.")
        await uow.assessments.remove(one, "unassigned")
    for assessor in sorted(named - {one.assessor_id for one in before}):
        assessment = Assessment(id=new_id(), candidacy_id=identity, person_id=found.it.person_id, assessor_id=assessor)
        await uow.assessments.add(assessment, "assigned")
    await conclude(found.it, uow)
    return identity


async def _refuse_partial(candidacy: Candidacy, assessors: frozenset[UUID], uow: "UnitOfWork") -> None:
    """Raises Conflict (`partial_assessor`)."""
    partial = {candidacy.person_id, candidacy.nominated_by_id}
    partial.add(await uow.candidacies.nearest_manager_of(candidacy.person_id))
    if candidacy.statement:
        partial.add(candidacy.statement.by_id)
    if not assessors.isdisjoint(partial):
        raise Conflict(
            "partial_assessor",
            "The candidate, the nearest manager and who nominated them do not assess.",
            pointer="/assessorIds",
        )


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Why this candidate."""

    reason: Reason


async def offer(identity: UUID, command: Offer, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Offer a place. Capacity and reserved seats hold, whoever offers at the same time.

    From the waitlist only who is next in its order can be offered one.
    """
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("offer", found.facts, found.it.state)
    seats = await seats_of(found.it.cohort_id, uow)
    seats.take(found.it.administration_id)
    if found.it.state is CandidacyState.WAITLISTED:
        first = seats.next_of(await uow.candidacies.waitlist(found.it.cohort_id))
        if first is None or first.id != identity:
            raise Conflict("not_next", "Somebody before them on the waitlist can have the place.")
    await uow.candidacies.save(found.it.decided(CandidacyState.OFFERED, command.reason, uow.now), "offered")
    return identity


@dataclass(frozen=True, kw_only=True)
class Waitlist:
    """Why, and which place on the list; the last where that is left out."""

    reason: Reason
    rank: Annotated[int, Ge(1)] | None = None


async def waitlist(identity: UUID, command: Waitlist, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Put a candidate on the waitlist, or elsewhere on it; who stood there goes one place back."""
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("waitlist", found.facts, found.it.state)
    waiting = [one for one in await uow.candidacies.waitlist(found.it.cohort_id) if one.id != identity]
    rank = command.rank or max((one.rank or 0 for one in waiting), default=0) + 1
    for one in pushed_back(waiting, rank):
        await uow.candidacies.save(one, "moved_back")
    decided = found.it.decided(CandidacyState.WAITLISTED, command.reason, uow.now, rank)
    await uow.candidacies.save(decided, "waitlisted")
    return identity


@dataclass(frozen=True, kw_only=True)
class Decline:
    """Why not this time."""

    reason: Reason


async def decline(identity: UUID, command: Decline, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Decline a candidacy, with a reason that the candidate can read (F5)."""
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("decline", found.facts, found.it.state)
    await uow.candidacies.save(found.it.decided(CandidacyState.DECLINED, command.reason, uow.now), "declined")
    return identity
