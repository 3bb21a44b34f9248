"""The steps that follow on an outcome."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id
from service.domain.next_steps.model import KEPT_WARM, USUAL, USUAL_DAYS, NextStep, StepKind
from service.domain.participations.model import Outcome, Participation

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Description = Annotated[str, Len(1, 2000), Doc("What exactly is meant.")]


@dataclass(frozen=True, kw_only=True)
class StepToTake:
    """A next step, with who sees to it and until when."""

    kind: Annotated[StepKind, Doc("What is to be done.")]
    owner_id: Annotated[UUID, Doc("Who sees to it that it is done.")]
    due_on: Annotated[date, Doc("The last day for it; for a contact the day itself.")]
    description: Description | None = None


async def follow(
    participation: Participation, steps: tuple[StepToTake, ...] | None, until: date | None, uow: "UnitOfWork"
) -> None:
    """Give an outcome its next steps: those that are named, or the usual ones. Those of an earlier outcome fall away.

    Raises Invalid (`next_step_missing`, `not_kept_warm`), Conflict (`next_contact_missing`, `owner_missing`).
    """
    warm = participation.outcome is Outcome.KEEP_WARM
    if until is not None and not warm:
        raise Invalid("not_kept_warm", "Only who is kept warm is so until a day.", pointer="/until")
    if steps is None:
        steps = await _usual(participation, uow)
    if not steps:
        raise Invalid("next_step_missing", "Every outcome has a next step.", pointer="/steps")
    if warm and all(one.kind is not StepKind.CONTACT for one in steps):
        raise Conflict(
            "next_contact_missing", "Who is kept warm has a day on which they are contacted next.", pointer="/steps"
        )
    for step in await uow.next_steps.open_of(participation.id):
        await uow.next_steps.save(step.dropped(), "dropped")
    ends = (until or uow.today + KEPT_WARM) if warm else None
    for one in steps:
        step = NextStep(
            id=new_id(),
            participation_id=participation.id,
            person_id=participation.person_id,
            kind=one.kind,
            owner_id=one.owner_id,
            due_on=one.due_on,
            description=one.description,
            until=ends if one.kind is StepKind.CONTACT else None,
        )
        await uow.next_steps.add(step, "planned")


async def _usual(participation: Participation, uow: "UnitOfWork") -> tuple[StepToTake, ...]:
    """The usual steps of the outcome, seen to by the nearest manager, or by who records it where there is none."""
    if participation.outcome is None:
        return ()
    owner = await uow.candidacies.nearest_manager_of(participation.person_id) or uow.actor.person
    if owner is None:
        raise Conflict(
            "owner_missing", "Nobody leads them: name the next steps and who sees to them.", pointer="/steps"
        )
    due = uow.today + USUAL_DAYS
    return tuple(StepToTake(kind=kind, owner_id=owner, due_on=due) for kind in USUAL[participation.outcome])
