"""Reviews: questions about a person, put to respondents, shared with the person in the end."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.errors import Invalid
from service.domain.states import Action, Condition, StateMachine


class ReviewKind(StrEnum):
    """What sort of conversation or assessment it is."""

    SELF_ASSESSMENT = "self_assessment"
    MANAGER_REVIEW = "manager_review"
    PEER_FEEDBACK = "peer_feedback"
    FEEDBACK_360 = "feedback_360"
    CHECK_IN = "check_in"
    DEVELOPMENT_TALK = "development_talk"
    LEADER_DEVELOPMENT_TALK = "leader_development_talk"
    TEST_FEEDBACK = "test_feedback"
    PLACEMENT_DEBRIEF = "placement_debrief"
    PROGRAMME_EVALUATION = "programme_evaluation"
    TALENT_REVIEW = "talent_review"


class ReviewState(StrEnum):
    """Where a review is in its life."""

    PLANNED = "planned"
    OPEN = "open"
    SUBMITTED = "submitted"
    SHARED = "shared"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Relation(StrEnum):
    """What a respondent is to the person whom the review is about."""

    SELF = "self"
    MANAGER = "manager"
    PEER = "peer"
    REPORT = "report"
    HOST = "host"
    MENTOR = "mentor"


POOLED = frozenset({Relation.PEER, Relation.REPORT})
"""Relations whose single answers are for HR and top management only: nobody is to be recognised among several."""

TALKS = frozenset({ReviewKind.DEVELOPMENT_TALK, ReviewKind.LEADER_DEVELOPMENT_TALK})
"""Talks between two people that can be recorded as held (MUS, LUS)."""

REVIEW = StateMachine[ReviewState](
    concept="review",
    initial=(ReviewState.PLANNED, ReviewState.OPEN),
    actions=(
        Action(name="open", by=("hr", "nearestManager"), sources=(ReviewState.PLANNED,), target=ReviewState.OPEN),
        Action(name="submit", by=("hr",), sources=(ReviewState.OPEN,), target=ReviewState.SUBMITTED),
        Action(
            name="share",
            by=("hr", "nearestManager", "host"),
            sources=(ReviewState.SUBMITTED,),
            target=ReviewState.SHARED,
        ),
        Action(name="acknowledge", by=("self",), sources=(ReviewState.SHARED,), target=ReviewState.ACKNOWLEDGED),
        Action(
            name="close",
            by=("hr",),
            sources=tuple(state for state in ReviewState if state is not ReviewState.CLOSED),
            target=ReviewState.CLOSED,
        ),
    ),
)

_ASKED = Condition(name="open", code="review_not_open", detail="The review is not open for answers.")
_UNANSWERED = Condition(name="unanswered", code="already_answered", detail="You have answered already.")

RESPONSE = StateMachine[StrEnum](
    concept="response",
    actions=(Action(name="answer", by=("respondent",), when=(_ASKED, _UNANSWERED)),),
)


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question, and the key under which it is answered."""

    key: Annotated[str, Doc("The word that its answers carry.")]
    text: Annotated[str, Doc("What is asked.")]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a respondent says to the question with that key."""

    key: Annotated[str, Doc("The question's word.")]
    text: Annotated[str, Doc("What the respondent says.")]


@dataclass(frozen=True, kw_only=True)
class Review:
    """Questions about a person (domain.md §3). `due_on` is the last day for an answer.

    From `shared_at` on the person it is about reads the answers. A talk that was recorded has a day on which it was
    `held_on`; `wish` is whether the person wishes to lead, `flair` whether the manager sees a flair for it.
    """

    id: UUID
    kind: ReviewKind
    person_id: UUID
    questions: tuple[Question, ...]
    opens_on: date
    due_on: date
    state: ReviewState = ReviewState.PLANNED
    placement_id: UUID | None = None
    participation_id: UUID | None = None
    shared_at: datetime | None = None
    held_on: date | None = None
    wish: bool | None = None
    flair: bool | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if self.held_on is not None and self.kind not in TALKS:
            raise Invalid("not_a_talk", "Development talks are recorded as held.", pointer="/kind")
        if self.kind is not ReviewKind.DEVELOPMENT_TALK and (self.wish, self.flair) != (None, None):
            raise Invalid("not_asked_there", "Wish and flair belong to a development talk.", pointer="/wish")
        if self.due_on < self.opens_on:
            raise Invalid("due_before_it_opens", "A review is due after it opens.", pointer="/dueOn")
        if not self.questions:
            raise Invalid("no_questions", "A review asks at least one question.", pointer="/questions")
        if len({one.key for one in self.questions}) < len(self.questions):
            raise Invalid("question_twice", "Two questions have the same key.", pointer="/questions")

    def to(self, state: ReviewState, now: datetime | None = None) -> "Review":
        """In that state; shared at `now` where the state is shared."""
        return replace(self, state=state, shared_at=now if state is ReviewState.SHARED else self.shared_at)

    def accept(self, answers: tuple[Answer, ...]) -> None:
        """Let answers to its own questions pass. Raises Invalid (`no_answers`, `unknown_question`)."""
        keys = [one.key for one in answers]
        if not keys:
            raise Invalid("no_answers", "Answer at least one question.", pointer="/answers")
        asked = {one.key for one in self.questions}
        for i, key in enumerate(keys):
            if key not in asked or key in keys[:i]:
                raise Invalid(
                    "unknown_question", "Each answer goes to one question of the review.", pointer=f"/answers/{i}/key"
                )


@dataclass(frozen=True, kw_only=True)
class ReviewResponse:
    """One respondent's part in a review about a person; without a time of submission nothing is answered yet."""

    id: UUID
    review_id: UUID
    person_id: UUID
    respondent_id: UUID
    relation: Relation
    answers: tuple[Answer, ...] = ()
    submitted_at: datetime | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if (self.relation is Relation.SELF) != (self.person_id == self.respondent_id):
            raise Invalid(
                "wrong_relation", "The person the review is about answers as `self`, and nobody else does.",
                pointer="/respondents",
            )  # fmt: skip

    def answered(self, answers: tuple[Answer, ...], now: datetime) -> "ReviewResponse":
        """Answered, once."""
        return replace(self, answers=answers, submitted_at=now)
