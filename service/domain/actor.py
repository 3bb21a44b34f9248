"""Who is asking."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from service.domain.errors import Forbidden


class Role(StrEnum):
    """What a token can make somebody (domain.md §2).

    Nearest manager, assessor, host and mentor are not here: they follow from data and are found anew at each
    request.
    """

    HR = "hr"
    TOP_MANAGEMENT = "top_management"
    WORKS_COUNCIL = "works_council"
    ADMIN = "admin"
    EMPLOYEE = "employee"
    INTEGRATION = "integration"


class Scope(StrEnum):
    """What a system without a person behind it may do."""

    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    EVENTS_READ = "events:read"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The organisation, the person if any, and what the token grants.

    `subject` is how the token's issuer names the caller; it goes to the audit trail.
    """

    organisation: UUID
    subject: str
    person: UUID | None = None
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[Scope] = frozenset()

    @cached_property
    def grants(self) -> frozenset[str]:
        """Roles and scopes as one set of names; a person of the organisation is an employee, a token is `everyone`."""
        employee = {Role.EMPLOYEE} if self.person else set[Role]()
        return frozenset({"everyone", *map(str, self.roles | self.scopes | employee)})

    @cached_property
    def role_names(self) -> list[str]:
        """The roles, sorted; a person's own as an employee among them."""
        return sorted(self.grants.intersection(Role))

    @cached_property
    def scope_names(self) -> list[str]:
        """The scopes, sorted."""
        return sorted(self.scopes)

    def require(self, *by: str) -> None:
        """Let through whoever holds one of the named roles or scopes.

        Raises Forbidden (`not_allowed`).
        """
        if self.grants.isdisjoint(by):
            raise Forbidden("not_allowed", f"This takes one of: {', '.join(sorted(by))}.")


def system(organisation: UUID) -> Actor:
    """The service itself, moving states when their date has come and loading imports."""
    return Actor(organisation=organisation, subject="system", roles=frozenset({Role.HR}))
