"""Development talks recorded as held: whether somebody wishes to lead, and has the flair, are fixed points (F3)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.errors import Forbidden, Invalid
from service.domain.ids import new_id
from service.domain.reviews.debrief import shipped_questions
from service.domain.reviews.model import Review, ReviewKind, ReviewState
from service.domain.talents.commands import see_as_talent
from service.domain.talents.model import Origin

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class RecordTalk:
    """With whom, when, and what was said about leading."""

    person_id: Annotated[UUID, Doc("With whom the manager talked.")]
    held_on: Annotated[date, Doc("Today or before.")]
    kind: Annotated[ReviewKind, Doc("`development_talk` (MUS) or, with a leader, `leader_development_talk` (LUS).")] = (
        ReviewKind.DEVELOPMENT_TALK
    )
    wish: Annotated[bool | None, Doc("The person wishes to lead; nothing where it was not talked about.")] = None
    flair: Annotated[bool | None, Doc("The manager sees a flair for leading in them.")] = None


async def record_talk(command: RecordTalk, uow: "UnitOfWork") -> UUID:
    """Record a development talk as held, as the nearest manager or HR.

    The person reads what is recorded at once. Who wishes to lead is a talent from now on, and knows it; the talk can
    turn into an application or a nomination.
    """
    person = await uow.persons.get(command.person_id)
    if person.facts.isdisjoint(("hr", "nearestManager")):
        raise Forbidden("not_allowed", "HR and the nearest manager record talks.")
    if command.held_on > uow.today:
        raise Invalid("talk_to_come", "A talk is recorded when it was held.", pointer="/heldOn")
    talk = Review(
        id=new_id(),
        kind=command.kind,
        person_id=command.person_id,
        questions=shipped_questions(ReviewKind.DEVELOPMENT_TALK, uow.language),
        opens_on=command.held_on,
        due_on=command.held_on,
        state=ReviewState.SHARED,
        shared_at=uow.now,
        held_on=command.held_on,
        wish=command.wish,
        flair=command.flair,
    )
    await uow.reviews.add(talk, "held")
    if command.wish:
        await see_as_talent(command.person_id, Origin.DEVELOPMENT_TALK, uow)
    return talk.id


async def refuse_other_talk(talk: UUID, uow: "UnitOfWork", *, about: UUID, with_leader: UUID | None = None) -> None:
    """Let pass a talk that was held with that person, or with the leader who speaks of their people.

    Raises NotFound, Invalid (`talk_elsewhere`).
    """
    found = (await uow.reviews.get(talk)).it
    with_person = found.kind is ReviewKind.DEVELOPMENT_TALK and found.person_id == about
    of_leader = found.kind is ReviewKind.LEADER_DEVELOPMENT_TALK and found.person_id == with_leader
    if found.held_on is None or not (with_person or of_leader):
        raise Invalid("talk_elsewhere", "Name a development talk that was held with them.", pointer="/talkId")
