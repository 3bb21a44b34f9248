"""The start of a day in an organisation, when everything that goes by dates is looked at."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from service.domain.catalogue import DUTIES

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def begin(uow: "UnitOfWork") -> datetime:
    """Wake every duty; answers when the next day begins where the organisation is."""
    for duty in DUTIES:
        uow.agenda.wake(duty, uow.now)
    return datetime.combine(uow.today + timedelta(days=1), time.min, uow.zone).astimezone(UTC)
