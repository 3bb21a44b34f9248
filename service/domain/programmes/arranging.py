"""What can be arranged around a call, also once it is open: modules, kick-off, reach, credit, ways in, roles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.errors import Invalid
from service.domain.learning import LearningForm
from service.domain.operations import acts
from service.domain.programmes.call import Channel, Credit, Part, PlannedWay, TargetGroup
from service.domain.programmes.model import PROGRAMME, Programme
from service.domain.programmes.plan import PlannedModule
from service.domain.programmes.readiness import Principle, PrincipleAnswer, Readiness
from service.domain.programmes.views import ProgrammeView
from service.domain.units.model import UnitKind
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Told = Annotated[str, Len(1, 4000)]
Place = Annotated[str, Len(1, 200)]
Channels = Annotated[tuple[Channel, ...], Len(0, 20)]
Credits = Annotated[tuple[Credit, ...], Len(0, 20)]
Ways = Annotated[tuple[PlannedWay, ...], Len(0, 10)]
Roles = Annotated[tuple[Part, ...], Len(0, 40)]
Calendar = Annotated[int, Ge(0), Le(1500)]


@dataclass(frozen=True, kw_only=True)
class ModuleToPlan:
    """A module as one plans it: days together, or none and an end for what everyone does in their own time."""

    title: Annotated[str, Len(1, 200), Doc("What it is called.")]
    learning_forms: Annotated[tuple[LearningForm, ...], Len(1, 21), Doc("How one learns in it.")]
    starts_after_days: Annotated[Calendar, Doc("Calendar days from the programme's first day to its own.")] = 0
    days: Annotated[int, Ge(0), Le(60), Doc("Working days together, in a row; 0 for one's own time.")] = 0
    ends_after_days: Annotated[
        Calendar | None, Doc("With no days together: calendar days from the programme's first day to the first after.")
    ] = None
    description: Annotated[Told | None, Doc("What happens in it.")] = None
    asks_of_managers: Annotated[Told | None, Doc("What the participants' managers do for it (W3).")] = None
    facilitator_ids: Annotated[
        tuple[UUID, ...], Len(0, 20), Doc("Who is planned to lead it; they can read the programme.")
    ] = ()


Modules = Annotated[
    tuple[ModuleToPlan, ...],
    Len(0, 60),
    Doc("Given all together. Their days follow from `startsOn`, holidays avoided."),
]


@dataclass(frozen=True, kw_only=True)
class AdjustProgramme:
    """New values; what is left out stays. Lists are given whole."""

    starts_on: date | Unset | None = UNSET
    modules: Modules | Unset = UNSET
    kick_off_on: date | Unset | None = UNSET
    kick_off_place: Place | Unset | None = UNSET
    reach: Told | Unset | None = UNSET
    reach_by: Channels | Unset = UNSET
    credit_to_managers: Told | Unset | None = UNSET
    credits: Credits | Unset = UNSET
    ways: Ways | Unset = UNSET
    ways_weighed: Told | Unset | None = UNSET
    roles: Roles | Unset = UNSET
    asks_of_managers: Told | Unset | None = UNSET


async def adjust(identity: UUID, command: AdjustProgramme, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Adjust what goes around the call, from the draft to the last day of the programme.

    A programme may open with gaps; this closes them. What the call promises candidates stays: whom it is for, by
    which criteria, at which level.
    """
    found = await uow.programmes.get(identity, expected_version)
    PROGRAMME.permit("adjust", found.facts, found.it.state)
    await uow.programmes.save(await arranged(found.it, changed(command), uow), "adjusted")
    return identity


async def arranged(programme: Programme, values: dict[str, Any], uow: "UnitOfWork") -> Programme:
    """The programme with these values, its modules on their days.

    Raises NotFound, Invalid (`not_an_administration`, `start_out_of_calendar`).
    """
    modules: Sequence[ModuleToPlan] | None = values.pop("modules", None)
    if modules is not None:
        for module in modules:
            for person in module.facilitator_ids:
                await uow.persons.get(person)
        values["modules"] = tuple(PlannedModule(**changed(one)) for one in modules)
    for i, way in enumerate(values.get("ways", ())):
        await _administrations(way.administration_ids, f"/ways/{i}/administrationIds", uow)
    group: TargetGroup | None = values.get("target_group")
    if group is not None:
        await _administrations(group.administration_ids, "/targetGroup/administrationIds", uow)
    again = replace(programme, **values)
    return again.dated(uow.country) if {"modules", "starts_on"} & values.keys() else again


async def _administrations(units: Sequence[UUID], pointer: str, uow: "UnitOfWork") -> None:
    for i, one in enumerate(units):
        unit = await uow.units.get(one)
        if unit.it.kind is not UnitKind.ADMINISTRATION:
            raise Invalid("not_an_administration", "This unit is no administration.", pointer=f"{pointer}/{i}")


@dataclass(frozen=True, kw_only=True)
class AnswerPrinciple:
    """A person's word on one of the ten principles."""

    principle: Annotated[Principle, Doc("Which one.")]
    answer: Annotated[Readiness, Doc("`not_answered` takes back what was said.")]
    note: Annotated[str, Len(1, 2000), Doc("Why, or what is to be done.")] | None = None


async def answer_principle(
    identity: UUID, command: AnswerPrinciple, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Answer one of the ten principles of the readiness check. It counts where data cannot answer."""
    found = await uow.programmes.get(identity, expected_version)
    PROGRAMME.permit("answerPrinciple", found.facts, found.it.state)
    answer = PrincipleAnswer(
        principle=command.principle,
        answer=command.answer,
        note=command.note,
        answered_by=uow.actor.person,
        answered_on=uow.today,
    )
    await uow.programmes.save(found.it.answered(answer), "principle_answered")
    return identity


OPERATIONS = (
    acts(ProgrammeView, adjust, "adjustProgramme"),
    acts(ProgrammeView, answer_principle, "answerPrinciple"),
)
