"""What can be done to calendars."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.calendars.model import CALENDAR, Calendar, digest, new_secret
from service.domain.calendars.views import CalendarView
from service.domain.cohorts.model import COHORT
from service.domain.errors import Forbidden
from service.domain.ids import new_id
from service.domain.operations import acts, creates

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class SubscribeCalendar:
    """Which calendar."""

    cohort_id: Annotated[
        UUID | None, Doc("This cohort's, as HR or as a participant; one's own where none is named.")
    ] = None


async def subscribe(command: SubscribeCalendar, uow: "UnitOfWork") -> UUID:
    """Make a private address for a calendar: one's own sessions, or a cohort's.

    The answer shows the address, and nothing shows it again: only a digest of it is kept. Who has the address reads
    the calendar, without a token, until it is revoked.
    """
    if uow.actor.person is None:
        raise Forbidden("person_needed", "A person subscribes.")
    for_hr = False
    if command.cohort_id is not None:
        cohort = await uow.cohorts.get(command.cohort_id)
        COHORT.permit("subscribe", cohort.facts)
        for_hr = "participant" not in cohort.facts
    secret = new_secret()
    calendar = Calendar(
        id=new_id(),
        person_id=uow.actor.person,
        cohort_id=command.cohort_id,
        for_hr=for_hr,
        secret_digest=digest(secret),
    )
    await uow.calendars.add(calendar, "subscribed")
    await uow.calendars.disclose(secret)
    return calendar.id


@dataclass(frozen=True, kw_only=True)
class RenewCalendar:
    """Nothing to say."""


async def renew(identity: UUID, command: RenewCalendar, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Move a calendar to another private address, which the answer shows; the one before leads nowhere from now on."""
    del command
    found = await uow.calendars.get(identity, expected_version)
    CALENDAR.permit("renew", found.facts)
    secret = new_secret()
    await uow.calendars.save(found.it.renewed(secret), "renewed")
    await uow.calendars.disclose(secret)
    return identity


@dataclass(frozen=True, kw_only=True)
class RevokeCalendar:
    """Nothing to say."""


async def revoke(identity: UUID, command: RevokeCalendar, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Revoke a calendar's address: whoever asks there from now on finds nothing."""
    del command
    found = await uow.calendars.get(identity, expected_version)
    CALENDAR.permit("revoke", found.facts)
    await uow.calendars.save(found.it.revoked(uow.now), "revoked")
    return identity


OPERATIONS = (
    creates(CalendarView, subscribe, "subscribeCalendar"),
    acts(CalendarView, renew, "renewCalendar"),
    acts(CalendarView, revoke, "revokeCalendar"),
)
