"""Projects between a cohort's modules: an assignment, and from each participant what they did and learned of it.

Small tasks of leading at home, between two modules, are what the next one starts from (domain.md §4, L3).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.errors import Invalid
from service.domain.states import Action, Condition, StateMachine


class ProjectState(StrEnum):
    """Whether it is asked for."""

    SET = "set"
    DROPPED = "dropped"


_SET = (ProjectState.SET,)
_NOT_OVER = Condition(name="programmeNotOver", code="programme_over", detail="The programme is completed or cancelled.")
_OWED = Condition(name="owed", code="already_handed_in", detail="You have handed it in; change that instead.")

PROJECT = StateMachine[ProjectState](
    concept="project",
    initial=_SET,
    actions=(
        Action(name="change", by=("hr",), sources=_SET, when=(_NOT_OVER,)),
        Action(name="drop", by=("hr",), sources=_SET, target=ProjectState.DROPPED, when=(_NOT_OVER,)),
        Action(name="handIn", by=("activeParticipant",), sources=_SET, when=(_OWED,)),
    ),
)

HAND_IN = StateMachine[StrEnum](
    concept="hand-in",
    actions=(
        Action(
            name="change",
            by=("self",),
            when=(
                Condition(
                    name="participating",
                    code="participation_over",
                    detail="The participation is not active: nothing is handed in any more.",
                ),
            ),
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Project:
    """What the participants work on at home after one module and before another. `due_on` is the last day for it."""

    id: UUID
    cohort_id: UUID
    after_module: int
    feeds_module: int
    title: str
    assignment: str
    due_on: date
    state: ProjectState = ProjectState.SET
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`feeds_no_later_module`)."""
        if self.feeds_module <= self.after_module:
            raise Invalid(
                "feeds_no_later_module", "A project feeds a module after the one it follows.", pointer="/feedsModule"
            )

    def changed(self, **values: Any) -> "Project":
        """With other values. Raises Invalid."""
        return replace(self, **values)

    def dropped(self) -> "Project":
        """It is not asked for any more."""
        return replace(self, state=ProjectState.DROPPED)


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """What one participant did, and what they learned about leading by it."""

    id: UUID
    project_id: UUID
    participation_id: UUID
    person_id: UUID
    work: str | None
    reflection: str
    handed_in_at: datetime
    version: int = 0

    def changed(self, **values: Any) -> "HandIn":
        """In other words; that it was handed in, and when, stays."""
        return replace(self, **values)
