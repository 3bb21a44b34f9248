"""What can be done to leadership frameworks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.errors import Invalid
from service.domain.frameworks.model import FRAMEWORK, LEVELS, Competence, Framework
from service.domain.frameworks.starting_sets import StartingSet, starting_competences
from service.domain.frameworks.views import FrameworkView
from service.domain.ids import new_id
from service.domain.operations import acts, changes, creates
from service.domain.unset import UNSET, Unset, given

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Name = Annotated[str, Len(1, 200)]
Description = Annotated[str, Len(1, 4000)]
Uri = Annotated[str, Len(1, 300)]
Observed = Annotated[str, Len(1, 500)]


@dataclass(frozen=True, kw_only=True)
class DescribedCompetence:
    """A competence as one describes it."""

    name: Annotated[Name, Doc("What it is called.")]
    description: Annotated[str, Len(1, 2000), Doc("What a leader who has it does.")]
    levels: Annotated[tuple[Observed, ...], Len(LEVELS, LEVELS), Doc("What one sees at 1, 2, 3, 4 and 5.")]
    esco_uri: Annotated[Uri | None, Doc("The same in the European classification of skills.")] = None
    id: Annotated[UUID | None, Doc("The competence of the edition that this describes anew; none for a new one.")] = (
        None
    )


Described = Annotated[tuple[DescribedCompetence, ...], Len(0, 50)]


@dataclass(frozen=True, kw_only=True)
class DefineFramework:
    """A draft: from a starting set in the organisation's language, own competences, or both, in that order."""

    name: Name
    description: Description | None = None
    start_from: Annotated[StartingSet | None, Doc("Ready-made competences to begin with.")] = None
    competences: Described = ()


async def define(command: DefineFramework, uow: "UnitOfWork") -> UUID:
    """Draft a leadership framework: what a good leader is here (R3)."""
    uow.actor.require("hr")
    await uow.frameworks.lock_editions()
    started: tuple[Competence, ...] = ()
    if command.start_from is not None:
        organisation = await uow.organisations.get(uow.actor.organisation)
        started = starting_competences(command.start_from, organisation.it.default_language)
    framework = Framework(
        id=new_id(),
        name=command.name,
        edition=await uow.frameworks.next_edition(),
        description=command.description,
        competences=(*started, *_made(command.competences, frozenset())),
    )
    await uow.frameworks.add(framework, "defined")
    return framework.id


@dataclass(frozen=True, kw_only=True)
class ChangeFramework:
    """New values; what is left out stays. Competences are given all together, in their order."""

    name: Name | Unset = UNSET
    description: Description | Unset | None = UNSET
    competences: Described | Unset = UNSET


async def change(identity: UUID, command: ChangeFramework, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Change a draft. A published edition never changes; revise it instead."""
    found = await uow.frameworks.get(identity, expected_version)
    FRAMEWORK.permit("change", found.facts, found.it.state)
    changed = replace(
        found.it,
        name=given(command.name, found.it.name),
        description=given(command.description, found.it.description),
    )
    if not isinstance(command.competences, Unset):
        known = frozenset(one.id for one in found.it.competences)
        changed = changed.described(_made(command.competences, known))
    await uow.frameworks.save(changed, "changed")
    return identity


def _made(described: Sequence[DescribedCompetence], known: frozenset[UUID]) -> tuple[Competence, ...]:
    """The competences described; a known one keeps its id. Raises Invalid (`unknown_competence`)."""
    for i, one in enumerate(described):
        if one.id is not None and one.id not in known:
            raise Invalid(
                "unknown_competence", f"The framework has no competence {one.id}.", pointer=f"/competences/{i}/id"
            )
    return tuple(
        Competence(
            id=one.id or new_id(),
            name=one.name,
            description=one.description,
            levels=one.levels,
            esco_uri=one.esco_uri,
        )
        for one in described
    )


@dataclass(frozen=True, kw_only=True)
class PublishFramework:
    """Nothing but the wish: it holds from today."""


async def publish(identity: UUID, command: PublishFramework, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Publish a draft for everyone to read; the edition published so far is retired."""
    del command
    await uow.frameworks.lock_editions()
    found = await uow.frameworks.get(identity, expected_version)
    FRAMEWORK.permit("publish", found.facts, found.it.state)
    before = await uow.frameworks.published()
    if before is not None:
        await uow.frameworks.save(before.retired(), "retired")
    await uow.frameworks.save(found.it.published(uow.today), "published")
    return identity


@dataclass(frozen=True, kw_only=True)
class ReviseFramework:
    """Nothing but the wish: the draft starts as the edition is."""


async def revise(identity: UUID, command: ReviseFramework, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Make a draft of the next edition out of this one, and answer with the draft.

    Its competences keep their ids, so that what was said of people stays comparable.
    """
    del command
    await uow.frameworks.lock_editions()
    found = await uow.frameworks.get(identity, expected_version)
    FRAMEWORK.permit("revise", found.facts, found.it.state)
    draft = found.it.revised(new_id(), await uow.frameworks.next_edition())
    await uow.frameworks.add(draft, "revised")
    return draft.id


OPERATIONS = (
    creates(FrameworkView, define, "defineFramework"),
    changes(FrameworkView, change, "changeFramework"),
    acts(FrameworkView, publish, "publishFramework"),
    acts(FrameworkView, revise, "reviseFramework"),
)
