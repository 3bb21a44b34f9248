"""Participations: a talent in a cohort, from the accepted offer to what came of it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Invalid
from service.domain.states import Action, StateMachine


class ParticipationState(StrEnum):
    """The life of a participation."""

    ENROLLED = "enrolled"
    ACTIVE = "active"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    WITHDRAWN = "withdrawn"
    DEFERRED = "deferred"


class Outcome(StrEnum):
    """What came of it; each is a positive result with its own next steps."""

    LEADER_APPOINTED = "leader_appointed"
    KEEP_WARM = "keep_warm"
    SPECIALIST_PATH = "specialist_path"
    PROJECT_LEADER_PATH = "project_leader_path"
    STAYS_IN_ROLE = "stays_in_role"
    LEFT = "left"


_S = ParticipationState

PARTICIPATION = StateMachine[ParticipationState](
    concept="participation",
    initial=(_S.ENROLLED,),
    actions=(
        Action(name="start", by=("hr",), sources=(_S.ENROLLED,), target=_S.ACTIVE),
        Action(name="complete", by=("hr",), sources=(_S.ACTIVE,), target=_S.COMPLETED),
        Action(name="notComplete", by=("hr",), sources=(_S.ACTIVE,), target=_S.NOT_COMPLETED),
        Action(
            name="withdraw",
            by=("self", "hr"),
            sources=(_S.ENROLLED, _S.ACTIVE, _S.DEFERRED),
            target=_S.WITHDRAWN,
        ),
        Action(name="defer", by=("hr",), sources=(_S.ENROLLED, _S.ACTIVE), target=_S.DEFERRED),
        Action(name="resume", by=("hr",), sources=(_S.DEFERRED,), target=_S.ACTIVE),
        # Nobody does this to one: it follows from the cancelling of the programme.
        Action(name="fall", by=(), sources=(_S.ENROLLED, _S.ACTIVE, _S.DEFERRED), target=_S.NOT_COMPLETED),
        Action(name="recordOutcome", by=("hr",), sources=(_S.COMPLETED, _S.NOT_COMPLETED, _S.WITHDRAWN)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Participation:
    """A person in a cohort. `leave_reason` is HR's alone, and no report counts it against the person."""

    id: UUID
    candidacy_id: UUID
    person_id: UUID
    cohort_id: UUID
    state: ParticipationState = ParticipationState.ENROLLED
    leave_reason: str | None = None
    outcome: Outcome | None = None
    outcome_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`outcome_half_known`)."""
        if (self.outcome is None) != (self.outcome_on is None):
            raise Invalid("outcome_half_known", "An outcome and its day come together.", pointer="/on")

    @property
    def holds_place(self) -> bool:
        """The place in the cohort is taken; who leaves before it starts frees it."""
        return self.state is not ParticipationState.WITHDRAWN

    def moved(self, action: Action[ParticipationState]) -> "Participation":
        """It is in the action's target state."""
        return replace(self, state=action.target or self.state)

    def left(self, action: Action[ParticipationState], reason: str | None) -> "Participation":
        """It ends before completion, honourably; a reason may be given or not (A3)."""
        return replace(self.moved(action), leave_reason=reason)

    def resulted(self, outcome: Outcome, on: date, today: date) -> "Participation":
        """What came of it; a later outcome takes the place of an earlier one. Raises Invalid (`outcome_ahead`)."""
        if on > today:
            raise Invalid("outcome_ahead", "An outcome is recorded when it is there, not ahead.", pointer="/on")
        return replace(self, outcome=outcome, outcome_on=on)
