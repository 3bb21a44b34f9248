"""The readiness check: the guide's ten principles, each met, not met or not answered (domain.md §3, R1 to R10)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc


class Principle(StrEnum):
    """The ten principles [G].

    R1 know the need; R2 settle purpose and ambition; R3 define a good leader; R4 top management behind it; R5 weigh
    self-application against hand-picking; R6 reward the managers who release talent; R7 train leading in practice;
    R8 involve the organisation; R9 help talents into a leader job or other tasks; R10 ease the new leaders' start.
    """

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"
    R6 = "R6"
    R7 = "R7"
    R8 = "R8"
    R9 = "R9"
    R10 = "R10"


class Readiness(StrEnum):
    """What data say of a principle, or a person where data cannot."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ANSWERED = "not_answered"


class Fact(StrEnum):
    """What was found in the data.

    `leaders_needed`: how many leaders the programme is to find, and by when. `positions_vacant`: leadership positions
    without a holder today, in the administrations of the target group. `seats`: seats of the cohorts. `planned_days`:
    calendar days from the first planned module to the last. `framework`: the edition, and since when it holds.
    `sponsor`: who endorsed it, and when. `ways_in`: ways that are used actively. `credits`: what managers get.
    `practice_forms`: practice-near learning forms of the modules. `consultation`: when the works council was heard.
    `personal_channels`: channels that reach everybody in the target group. `kick_off`: the talent conference.
    `completed`: participants who completed it. `outcomes`: those of them whose outcome is recorded.
    `leaders_appointed`: participants who have become leaders.
    """

    LEADERS_NEEDED = "leaders_needed"
    POSITIONS_VACANT = "positions_vacant"
    SEATS = "seats"
    PLANNED_DAYS = "planned_days"
    FRAMEWORK = "framework"
    SPONSOR = "sponsor"
    WAYS_IN = "ways_in"
    CREDITS = "credits"
    PRACTICE_FORMS = "practice_forms"
    CONSULTATION = "consultation"
    PERSONAL_CHANNELS = "personal_channels"
    KICK_OFF = "kick_off"
    COMPLETED = "completed"
    OUTCOMES = "outcomes"
    LEADERS_APPOINTED = "leaders_appointed"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Something that was found, as the fact has it: how many, since or until when, who or what."""

    fact: Annotated[Fact, Doc("What was found.")]
    count: Annotated[int | None, Doc("How many, or which number.")] = None
    on: Annotated[date | None, Doc("The day of it.")] = None
    id: Annotated[UUID | None, Doc("The person or the thing.")] = None


@dataclass(frozen=True, kw_only=True)
class PrincipleAnswer:
    """What a person says of a principle. It counts where data cannot answer, and shows in any case."""

    principle: Annotated[Principle, Doc("Which one.")]
    answer: Annotated[Readiness, Doc("What the person says.")]
    note: Annotated[str | None, Doc("Why, or what is to be done.")]
    answered_by: Annotated[UUID | None, Doc("The person; none where a system did.")]
    answered_on: Annotated[date, Doc("The day on which it was said.")]


@dataclass(frozen=True, kw_only=True)
class PrincipleCheck:
    """How it stands with one principle."""

    principle: Annotated[Principle, Doc("Which one.")]
    status: Annotated[Readiness, Doc("What data say; where they cannot, what a person says.")]
    evidence: Annotated[tuple[Evidence, ...], Doc("What was found in the data.")]
    answer: Annotated[PrincipleAnswer | None, Doc("What a person says.")]
