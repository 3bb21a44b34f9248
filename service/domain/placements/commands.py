"""What can be done to placements, and what their dates do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len
from typing_extensions import Doc

from service.domain.agenda import SOON
from service.domain.errors import Conflict, Forbidden, Invalid
from service.domain.ids import new_id
from service.domain.operations import acts, changes, creates
from service.domain.participations.belonging import refuse_foreign
from service.domain.placements.model import (
    EXTERNAL,
    FULL,
    LEADING,
    PLACEMENT,
    EndedBy,
    Party,
    Placement,
    PlacementKind,
    PlacementState,
    peak_load,
)
from service.domain.placements.views import PlacementView
from service.domain.reviews.debrief import open_debrief
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Percent = Annotated[int, Ge(0), Le(100)]
Load = Annotated[int, Ge(1), Le(100)]
Text = Annotated[str, Len(1, 4000)]

PARTY_OF = {
    "self": Party.TALENT,
    "nearestManager": Party.HOME_MANAGER,
    "hostManager": Party.HOST_MANAGER,
}
"""Which party a relation to the placement makes somebody."""

SIGNS_FOR = {**PARTY_OF, "homeSponsor": Party.HOME_MANAGER, "hostSponsor": Party.HOST_MANAGER}
"""For which party somebody signs: where nobody leads on a side, top management does in the leader's place."""


@dataclass(frozen=True, kw_only=True)
class ProposePlacement:
    """Who, where to, how long, on which terms. `endOn` is the first day after."""

    kind: PlacementKind
    person_id: UUID
    host_unit_id: UUID
    start_on: date
    end_on: date
    home_unit_id: Annotated[UUID | None, Doc("The unit of the primary engagement where nothing is given.")] = None
    host_supervisor_id: UUID | None = None
    position_id: Annotated[UUID | None, Doc("A leadership position in the host unit.")] = None
    participation_id: Annotated[UUID | None, Doc("The programme participation that it belongs to.")] = None
    load_percent: Annotated[Load, Doc("Share of the working time.")] = 100
    objectives: Text | None = None
    learning_agreement: Text | None = None
    home_salary_share: Annotated[Percent, Doc("Percent of the salary; the host pays the rest.")] = 100


async def propose(command: ProposePlacement, uow: "UnitOfWork") -> UUID:
    """Propose a placement: as HR, as the person's nearest manager, or as the manager of the host unit.

    It is agreed when the talent, the home manager and the host manager have each signed.
    """
    others = await uow.placements.firm(command.person_id)
    host = await uow.units.get(command.host_unit_id)
    if host.facts.isdisjoint(("hr", "leads")):
        person = await uow.persons.get(command.person_id)
        if "nearestManager" not in person.facts:
            raise Forbidden("not_allowed", "HR, the nearest manager and the host unit's manager propose placements.")
    home = command.home_unit_id
    if home is None and command.kind not in EXTERNAL:
        primary = await uow.engagements.primary_of(command.person_id, command.start_on)
        home = primary.unit_id if primary else None
    await refuse_foreign(command.participation_id, command.person_id, uow)
    placement = Placement(
        id=new_id(),
        kind=command.kind,
        person_id=command.person_id,
        home_unit_id=home,
        host_unit_id=command.host_unit_id,
        host_supervisor_id=command.host_supervisor_id,
        position_id=command.position_id,
        participation_id=command.participation_id,
        start_on=command.start_on,
        end_on=command.end_on,
        load_percent=command.load_percent,
        objectives=command.objectives,
        learning_agreement=command.learning_agreement,
        home_salary_share=command.home_salary_share,
    )
    refuse_overload(placement, others)
    await refuse_position(placement, uow)
    await uow.placements.add(placement, "proposed")
    return placement.id


def refuse_overload(placement: Placement, others: Iterable[Placement]) -> None:
    """Overlapping placements of one person never take more than all of the time. Raises Conflict (`overload`)."""
    firm = [other for other in others if other.start_on < placement.until and placement.start_on < other.until]
    if peak_load([placement, *firm]) > FULL:
        raise Conflict("overload", "With the person's other placements it takes more than 100 percent of the time.")


async def refuse_position(placement: Placement, uow: "UnitOfWork") -> None:
    """A position belongs to the host unit, is vacant for a secondment, and takes one leader at a time; it is locked.

    Raises Invalid (`position_elsewhere`), Conflict (`position_held`, `position_taken`).
    """
    if placement.position_id is None:
        return
    position = await uow.positions.get(placement.position_id)
    if position.it.unit_id != placement.host_unit_id:
        raise Invalid("position_elsewhere", "The position is not in the host unit.", pointer="/positionId")
    if placement.kind is PlacementKind.SECONDMENT and await uow.engagements.held(
        placement.position_id, placement.start_on, placement.end_on
    ):
        raise Conflict("position_held", "Somebody holds the position in that time.", pointer="/positionId")
    if placement.kind in LEADING and await uow.placements.taken(placement):
        raise Conflict("position_taken", "Somebody else leads from the position in that time.", pointer="/positionId")


