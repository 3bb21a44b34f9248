"""What both doors need to answer a request."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from service.api.security import Authenticator
from service.domain.clock import Clock
from service.domain.reading import Reader
from service.domain.unit_of_work import Transactions


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much a GraphQL document may ask for."""

    depth: int = 12
    rows: int = 20_000
    aliases: int = 60
    tokens: int = 4_000


@dataclass(frozen=True, kw_only=True, repr=False)
class Context:
    """The rooms behind the doors, as the composition root joined them.

    `ready` answers None, or why the service cannot serve now.
    """

    reader: Reader
    transactions: Transactions
    authenticator: Authenticator
    clock: Clock
    limits: Limits
    ready: Callable[[], Awaitable[str | None]]
