"""How a programme starts from a template: a complete draft, its modules on their days."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.errors import Conflict
from service.domain.frameworks.model import Framework
from service.domain.ids import new_id
from service.domain.operations import creates
from service.domain.programme_templates.model import TEMPLATE, ProgrammeTemplate
from service.domain.programmes.arranging import arranged
from service.domain.programmes.call import EVERYBODY, PlannedWay, TargetGroup
from service.domain.programmes.editions import current
from service.domain.programmes.model import Programme
from service.domain.programmes.views import ProgrammeView

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class PlanFromTemplate:
    """Which template, and the first day. What the draft says can be changed like any other's."""

    template_id: Annotated[UUID, Doc("A shipped template, or one of the organisation's own.")]
    starts_on: Annotated[date, Doc("The programme's first day: its modules are dated from here.")]
    name: Annotated[str, Len(1, 200), Doc("The template's own name where nothing is given.")] | None = None
    purpose: Annotated[str, Len(1, 4000), Doc("The template's own purpose where nothing is given.")] | None = None
    framework_id: Annotated[UUID | None, Doc("The published edition where nothing is given.")] = None
    target_group: TargetGroup = EVERYBODY
    leaders_needed: Annotated[int, Ge(0), Le(10_000)] | None = None
    needed_by: date | None = None


async def plan_from_template(command: PlanFromTemplate, uow: "UnitOfWork") -> UUID:
    """Draft a programme from a template, complete with its modules on their days; weekends and holidays are avoided.

    The criteria are every competence of the framework, each weighing 1, until the draft says otherwise.
    """
    uow.actor.require("hr")
    found = await uow.programme_templates.get(command.template_id)
    TEMPLATE.permit("plan", found.facts, found.it.state)
    framework = await _framework(command.framework_id, uow)
    draft = _drafted(found.it, command, framework)
    values = {"starts_on": command.starts_on, "target_group": command.target_group}
    await uow.programmes.add(await arranged(draft, values, uow), "planned")
    return draft.id


async def _framework(identity: UUID | None, uow: "UnitOfWork") -> Framework:
    """The edition, or the published one. Raises NotFound, Invalid, Conflict (`framework_not_published`)."""
    if identity is not None:
        return await current(identity, uow)
    published = await uow.frameworks.published()
    if published is None:
        raise Conflict("framework_not_published", "There is no published leadership framework; name an edition.")
    return published


def _drafted(template: ProgrammeTemplate, command: PlanFromTemplate, framework: Framework) -> Programme:
    return Programme(
        id=new_id(),
        name=command.name or template.name,
        purpose=command.purpose or template.purpose,
        level=template.level,
        also_levels=template.also_levels,
        mix=template.mix,
        leaders_needed=command.leaders_needed,
        needed_by=command.needed_by,
        framework_id=framework.id,
        template_id=template.id,
        modules=template.modules,
        ways=tuple(PlannedWay(way=one) for one in template.ways),
        roles=template.roles,
        asks_of_managers=template.asks_of_managers,
        reach=template.reach,
        reach_by=template.reach_by,
        credit_to_managers=template.credit_to_managers,
        credits=template.credits,
    )


OPERATIONS = (creates(ProgrammeView, plan_from_template, "planProgrammeFromTemplate", "from-template"),)
