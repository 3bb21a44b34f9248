"""What can be done to programme templates: save one's own programme as one, change it, use it no more."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.ids import new_id
from service.domain.operations import acts, changes, creates
from service.domain.organisations.model import Language
from service.domain.programme_templates.model import TEMPLATE, template_of
from service.domain.programme_templates.views import ProgrammeTemplateView
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Name = Annotated[str, Len(1, 200)]
Purpose = Annotated[str, Len(1, 4000)]
Source = Annotated[str, Len(1, 500)]


@dataclass(frozen=True, kw_only=True)
class SaveTemplate:
    """A programme of the organisation's own, and what to call its shape."""

    programme_id: Annotated[UUID, Doc("The programme whose shape it is.")]
    name: Annotated[Name | None, Doc("The programme's own name where nothing is given.")] = None
    purpose: Annotated[Purpose | None, Doc("The programme's own purpose where nothing is given.")] = None
    source: Annotated[Source | None, Doc("Who has made it; the programme's name where nothing is given.")] = None


async def save(command: SaveTemplate, uow: "UnitOfWork") -> UUID:
    """Save a programme as a template: its modules, roles, ways in and credit, without its days and its people."""
    uow.actor.require("hr")
    programme = (await uow.programmes.get(command.programme_id)).it
    template = template_of(
        programme,
        new_id(),
        command.name or programme.name,
        command.purpose or programme.purpose,
        command.source or programme.name,
        Language(uow.language),
    )
    await uow.programme_templates.add(template, "saved")
    return template.id


@dataclass(frozen=True, kw_only=True)
class ChangeTemplate:
    """New texts; what is left out stays."""

    name: Name | Unset = UNSET
    purpose: Purpose | Unset = UNSET
    source: Source | Unset = UNSET


async def change(identity: UUID, command: ChangeTemplate, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change what one of the organisation's own templates says of itself."""
    found = await uow.programme_templates.get(identity, expected_version)
    TEMPLATE.permit("change", found.facts, found.it.state)
    await uow.programme_templates.save(replace(found.it, **changed(command)), "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class RetireTemplate:
    """Nothing but the wish."""


async def retire(identity: UUID, command: RetireTemplate, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Use one of the organisation's own templates no more; programmes that were started from it stay."""
    del command
    found = await uow.programme_templates.get(identity, expected_version)
    TEMPLATE.permit("retire", found.facts, found.it.state)
    await uow.programme_templates.save(found.it.retired(), "retired")
    return identity


OPERATIONS = (
    creates(ProgrammeTemplateView, save, "saveProgrammeTemplate"),
    changes(ProgrammeTemplateView, change, "changeProgrammeTemplate"),
    acts(ProgrammeTemplateView, retire, "retireProgrammeTemplate"),
)
