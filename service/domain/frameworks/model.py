"""The leadership framework (ledelsesgrundlag): what good leadership is, and what it looks like at five levels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.errors import Invalid
from service.domain.states import Action, Condition, StateMachine

LEVELS = 5
"""How many observable levels a competence is described at (domain.md §3)."""

ESCO = ("http://data.europa.eu/esco/", "https://data.europa.eu/esco/")


class FrameworkState(StrEnum):
    """A draft is worked on, one is published at a time, the editions before it are retired."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, kw_only=True)
class Competence:
    """Something a good leader can do. `levels` describe what one sees at 1, 2, 3, 4 and 5.

    It keeps its id from one edition to the next, so that what was said of people stays comparable.
    """

    id: Annotated[UUID, Doc("Its identity, the same in every edition.")]
    name: Annotated[str, Doc("What it is called.")]
    description: Annotated[str, Doc("What a leader who has it does.")]
    levels: Annotated[tuple[str, ...], Doc("What one sees at 1, 2, 3, 4 and 5.")]
    esco_uri: Annotated[str | None, Doc("The same in the European classification of skills.")] = None

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if len(self.levels) != LEVELS or not all(level.strip() for level in self.levels):
            raise Invalid("not_five_levels", f"{self.name} needs five levels, each described.", pointer="/competences")
        if self.esco_uri is not None and not self.esco_uri.startswith(ESCO):
            raise Invalid("not_an_esco_uri", f"An ESCO URI starts with {ESCO[0]}.", pointer="/competences")


FRAMEWORK = StateMachine[FrameworkState](
    concept="leadership framework",
    initial=(FrameworkState.DRAFT,),
    actions=(
        Action(name="change", by=("hr",), sources=(FrameworkState.DRAFT,)),
        Action(
            name="publish",
            by=("hr",),
            sources=(FrameworkState.DRAFT,),
            target=FrameworkState.PUBLISHED,
            when=(
                Condition(
                    name="hasCompetences",
                    code="framework_without_competences",
                    detail="A framework is published with at least one competence.",
                ),
            ),
        ),
        Action(name="revise", by=("hr",), sources=(FrameworkState.PUBLISHED, FrameworkState.RETIRED)),
        # Nobody retires an edition: the next one's publishing does.
        Action(name="retire", by=(), sources=(FrameworkState.PUBLISHED,), target=FrameworkState.RETIRED),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Framework:
    """One edition of the leadership framework. Once published it never changes."""

    id: UUID
    name: str
    edition: int
    state: FrameworkState = FrameworkState.DRAFT
    competences: tuple[Competence, ...] = ()
    published_on: date | None = None
    description: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        names = [one.name.casefold() for one in self.competences]
        if len(set(names)) < len(names) or len({one.id for one in self.competences}) < len(names):
            raise Invalid("competence_twice", "Each competence stands in a framework once.", pointer="/competences")

    def competence(self, identity: UUID) -> Competence:
        """The competence of that id. Raises Invalid (`unknown_competence`)."""
        for one in self.competences:
            if one.id == identity:
                return one
        raise Invalid("unknown_competence", f"The framework has no competence {identity}.")

    def described(self, competences: Sequence[Competence]) -> "Framework":
        """The draft with these competences instead."""
        return replace(self, competences=tuple(competences))

    def published(self, on: date) -> "Framework":
        """It holds from that day."""
        return replace(self, state=FrameworkState.PUBLISHED, published_on=on)

    def retired(self) -> "Framework":
        """The next edition has taken its place."""
        return replace(self, state=FrameworkState.RETIRED)

    def revised(self, identity: UUID, edition: int) -> "Framework":
        """A draft of the next edition, with the same competences to start from."""
        return replace(self, id=identity, edition=edition, state=FrameworkState.DRAFT, published_on=None, version=0)
