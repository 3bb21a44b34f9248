"""What can be done to engagements."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.engagements.model import ENGAGEMENT, Engagement
from service.domain.engagements.views import EngagementView
from service.domain.errors import Conflict
from service.domain.ids import new_id
from service.domain.operations import acts, changes, creates
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Title = Annotated[str, Len(1, 200)]
Hours = Annotated[Decimal, Ge(0), Le(80)]


@dataclass(frozen=True, kw_only=True)
class BeginEngagement:
    """A person starts to work in a unit. Periods are half-open: `endOn` is the first day after."""

    person_id: UUID
    unit_id: UUID
    position_title: Title
    start_on: date
    end_on: date | None = None
    is_primary: bool = True
    employment_type: Annotated[str, Len(1, 100)] | None = None
    weekly_hours: Hours | None = None
    source: Annotated[str, Len(1, 50)] | None = None
    external_id: Annotated[str, Len(1, 200)] | None = None


async def begin(command: BeginEngagement, uow: "UnitOfWork") -> UUID:
    """Begin an engagement; a person may have several at a time, one of them primary."""
    uow.actor.require("hr", "people:write")
    await uow.persons.get(command.person_id)
    engagement = Engagement(
        id=new_id(),
        person_id=command.person_id,
        unit_id=command.unit_id,
        position_title=command.position_title,
        start_on=command.start_on,
        end_on=command.end_on,
        is_primary=command.is_primary,
        employment_type=command.employment_type,
        weekly_hours=command.weekly_hours,
        source=command.source,
        external_id=command.external_id,
    )
    await refuse_second_primary(engagement, uow)
    await uow.engagements.add(engagement, "begun")
    return engagement.id


async def refuse_second_primary(engagement: Engagement, uow: "UnitOfWork") -> None:
    """At any day at most one engagement of a person is primary; the person's row is locked by the caller.

    Raises Conflict (`primary_engagement_taken`).
    """
    if engagement.is_primary and await uow.engagements.other_primary(engagement):
        raise Conflict("primary_engagement_taken", "The person has another primary engagement in that time.")


@dataclass(frozen=True, kw_only=True)
class ChangeEngagement:
    """New values; what is left out stays."""

    position_title: Title | Unset = UNSET
    unit_id: UUID | Unset = UNSET
    start_on: date | Unset = UNSET
    is_primary: bool | Unset = UNSET
    employment_type: Annotated[str, Len(1, 100)] | Unset | None = UNSET
    weekly_hours: Hours | Unset | None = UNSET


async def change(identity: UUID, command: ChangeEngagement, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Correct an engagement."""
    found = await uow.engagements.get(identity, expected_version)
    ENGAGEMENT.permit("change", found.facts)
    await uow.persons.get(found.it.person_id)
    engagement = replace(found.it, **changed(command))
    await refuse_second_primary(engagement, uow)
    await uow.engagements.save(engagement, "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class EndEngagement:
    """The first day after the engagement."""

    on: Annotated[date, Doc("The first day after it.")]


async def end(identity: UUID, command: EndEngagement, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """End an engagement; a leadership position that it held is vacant from that day."""
    found = await uow.engagements.get(identity, expected_version)
    ENGAGEMENT.permit("end", found.facts)
    await uow.engagements.save(found.it.ended(command.on), "ended")
    return identity


OPERATIONS = (
    creates(EngagementView, begin, "beginEngagement"),
    changes(EngagementView, change, "changeEngagement"),
    acts(EngagementView, end, "endEngagement"),
)
