"""Recording who was at a session."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id
from service.domain.participations.model import ParticipationState
from service.domain.sessions.model import SESSION, Attendance, Presence

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

TAKING_PART = (ParticipationState.ACTIVE, ParticipationState.COMPLETED, ParticipationState.NOT_COMPLETED)
"""Whose attendance is asked for: those who have started, and have not left or paused."""


@dataclass(frozen=True, kw_only=True)
class Attended:
    """One participant."""

    participation_id: Annotated[UUID, Doc("Whose attendance it is.")]
    presence: Annotated[Presence, Doc("Whether they were there.")]


@dataclass(frozen=True, kw_only=True)
class RecordAttendance:
    """As many participants as one knows of; the others stay as they are."""

    attendance: Annotated[tuple[Attended, ...], Len(1, 200), Doc("Each participant once.")]


async def record_attendance(
    identity: UUID, command: RecordAttendance, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Record who was at a session, or correct it; as HR or as who facilitated it, from its start on.

    Two who record at the same time leave one record per participant: the later one's word.
    """
    found = await uow.sessions.get(identity, expected_version)
    SESSION.permit("recordAttendance", found.facts, found.it.state)
    wanted = {one.participation_id: (i, one.presence) for i, one in enumerate(command.attendance)}
    if len(wanted) < len(command.attendance):
        raise Invalid("participant_twice", "Each participant is named once.", pointer="/attendance")
    recorded = await uow.attendances.of(identity)
    for participation_id, (i, presence) in sorted(wanted.items()):
        participation = (await uow.participations.get(participation_id)).it
        before = recorded.get(participation_id)
        if before is None and participation.cohort_id != found.it.cohort_id:
            raise Invalid(
                "not_in_cohort",
                "The participant belongs to another cohort.",
                pointer=f"/attendance/{i}/participationId",
            )
        if before is None and participation.state not in TAKING_PART:
            raise Conflict(
                "not_taking_part",
                f"The participation is {participation.state}: start or resume it first.",
                pointer=f"/attendance/{i}/participationId",
            )
        if before is None:
            attendance = Attendance(
                id=new_id(),
                session_id=identity,
                participation_id=participation_id,
                person_id=participation.person_id,
                presence=presence,
                recorded_by_id=uow.actor.person,
            )
            await uow.attendances.add(attendance, "recorded")
        elif (corrected := before.corrected(presence, uow.actor.person)) is not before:
            await uow.attendances.save(corrected, "corrected")
    return identity
