"""Participations: a talent in a cohort, from the accepted offer to what came of it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Conflict, Invalid
from service.domain.states import A_PERSON, Action, Condition, StateMachine


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

LIVE = (_S.ENROLLED, _S.ACTIVE, _S.DEFERRED)
"""It has not come to its end."""

ENDED = (_S.COMPLETED, _S.NOT_COMPLETED, _S.WITHDRAWN)
"""It has, one way or another; each may have a good outcome."""

_ANOTHERS = Condition(name="anothers", code="own_participation", detail="Nobody completes their own participation.")

PARTICIPATION = StateMachine[ParticipationState](
    concept="participation",
    initial=(_S.ENROLLED,),
    actions=(
        Action(name="start", by=("hr",), sources=(_S.ENROLLED,), target=_S.ACTIVE),
        Action(name="complete", by=("hr",), sources=(_S.ACTIVE,), target=_S.COMPLETED, when=(_ANOTHERS,)),
        Action(name="notComplete", by=("hr",), sources=(_S.ACTIVE,), target=_S.NOT_COMPLETED),
        Action(
            name="withdraw",
            by=("self", "hr"),
            sources=LIVE,
            target=_S.WITHDRAWN,
        ),
        Action(name="defer", by=("hr",), sources=LIVE, target=_S.DEFERRED),
        Action(name="resume", by=("hr",), sources=(_S.DEFERRED,), target=_S.ACTIVE),
        # Nobody does this to one: it follows from the cancelling of the programme.
        Action(name="fall", by=(), sources=LIVE, target=_S.NOT_COMPLETED),
        Action(name="recordOutcome", by=("hr",), sources=ENDED),
        Action(name="addNextStep", by=("hr", "nearestManager"), sources=ENDED),
        Action(name="proposeElement", by=("self", "nearestManager", "hr"), sources=LIVE, when=(A_PERSON,)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Participation:
    """A person in a cohort. `leave_reason` is HR's alone, and no report counts it against the person.

    `deferred_from_id` is the cohort that it began in, where it has moved to another. `completion_reason` says why it
    is completed without meeting the programme's rule.
    """

    id: UUID
    candidacy_id: UUID
    person_id: UUID
    cohort_id: UUID
    state: ParticipationState = ParticipationState.ENROLLED
    deferred_from_id: UUID | None = None
    leave_reason: str | None = None
    completed_on: date | None = None
    completion_reason: str | None = None
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

    def deferred(self, action: Action[ParticipationState], cohort_id: UUID | None) -> "Participation":
        """It pauses, and where a cohort is named goes on in that one. Raises Invalid (`same_cohort`)."""
        if cohort_id is None:
            return self.moved(action)
        if cohort_id == self.cohort_id:
            raise Invalid("same_cohort", "It is in that cohort already.", pointer="/cohortId")
        return replace(self.moved(action), cohort_id=cohort_id, deferred_from_id=self.cohort_id)

    def completed(
        self, action: Action[ParticipationState], gaps: tuple[str, ...], reason: str | None, on: date
    ) -> "Participation":
        """It has come to its end as it should, or for a reason without. Raises Conflict (`completion_gap`)."""
        if gaps and reason is None:
            raise Conflict("completion_gap", f"{'; '.join(gaps)}. Wait, or complete with a reason.", pointer="/reason")
        return replace(self.moved(action), completed_on=on, completion_reason=reason if gaps else None)

    def left(self, action: Action[ParticipationState], reason: str | None) -> "Participation":
        """It ends before completion, honourably; a reason may be given or not (A3)."""
        return replace(self.moved(action), leave_reason=reason)

    def resulted(self, outcome: Outcome, on: date, today: date) -> "Participation":
        """What came of it; a later outcome takes the place of an earlier one. Raises Invalid (`outcome_ahead`)."""
        if on > today:
            raise Invalid("outcome_ahead", "An outcome is recorded when it is there, not ahead.", pointer="/on")
        return replace(self, outcome=outcome, outcome_on=on)
