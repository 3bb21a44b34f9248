"""Pausing, and going on in another cohort."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.candidacies.states import PLACE_FREE, PROGRAMME_RUNS
from service.domain.candidacies.waitlist import offer_freed_place
from service.domain.errors import Conflict, Invalid
from service.domain.participations.model import PARTICIPATION, Participation, ParticipationState

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class DeferParticipation:
    """Until later in the same cohort, or to another one."""

    cohort_id: Annotated[UUID | None, Doc("The cohort to go on in; the same one where none is named.")] = None


async def defer(identity: UUID, command: DeferParticipation, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Let the participant pause and come back; the place stays theirs.

    To another cohort of the level the place moves with them: they take one there, within its capacity and reserved
    seats, and the one they had goes to the first on the waitlist where the cohort has not started.
    """
    if command.cohort_id is not None and (cohort := await uow.participations.cohort_of(identity)):
        await uow.cohorts.hold(cohort, command.cohort_id)
    found = await uow.participations.get(identity, expected_version)
    permitted = PARTICIPATION.permit("defer", found.facts, found.it.state)
    deferred = found.it.deferred(permitted, command.cohort_id)
    if command.cohort_id is not None:
        await take_place(found.it, command.cohort_id, uow)
    await uow.participations.save(deferred, "deferred")
    if command.cohort_id is not None and found.it.state is not ParticipationState.ACTIVE:
        await offer_freed_place(found.it.cohort_id, uow)
    return identity


async def take_place(participation: Participation, cohort_id: UUID, uow: "UnitOfWork") -> None:
    """Take a place in another cohort for a participant; both cohorts are locked by the caller.

    Raises NotFound, Invalid (`another_level`), Conflict (`programme_over`, `place_there_already`, `cohort_full`).
    """
    target = await uow.cohorts.get(cohort_id)
    if PROGRAMME_RUNS.name not in target.facts:
        raise Conflict(PROGRAMME_RUNS.code, PROGRAMME_RUNS.detail, pointer="/cohortId")
    if await uow.cohorts.level(cohort_id) is not await uow.cohorts.level(participation.cohort_id):
        raise Invalid("another_level", "One goes on in a cohort of the same level.", pointer="/cohortId")
    if await uow.participations.has_place(participation.person_id, cohort_id):
        raise Conflict("place_there_already", "The person has a place there, or is offered one.", pointer="/cohortId")
    if not await uow.participations.fits(participation, cohort_id):
        raise Conflict(PLACE_FREE.code, PLACE_FREE.detail, pointer="/cohortId")
