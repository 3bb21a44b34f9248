"""When somebody has completed a programme: a share of the sessions, of the projects between modules, and elements."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Le
from typing_extensions import Doc

from service.domain.errors import Invalid

ALL = 100
"""Percent of what there was."""

Percent = Annotated[int, Ge(0), Le(ALL)]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What one participant has done of what there was."""

    sessions: int
    sessions_attended: int
    projects: int
    projects_handed_in: int
    elements_done: int


@dataclass(frozen=True, kw_only=True)
class CompletionRule:
    """What it takes to complete a programme. Of nothing, every share is reached."""

    sessions_percent: Annotated[Percent, Doc("The share of the sessions to be attended, in percent.")] = 0
    projects_percent: Annotated[Percent, Doc("The share of the projects to be handed in, in percent.")] = 0
    elements: Annotated[
        int, Ge(0), Le(50), Doc("How many elements of an individual track are to be done, agreed on by all three.")
    ] = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`bad_percent`, `bad_number`)."""
        for share, pointer in ((self.sessions_percent, "sessionsPercent"), (self.projects_percent, "projectsPercent")):
            if not 0 <= share <= ALL:
                raise Invalid("bad_percent", "A share is 0 to 100 percent.", pointer=f"/completion/{pointer}")
        if self.elements < 0:
            raise Invalid("bad_number", "A number of elements is 0 or more.", pointer="/completion/elements")

    def gaps(self, progress: Progress) -> tuple[str, ...]:
        """What is missing, each as a clause of a sentence; none when the rule is met."""
        found: list[str] = []
        if progress.sessions_attended * ALL < self.sessions_percent * progress.sessions:
            found.append(
                f"{progress.sessions_attended} of {progress.sessions} sessions attended where"
                f" {self.sessions_percent} percent are asked for"
            )
        if progress.projects_handed_in * ALL < self.projects_percent * progress.projects:
            found.append(
                f"{progress.projects_handed_in} of {progress.projects} projects handed in where"
                f" {self.projects_percent} percent are asked for"
            )
        if progress.elements_done < self.elements:
            found.append(f"{progress.elements_done} elements done where {self.elements} are asked for")
        return tuple(found)
