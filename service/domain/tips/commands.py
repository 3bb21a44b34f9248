"""What can be done to tips."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.errors import Forbidden, Invalid
from service.domain.ids import new_id
from service.domain.operations import acts, creates
from service.domain.talents.commands import see_as_talent
from service.domain.talents.model import Origin
from service.domain.tips.model import KEPT, TIP, Tip
from service.domain.tips.views import TipView

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

_MONTH = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class LeaveTip:
    """About whom, by id or by address at work, and why."""

    reason: Annotated[str, Len(1, 2000), Doc("HR reads it, and the person once they are told.")]
    person_id: Annotated[UUID | None, Doc("Whom it is about; or give their address.")] = None
    email: Annotated[str | None, Len(3, 254), Doc("Their address at work, where the id is not known.")] = None


async def leave(command: LeaveTip, uow: "UnitOfWork") -> UUID:
    """Leave a tip with HR that somebody could become a leader, as a staff representative (W5).

    It is for HR alone, and deleted after 30 days unless the person is told of it. Who left it reads on what has
    become of it, and nothing else.
    """
    uow.actor.require("works_council")
    if uow.actor.person is None:
        raise Forbidden("not_allowed", "A tip is a person's.")
    if (command.person_id is None) == (command.email is None):
        raise Invalid("tip_about_whom", "Say whom it is about, by `personId` or by `email`.", pointer="/personId")
    person = await uow.tips.employee(command.person_id, command.email)
    if person is None:
        pointer = "/email" if command.person_id is None else "/personId"
        raise Invalid("unknown_reference", "There is no such employee.", pointer=pointer)
    tip = Tip(
        id=new_id(),
        person_id=person,
        tipster_id=uow.actor.person,
        reason=command.reason,
        lapses_on=uow.today + KEPT,
    )
    await uow.tips.add(tip, "left")
    return tip.id


@dataclass(frozen=True, kw_only=True)
class TellOfTip:
    """Nothing but the word that the person was told."""


async def tell(identity: UUID, command: TellOfTip, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Say that the person was told of a tip about them: they read it from now on, and it does not lapse yet."""
    del command
    found = await uow.tips.get(identity, expected_version)
    TIP.permit("tell", found.facts, found.it.state)
    until = uow.today + uow.settings.retention_months * _MONTH
    await uow.tips.save(found.it.told(uow.today, until), "told")
    return identity


@dataclass(frozen=True, kw_only=True)
class TakeUpTip:
    """Nothing but the wish."""


async def take_up(identity: UUID, command: TakeUpTip, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Take a tip about oneself up: one wants to be seen as a talent. To apply, one names the tip."""
    del command
    found = await uow.tips.get(identity, expected_version)
    TIP.permit("takeUp", found.facts, found.it.state)
    await uow.persons.get(found.it.person_id)
    await uow.tips.save(found.it.taken_up(), "taken_up")
    await see_as_talent(found.it.person_id, Origin.TIP, uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class CloseTip:
    """Nothing to say."""


async def close(identity: UUID, command: CloseTip, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Close a tip, as HR or as whom it is about: why it was left is deleted at once, all of it when the day is over."""
    del command
    found = await uow.tips.get(identity, expected_version)
    TIP.permit("close", found.facts, found.it.state)
    await uow.tips.save(found.it.closed(uow.today), "closed")
    return identity


async def lapse(uow: "UnitOfWork") -> None:
    """Delete tips whose time is over."""
    for one in await uow.tips.lapsed(uow.today):
        await uow.tips.remove(one, "lapsed")


OPERATIONS = (
    creates(TipView, leave, "leaveTip"),
    acts(TipView, tell, "tellOfTip"),
    acts(TipView, take_up, "takeUpTip"),
    acts(TipView, close, "closeTip"),
)

DUTIES = (lapse,)
