"""What can be done to talents."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len

from service.domain.ids import new_id
from service.domain.operations import acts, changes
from service.domain.talents.model import TALENT, Mobility, Origin, Talent
from service.domain.talents.views import TalentView
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Interests = Annotated[tuple[Annotated[str, Len(1, 100)], ...], Len(0, 20)]


async def see_as_talent(person: UUID, origin: Origin, uow: "UnitOfWork") -> None:
    """Keep a talent profile of the person, found in this way (domain.md §3).

    The person's row is locked by the caller, so that two ways in at a time make one profile.
    """
    live = await uow.talents.live_of(person)
    if live is None:
        talent = Talent(id=new_id(), person_id=person, origins=(origin,), since=uow.today)
        await uow.talents.add(talent, "seen")
    elif (more := live.also(origin)) != live:
        await uow.talents.save(more, "seen_again")


@dataclass(frozen=True, kw_only=True)
class ChangeTalent:
    """New values; what is left out stays."""

    interests: Interests | Unset = UNSET
    mobility: Mobility | Unset | None = UNSET


async def change(identity: UUID, command: ChangeTalent, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change what a talent is interested in, and how far they would go for it."""
    found = await uow.talents.get(identity, expected_version)
    TALENT.permit("change", found.facts)
    await uow.talents.save(replace(found.it, **changed(command)), "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class EndTalent:
    """Nothing to say: no reason is asked for."""


async def end(identity: UUID, command: EndTalent, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """End a talent profile: nobody is on a list who does not want to be."""
    del command
    found = await uow.talents.get(identity, expected_version)
    TALENT.permit("end", found.facts)
    await uow.talents.save(found.it.ended(uow.today), "ended")
    return identity


OPERATIONS = (
    changes(TalentView, change, "changeTalent"),
    acts(TalentView, end, "endTalent"),
)
