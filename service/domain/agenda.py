"""What is done by nobody's request, because its time has come: duties, and when an organisation is woken for one."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Duty: TypeAlias = "Callable[[UnitOfWork], Awaitable[datetime | None]]"
"""Does what is due in one organisation, and answers when it wants to be woken next, if it knows.

Each duty is woken at the start of every day in the organisation, and whenever somebody asked for it (`Agenda`). It may
be woken early, late or twice: what is due it learns from the stored data. What another worker has locked it skips.
"""


def named(duty: Callable[..., Any]) -> str:
    """The duty's name in the queue: its concept and what it does, such as `placements.advance`."""
    _, _, concept, *_ = f"{duty.__module__}.".split(".")
    return f"{concept}.{duty.__name__}"


SOON = timedelta(minutes=1)
"""When to look again at what somebody else holds at the moment."""


class Agenda(Protocol):
    """What is to be done later in the organisation of a transaction. It is kept when the transaction is committed."""

    def wake(self, duty: Duty, at: datetime) -> None:
        """Have the duty done at that moment, or at once where it is over, once however many workers there are."""
        ...
