"""What follows on an outcome: each outcome has next steps, each step an owner and a day (domain.md §3, Follow-up).

Waiting time is filled (A2): while somebody is kept warm there is always a day on which they are contacted next. Whoever
chose otherwise is helped into another career (A4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.errors import Conflict, Invalid
from service.domain.participations.model import Outcome
from service.domain.states import Action, Condition, StateMachine


class StepKind(StrEnum):
    """What is done with or for a former participant."""

    CONTACT = "contact"
    CAREER_TALK = "career_talk"
    STRETCH_ASSIGNMENT = "stretch_assignment"
    DEVELOPMENT_PROJECT = "development_project"
    SUPERVISION = "supervision"
    NETWORK = "network"
    MENTORING = "mentoring"
    EDUCATION = "education"
    START_IN_ROLE = "start_in_role"
    FAREWELL_TALK = "farewell_talk"


class StepState(StrEnum):
    """Whether it is still to be done."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


_OPEN = (StepState.OPEN,)

NEXT_STEP = StateMachine[StepState](
    concept="next step",
    initial=_OPEN,
    actions=(
        Action(name="change", by=("hr", "owner"), sources=_OPEN),
        Action(name="complete", by=("hr", "owner"), sources=_OPEN, target=StepState.DONE),
        Action(
            name="drop",
            by=("hr",),
            sources=_OPEN,
            target=StepState.DROPPED,
            when=(
                Condition(
                    name="droppable",
                    code="kept_warm",
                    detail="Who is kept warm is contacted: complete it, or record another outcome.",
                ),
            ),
        ),
    ),
)

USUAL: Mapping[Outcome, tuple[StepKind, ...]] = {
    Outcome.LEADER_APPOINTED: (StepKind.START_IN_ROLE, StepKind.NETWORK),
    Outcome.KEEP_WARM: (StepKind.CONTACT, StepKind.STRETCH_ASSIGNMENT),
    Outcome.SPECIALIST_PATH: (StepKind.CAREER_TALK,),
    Outcome.PROJECT_LEADER_PATH: (StepKind.CAREER_TALK, StepKind.DEVELOPMENT_PROJECT),
    Outcome.STAYS_IN_ROLE: (StepKind.CAREER_TALK,),
    Outcome.LEFT: (StepKind.FAREWELL_TALK,),
}
"""The steps that an outcome has where nobody says others."""

USUAL_DAYS = timedelta(days=30)
"""How long after the outcome those are due."""

KEPT_WARM = timedelta(days=365)
"""How long somebody is kept warm where nobody says otherwise."""


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """One thing to be done for a former participant. `until` ends a chain of contacts: one follows on another."""

    id: UUID
    participation_id: UUID
    person_id: UUID
    kind: StepKind
    owner_id: UUID
    due_on: date
    description: str | None = None
    until: date | None = None
    state: StepState = StepState.OPEN
    done_on: date | None = None
    version: int = 0

    def changed(self, **values: Any) -> "NextStep":
        """With other values."""
        return replace(self, **values)

    def done(self, on: date, today: date) -> "NextStep":
        """It was done, on that day. Raises Invalid (`done_ahead`)."""
        if on > today:
            raise Invalid("done_ahead", "What is still ahead is not done.", pointer="/on")
        return replace(self, state=StepState.DONE, done_on=on)

    def dropped(self) -> "NextStep":
        """It is not done any more."""
        return replace(self, state=StepState.DROPPED)

    def followed(self, identity: UUID, on: date | None, today: date) -> "NextStep | None":
        """The contact that follows on this one, or None where none has to (A2).

        Raises Conflict (`next_contact_missing`) while the person is kept warm, Invalid (`next_contact_past`).
        """
        if on is None:
            if self.until is not None and today < self.until:
                raise Conflict(
                    "next_contact_missing",
                    f"Until {self.until} somebody speaks with them again: say when.",
                    pointer="/nextOn",
                )
            return None
        if on <= today:
            raise Invalid("next_contact_past", "The next time lies ahead.", pointer="/nextOn")
        return replace(self, id=identity, due_on=on, state=StepState.OPEN, done_on=None, version=0)
