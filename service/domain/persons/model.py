"""Persons: employees of the organisation, and external people."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Conflict, Invalid
from service.domain.states import Action, StateMachine


class Gender(StrEnum):
    """Used in aggregates only, never shown to assessors or in selection."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


PERSON = StateMachine[StrEnum](
    concept="person",
    actions=(
        Action(name="change", by=("hr", "people:write")),
        Action(name="leave", by=("hr", "people:write")),
        Action(name="protect", by=("hr",)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """An employee, or an external person such as a mentor from another company.

    Names may be unknown: a real export may have none. Never known by a national identity number.
    `left_on` is the first day on which they no longer belong to the organisation.
    """

    id: UUID
    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None
    birth_date: date | None = None
    birth_year: int | None = None
    gender: Gender = Gender.UNDISCLOSED
    professional_field: str | None = None
    first_hired_on: date | None = None
    left_on: date | None = None
    left_reason: str | None = None
    external: bool = False
    protected_identity: bool = False
    source: str | None = None
    external_id: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if self.birth_date and self.birth_year and self.birth_date.year != self.birth_year:
            raise Invalid("birth_year_differs", "The birth year is not that of the birth date.", pointer="/birthYear")
        if self.email is not None and "@" not in self.email:
            raise Invalid("bad_email", "An e-mail address has an @ in it.", pointer="/email")
        if (self.source is None) != (self.external_id is None):
            raise Invalid("half_external_id", "`source` and `externalId` come together.", pointer="/externalId")

    def leave(self, on: date, reason: str | None) -> "Person":
        """They belong to the organisation no longer from that day. Raises Conflict (`already_left`)."""
        if self.left_on is not None:
            raise Conflict("already_left", f"The person left on {self.left_on}.")
        return replace(self, left_on=on, left_reason=reason)
