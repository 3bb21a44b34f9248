"""Reconsiderations: asked once, answered by somebody who had no part in it. It replaces no statutory complaint."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Invalid
from service.domain.states import Action, Condition, StateMachine

RECONSIDERATION = StateMachine[StrEnum](
    concept="reconsideration",
    actions=(
        Action(
            name="answer",
            by=("hr", "top_management"),
            when=(
                Condition(name="unanswered", code="already_answered", detail="It has been answered already."),
                Condition(
                    name="uninvolved",
                    code="reconsideration_involved",
                    detail="A person answers who neither assessed nor decided, nominated, gave the statement or is "
                    "related to the candidate.",
                ),
            ),
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Reconsideration:
    """A candidate asks that a decline be looked at once more; it is to be answered by the end of `due_on`.

    `succeeds` says whether the candidacy was reopened.
    """

    id: UUID
    candidacy_id: UUID
    person_id: UUID
    cohort_id: UUID
    grounds: str
    due_on: date
    succeeds: bool | None = None
    answer: str | None = None
    answered_by_id: UUID | None = None
    answered_at: datetime | None = None
    version: int = 0

    def answered(self, by: UUID, answer: str, now: datetime, *, succeeds: bool) -> "Reconsideration":
        """Answered, with a reason. Raises Invalid (`decision_without_reason`)."""
        if not answer.strip():
            raise Invalid("decision_without_reason", "Every decision has a reason.", pointer="/answer")
        return replace(self, succeeds=succeeds, answer=answer, answered_by_id=by, answered_at=now)
