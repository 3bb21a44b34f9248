"""What can be done to an organisation."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len

from service.domain.operations import changes
from service.domain.organisations.model import ORGANISATION, Language
from service.domain.organisations.views import OrganisationView
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


Days = Annotated[int, Ge(1), Le(90)]


@dataclass(frozen=True, kw_only=True)
class ChangeOrganisation:
    """New settings; what is left out stays."""

    name: Annotated[str, Len(1, 200)] | Unset = UNSET
    default_language: Language | Unset = UNSET
    time_zone: Annotated[str, Len(1, 64)] | Unset = UNSET
    anonymity_threshold: Annotated[int, Ge(3), Le(100)] | Unset = UNSET
    retention_months: Annotated[int, Ge(1), Le(120)] | Unset = UNSET
    statement_days: Days | Unset = UNSET
    offer_days: Days | Unset = UNSET
    reconsideration_days: Days | Unset = UNSET
    answer_days: Days | Unset = UNSET
    archive_days: Annotated[int, Ge(1), Le(365)] | Unset | None = UNSET


async def change(identity: UUID, command: ChangeOrganisation, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change the organisation's settings."""
    found = await uow.organisations.get(identity, expected_version)
    ORGANISATION.permit("change", found.facts)
    await uow.organisations.save(replace(found.it, **changed(command)), "changed")
    return identity


OPERATIONS = (changes(OrganisationView, change, "changeOrganisation"),)
