"""What can be done to programmes before they open: plan, change, endorse, consult. Afterwards: `progress.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.errors import Forbidden, Invalid
from service.domain.ids import new_id
from service.domain.operations import acts, changes, creates
from service.domain.programmes import arranging, progress, starting
from service.domain.programmes.arranging import (
    AdjustProgramme,
    Channels,
    Credits,
    Modules,
    Place,
    Roles,
    Told,
    Ways,
    arranged,
)
from service.domain.programmes.call import TargetGroup
from service.domain.programmes.completion import CompletionRule
from service.domain.programmes.editions import current
from service.domain.programmes.model import PROGRAMME, Consultation, Programme, ProgrammeLevel, ProgrammeMix
from service.domain.programmes.views import ProgrammeView
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Name = Annotated[str, Len(1, 200)]
Purpose = Annotated[str, Len(1, 4000)]
Hybrid = Annotated[tuple[ProgrammeLevel, ...], Len(0, 2)]
Leaders = Annotated[int, Ge(0), Le(10_000)]


@dataclass(frozen=True, kw_only=True)
class WeighedCompetence:
    """A competence of the framework as a criterion."""

    competence_id: Annotated[UUID, Doc("The competence of the framework.")]
    weight: Annotated[int, Ge(1), Le(100), Doc("How much it counts beside the others.")] = 1


Weighed = Annotated[
    tuple[WeighedCompetence, ...],
    Len(0, 50),
    Doc("What candidates are assessed on; none means every competence of the framework, each weighing 1."),
]


@dataclass(frozen=True, kw_only=True)
class PlanProgramme:
    """A draft of a programme."""

    name: Name
    level: ProgrammeLevel
    also_levels: Hybrid = ()
    mix: ProgrammeMix
    purpose: Purpose
    leaders_needed: Leaders | None = None
    needed_by: date | None = None
    framework_id: UUID
    criteria: Weighed = ()
    target_group: TargetGroup = field(default_factory=TargetGroup)
    starts_on: date | None = None
    modules: Modules = ()
    kick_off_on: date | None = None
    kick_off_place: Place | None = None
    reach: Told | None = None
    reach_by: Channels = ()
    credit_to_managers: Told | None = None
    credits: Credits = ()
    ways: Ways = ()
    ways_weighed: Told | None = None
    roles: Roles = ()
    asks_of_managers: Told | None = None
    completion: CompletionRule | None = None


async def plan(command: PlanProgramme, uow: "UnitOfWork") -> UUID:
    """Draft a programme on an edition of the leadership framework."""
    uow.actor.require("hr")
    values = changed(command)
    criteria = values.pop("criteria")
    called = {name: values.pop(name) for name in ("name", "level", "mix", "purpose", "framework_id")}
    framework = await current(command.framework_id, uow)
    draft = Programme(id=new_id(), **called).weighed(framework, _weights(criteria))
    await uow.programmes.add(await arranged(draft, values, uow), "planned")
    return draft.id


@dataclass(frozen=True, kw_only=True)
class ChangeProgramme(AdjustProgramme):
    """New values; what is left out stays. Lists are given whole."""

    name: Name | Unset = UNSET
    level: ProgrammeLevel | Unset = UNSET
    also_levels: Hybrid | Unset = UNSET
    mix: ProgrammeMix | Unset = UNSET
    purpose: Purpose | Unset = UNSET
    leaders_needed: Leaders | Unset | None = UNSET
    needed_by: date | Unset | None = UNSET
    framework_id: UUID | Unset = UNSET
    criteria: Weighed | Unset = UNSET
    target_group: TargetGroup | Unset = UNSET
    completion: CompletionRule | Unset | None = UNSET


async def change(identity: UUID, command: ChangeProgramme, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change a programme that has not opened. Moved to another edition, its criteria are named as that one does."""
    found = await uow.programmes.get(identity, expected_version)
    PROGRAMME.permit("change", found.facts, found.it.state)
    values = changed(command)
    criteria = values.pop("criteria", None)
    programme = await arranged(found.it, values, uow)
    if criteria is not None or "framework_id" in values:
        framework = await current(programme.framework_id, uow)
        programme = programme.weighed(framework, programme.weights if criteria is None else _weights(criteria))
    await uow.programmes.save(programme, "changed")
    return identity


def _weights(criteria: Sequence[WeighedCompetence]) -> Mapping[UUID, int]:
    """Competence → weight. Raises Invalid (`criterion_twice`)."""
    weights = {one.competence_id: one.weight for one in criteria}
    if len(weights) < len(criteria):
        raise Invalid("criterion_twice", "Each competence is a criterion once.", pointer="/criteria")
    return weights


@dataclass(frozen=True, kw_only=True)
class EndorseProgramme:
    """Nothing but the word: whoever says it becomes the sponsor."""


async def endorse(identity: UUID, command: EndorseProgramme, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Stand behind a programme as its sponsor in top management (R4, W1)."""
    del command
    found = await uow.programmes.get(identity, expected_version)
    PROGRAMME.permit("endorse", found.facts, found.it.state)
    if uow.actor.person is None:
        raise Forbidden("person_needed", "A programme is endorsed by a person, who becomes its sponsor.")
    await uow.programmes.save(found.it.endorsed(uow.actor.person, uow.today), "endorsed")
    return identity


@dataclass(frozen=True, kw_only=True)
class RecordConsultation:
    """When the works council was heard, and where that is written down."""

    held_on: Annotated[date, Doc("The day on which the works council was heard.")]
    reference: Annotated[str, Len(1, 500), Doc("Such as the minutes and the item on the agenda.")]


async def record_consultation(
    identity: UUID, command: RecordConsultation, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Record that the works council was consulted (W5). It informs and does not block; opening wants it recorded."""
    found = await uow.programmes.get(identity, expected_version)
    PROGRAMME.permit("recordConsultation", found.facts, found.it.state)
    consultation = Consultation(held_on=command.held_on, reference=command.reference, recorded_by=uow.actor.person)
    await uow.programmes.save(found.it.consulted(consultation, uow.today), "consulted")
    return identity


OPERATIONS = (
    creates(ProgrammeView, plan, "planProgramme"),
    changes(ProgrammeView, change, "changeProgramme"),
    acts(ProgrammeView, endorse, "endorseProgramme"),
    acts(ProgrammeView, record_consultation, "recordConsultation"),
    *starting.OPERATIONS,
    *arranging.OPERATIONS,
    *progress.OPERATIONS,
)
