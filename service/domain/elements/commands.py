"""What can be done to the elements of a track."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.elements.model import ELEMENT, Element, TrackParty
from service.domain.elements.views import ElementView
from service.domain.errors import Forbidden
from service.domain.ids import new_id
from service.domain.learning import LearningForm
from service.domain.operations import acts, changes, creates
from service.domain.participations.model import PARTICIPATION
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Title = Annotated[str, Len(1, 200)]
Purpose = Annotated[str, Len(1, 4000), Doc("What the talent is to learn by it.")]


def parties_of(facts: AbstractSet[str]) -> frozenset[TrackParty]:
    """Whom somebody speaks for. The talent speaks for nobody else, whatever their roles."""
    if "self" in facts:
        return frozenset({TrackParty.TALENT})
    known = {"nearestManager": TrackParty.MANAGER, "hr": TrackParty.HR}
    return frozenset(party for fact, party in known.items() if fact in facts)


def _person(uow: "UnitOfWork") -> UUID:
    """Who speaks. Raises Forbidden (`person_needed`)."""
    if uow.actor.person is None:
        raise Forbidden("person_needed", "A person gives their word, not a system.")
    return uow.actor.person


@dataclass(frozen=True, kw_only=True)
class ProposeElement:
    """What the talent could do. `endsOn` is the first day after it."""

    participation_id: UUID
    title: Title
    learning_form: LearningForm
    purpose: Purpose | None = None
    starts_on: date | None = None
    ends_on: date | None = None


async def propose(command: ProposeElement, uow: "UnitOfWork") -> UUID:
    """Propose an element of a talent's track, as the talent, the nearest manager or HR.

    Whoever proposes agrees; it counts when all three have agreed (L6).
    """
    participation = await uow.participations.get(command.participation_id)
    PARTICIPATION.permit("proposeElement", participation.facts, participation.it.state)
    by = _person(uow)
    parties = parties_of(participation.facts)
    element = Element(
        id=new_id(),
        participation_id=command.participation_id,
        person_id=participation.it.person_id,
        title=command.title,
        learning_form=command.learning_form,
        proposed_by=min(parties, key=list(TrackParty).index),
        purpose=command.purpose,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
    )
    await uow.elements.add(element.agreed_by(parties, by, uow.now), "proposed")
    return element.id


@dataclass(frozen=True, kw_only=True)
class ChangeElement:
    """Other terms; what is left out stays."""

    title: Title | Unset = UNSET
    learning_form: LearningForm | Unset = UNSET
    purpose: Purpose | Unset | None = UNSET
    starts_on: date | Unset | None = UNSET
    ends_on: date | Unset | None = UNSET


async def change(identity: UUID, command: ChangeElement, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Propose other terms while it is not agreed on; whoever does so agrees, what others said falls away."""
    found = await uow.elements.get(identity, expected_version)
    ELEMENT.permit("change", found.facts, found.it.state)
    by = _person(uow)
    element = found.it.changed(**changed(command))
    await uow.elements.save(element.agreed_by(parties_of(found.facts), by, uow.now), "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class AgreeElement:
    """Nothing but the word; send `If-Match` with the version that was read."""


async def agree(identity: UUID, command: AgreeElement, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Agree for every part that one is: the talent, the nearest manager, HR. With the third word it counts (L6)."""
    del command
    found = await uow.elements.get(identity, expected_version)
    ELEMENT.permit("agree", found.facts, found.it.state)
    element = found.it.agreed_by(parties_of(found.facts), _person(uow), uow.now)
    await uow.elements.save(element, "agreed")
    return identity


@dataclass(frozen=True, kw_only=True)
class CompleteElement:
    """Since when it is done."""

    on: Annotated[date | None, Doc("The day on which it was done; today where nothing is given.")] = None


async def complete(identity: UUID, command: CompleteElement, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Record that an element that all three agreed on is done, as HR or the nearest manager."""
    found = await uow.elements.get(identity, expected_version)
    ELEMENT.permit("complete", found.facts, found.it.state)
    await uow.elements.save(found.it.done(command.on or uow.today, uow.today), "done")
    return identity


@dataclass(frozen=True, kw_only=True)
class DropElement:
    """Nothing to say."""


async def drop(identity: UUID, command: DropElement, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Let go of an element that is not done."""
    del command
    found = await uow.elements.get(identity, expected_version)
    ELEMENT.permit("drop", found.facts, found.it.state)
    await uow.elements.save(found.it.dropped(), "dropped")
    return identity


OPERATIONS = (
    creates(ElementView, propose, "proposeElement"),
    changes(ElementView, change, "changeElement"),
    acts(ElementView, agree, "agreeElement"),
    acts(ElementView, complete, "completeElement"),
    acts(ElementView, drop, "dropElement"),
)
