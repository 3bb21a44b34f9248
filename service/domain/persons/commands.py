"""What can be done to persons."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.ids import new_id
from service.domain.operations import acts, changes, creates
from service.domain.persons.model import PERSON, Gender, Person
from service.domain.persons.views import PersonView
from service.domain.placements.leaving import end_placements
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Name = Annotated[str, Len(1, 100)]
Email = Annotated[str, Len(3, 254)]
Year = Annotated[int, Ge(1900), Le(2100)]


@dataclass(frozen=True, kw_only=True)
class RegisterPerson:
    """Somebody new; everything about them may be unknown but who knows them."""

    given_name: Name | None = None
    family_name: Name | None = None
    email: Email | None = None
    birth_date: date | None = None
    birth_year: Year | None = None
    gender: Gender = Gender.UNDISCLOSED
    professional_field: Annotated[str, Len(1, 100)] | None = None
    first_hired_on: date | None = None
    external: bool = False
    protected_identity: bool = False
    source: Annotated[str, Len(1, 50)] | None = None
    external_id: Annotated[str, Len(1, 200)] | None = None


async def register(command: RegisterPerson, uow: "UnitOfWork") -> UUID:
    """Register an employee, or an external person such as a mentor from another company."""
    uow.actor.require("hr", "people:write")
    given = {field.name: getattr(command, field.name) for field in fields(command)}
    person = Person(id=new_id(), **given)
    await uow.persons.add(person, "registered")
    return person.id


@dataclass(frozen=True, kw_only=True)
class ChangePerson:
    """New values; what is left out stays."""

    given_name: Name | Unset | None = UNSET
    family_name: Name | Unset | None = UNSET
    email: Email | Unset | None = UNSET
    birth_date: date | Unset | None = UNSET
    birth_year: Year | Unset | None = UNSET
    gender: Gender | Unset = UNSET
    professional_field: Annotated[str, Len(1, 100)] | Unset | None = UNSET
    first_hired_on: date | Unset | None = UNSET


async def change(identity: UUID, command: ChangePerson, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change what is known about a person."""
    found = await uow.persons.get(identity, expected_version)
    PERSON.permit("change", found.facts)
    await uow.persons.save(replace(found.it, **changed(command)), "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class LeavePerson:
    """The first day on which they belong to the organisation no longer, and why, for HR's eyes."""

    on: Annotated[date, Doc("The first day on which they do not belong to the organisation.")]
    reason: Annotated[str, Len(1, 500), Doc("Why, for HR's eyes.")] | None = None


async def leave(identity: UUID, command: LeavePerson, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Record that a person leaves; their engagements and placements end that day at the latest."""
    found = await uow.persons.get(identity, expected_version)
    PERSON.permit("leave", found.facts)
    await uow.persons.save(found.it.leave(command.on, command.reason), "left")
    await uow.engagements.end_all(identity, command.on)
    await end_placements(identity, command.on, uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class ProtectPerson:
    """Whether the identity is protected from now on."""

    protected: Annotated[bool, Doc("Protected from now on; `false` ends the protection.")]


async def protect(identity: UUID, command: ProtectPerson, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Protect a person's identity, or end the protection.

    Protected, they appear in no list, search, calendar or export except to HR and the nearest manager.
    """
    found = await uow.persons.get(identity, expected_version)
    PERSON.permit("protect", found.facts)
    await uow.persons.save(replace(found.it, protected_identity=command.protected), "protection_changed")
    return identity


OPERATIONS = (
    creates(PersonView, register, "registerPerson"),
    changes(PersonView, change, "changePerson"),
    acts(PersonView, leave, "recordLeaving"),
    acts(PersonView, protect, "protectPerson"),
)