@dataclass(frozen=True, kw_only=True)
class ChangePlacement:
    """New terms; what is left out stays."""

    start_on: date | Unset = UNSET
    end_on: date | Unset = UNSET
    load_percent: Load | Unset = UNSET
    home_salary_share: Percent | Unset = UNSET
    host_supervisor_id: UUID | Unset | None = UNSET
    position_id: UUID | Unset | None = UNSET
    objectives: Text | Unset | None = UNSET
    learning_agreement: Text | Unset | None = UNSET


async def change(identity: UUID, command: ChangePlacement, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change the terms while the placement is proposed; signatures to the old terms fall away."""
    found = await uow.placements.get(identity, expected_version)
    PLACEMENT.permit("change", found.facts, found.it.state)
    placement = found.it.changed(**changed(command))
    refuse_overload(placement, await uow.placements.firm(placement.person_id))
    await refuse_position(placement, uow)
    await uow.placements.save(placement, "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class SignPlacement:
    """Nothing but the signature; send `If-Match` with the version that was read."""


async def sign(identity: UUID, command: SignPlacement, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Sign for every party that one is: the talent, the home manager, the host manager.

    Where nobody leads the unit or one above it, top management signs in the leader's place. With the last signature
    the placement is agreed; when its first day has come it starts at once.
    """
    del command
    found = await uow.placements.get(identity, expected_version)
    PLACEMENT.permit("sign", found.facts, found.it.state)
    if uow.actor.person is None:
        raise Forbidden("not_allowed", "A person signs.")
    parties = {party for relation, party in SIGNS_FOR.items() if relation in found.facts}
    placement = await uow.placements.save(found.it.signed(parties, uow.actor.person, uow.now), "signed")
    if not placement.unsigned:
        refuse_overload(placement, await uow.placements.firm(placement.person_id))
        await refuse_position(placement, uow)
        await move(await uow.placements.save(placement.agreed(), "agreed"), uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class CancelPlacement:
    """Nothing: whoever cancels need not say why."""


async def cancel(identity: UUID, command: CancelPlacement, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Call a placement off before it has started."""
    del command
    found = await uow.placements.get(identity, expected_version)
    PLACEMENT.permit("cancel", found.facts, found.it.state)
    await uow.placements.save(found.it.cancelled(), "cancelled")
    return identity


@dataclass(frozen=True, kw_only=True)
class EndPlacementEarly:
    """The first day after the placement, today or ahead, and why, for the eyes of HR, top management and the talent."""

    on: Annotated[date, Doc("The first day after it, today or ahead.")]
    reason: Annotated[str, Len(1, 1000), Doc("Why, for the eyes of HR, top management and the talent.")] | None = None


async def end_early(
    identity: UUID, command: EndPlacementEarly, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """End a placement before its time: given up by the talent, recalled from home, or ended by the host or HR.

    It asks for a debrief like one that has run its course.
    """
    found = await uow.placements.get(identity, expected_version)
    PLACEMENT.permit("endEarly", found.facts, found.it.state)
    by = next((EndedBy(party) for relation, party in PARTY_OF.items() if relation in found.facts), EndedBy.HR)
    ended = found.it.ended_early(command.on, by, command.reason, uow.today)
    await uow.placements.save(ended, "ended_early" if ended.state is PlacementState.ENDED_EARLY else "shortened")
    if ended.state is PlacementState.ENDED_EARLY:
        await open_debrief(ended, uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class ExtendPlacement:
    """The first day after the extension, which starts where the placement ends."""

    end_on: date


async def extend(identity: UUID, command: ExtendPlacement, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Propose a new period that follows on the placement, on the same terms; it answers with the new placement.

    An extension is a new signed period: all three sign again.
    """
    found = await uow.placements.get(identity, expected_version)
    PLACEMENT.permit("extend", found.facts, found.it.state)
    extension = found.it.extension(new_id(), command.end_on)
    refuse_overload(extension, await uow.placements.firm(extension.person_id))
    await refuse_position(extension, uow)
    await uow.placements.add(extension, "proposed")
    return extension.id


async def advance(uow: "UnitOfWork") -> datetime | None:
    """Start and complete every placement whose date has come; whoever else does so at the moment is left alone.

    Answers when to look again, where some were left.
    """
    for placement in await uow.placements.due(uow.today):
        await move(placement, uow)
    return uow.now + SOON if await uow.placements.still_due(uow.today) else None


async def move(placement: Placement, uow: "UnitOfWork") -> None:
    """Take each step that the date asks for, with its event; an ended placement opens its debrief."""
    moved = placement.at(uow.today)
    if moved is placement:
        return
    if moved.state is PlacementState.ACTIVE and moved.kind in LEADING and await uow.placements.still_led(moved):
        return  # Whoever led until today is completed first, and then this one starts.
    saved = await uow.placements.save(moved, _STEPS[moved.state])
    if saved.state is PlacementState.ACTIVE:
        await move(saved, uow)
    else:
        await open_debrief(saved, uow)


_STEPS = {
    PlacementState.ACTIVE: "started",
    PlacementState.COMPLETED: "completed",
    PlacementState.ENDED_EARLY: "ended_early",
}

OPERATIONS = (
    creates(PlacementView, propose, "proposePlacement"),
    changes(PlacementView, change, "changePlacement"),
    acts(PlacementView, sign, "signPlacement"),
    acts(PlacementView, cancel, "cancelPlacement"),
    acts(PlacementView, end_early, "endPlacementEarly"),
    acts(PlacementView, extend, "extendPlacement"),
)
