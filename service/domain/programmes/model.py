"""Programmes for coming leaders: what for, for whom, by which criteria, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.errors import Conflict, Invalid
from service.domain.frameworks.model import Framework, FrameworkState
from service.domain.organisations.model import Country
from service.domain.programmes.call import EVERYBODY, Channel, Credit, Part, PlannedWay, TargetGroup
from service.domain.programmes.completion import CompletionRule
from service.domain.programmes.plan import PlannedModule, dated
from service.domain.programmes.readiness import PrincipleAnswer, Readiness
from service.domain.states import Action, Condition, StateMachine


class ProgrammeLevel(StrEnum):
    """How far it goes: finding out whether one wants to lead, preparing to, or a track of one's own."""

    CLARIFICATION = "clarification"
    PRE_LEADER = "pre_leader"
    INDIVIDUAL = "individual"


FRAMES: Mapping[ProgrammeLevel, tuple[int, int]] = {
    ProgrammeLevel.CLARIFICATION: (2, 62),
    ProgrammeLevel.PRE_LEADER: (90, 214),
    ProgrammeLevel.INDIVIDUAL: (330, 762),
}
"""Fewest and most calendar days from first to last: up to two months, four to six months, one to two years [G].

The guide's "typically" gets a month on either side. A hybrid may be as short as the shortest of its levels and as
long as all of them together.
"""

FEWEST_PRACTICE_FORMS = 2
"""How many practice-near learning forms make a broad range (R7)."""


class ProgrammeMix(StrEnum):
    """Across disciplines, or within one."""

    CROSS_DISCIPLINARY = "cross_disciplinary"
    SINGLE_DISCIPLINE = "single_discipline"


class ProgrammeState(StrEnum):
    """From a draft to the evaluation; cancelled at any point before it is completed."""

    DRAFT = "draft"
    ENDORSED = "endorsed"
    OPEN = "open"
    SELECTING = "selecting"
    RUNNING = "running"
    COMPLETED = "completed"
    EVALUATED = "evaluated"
    CANCELLED = "cancelled"


_EDITABLE = (ProgrammeState.DRAFT, ProgrammeState.ENDORSED)
_PLANNABLE = (*_EDITABLE, ProgrammeState.OPEN)
_UNFINISHED = (*_PLANNABLE, ProgrammeState.SELECTING, ProgrammeState.RUNNING)

OVER = (ProgrammeState.COMPLETED, ProgrammeState.EVALUATED, ProgrammeState.CANCELLED)
"""The states in which nobody is admitted to it or completes it any more."""

_NOT_PUBLISHED = ("framework_not_published", "A programme opens on a published leadership framework.")

_UNASKED = Condition(name="unasked", code="evaluation_exists", detail="The programme has an evaluation already.")

PROGRAMME = StateMachine[ProgrammeState](
    concept="programme",
    initial=(ProgrammeState.DRAFT,),
    actions=(
        Action(name="change", by=("hr",), sources=_EDITABLE),
        Action(name="adjust", by=("hr",), sources=_UNFINISHED),
        Action(name="answerPrinciple", by=("hr", "top_management"), sources=(*_UNFINISHED, ProgrammeState.COMPLETED)),
        Action(name="planCohort", by=("hr",), sources=_PLANNABLE),
        Action(
            name="endorse",
            by=("top_management",),
            sources=(ProgrammeState.DRAFT,),
            target=ProgrammeState.ENDORSED,
        ),
        Action(name="recordConsultation", by=("works_council", "hr"), sources=_EDITABLE),
        Action(
            name="open",
            by=("hr",),
            sources=(ProgrammeState.ENDORSED,),
            target=ProgrammeState.OPEN,
            when=(
                Condition(name="frameworkPublished", code=_NOT_PUBLISHED[0], detail=_NOT_PUBLISHED[1]),
                Condition(
                    name="consulted",
                    code="consultation_missing",
                    detail="Record the works council's consultation before opening.",
                ),
                Condition(
                    name="hasCohort", code="cohort_missing", detail="A programme opens with at least one cohort."
                ),
            ),
        ),
        Action(
            name="startSelecting",
            by=("hr",),
            sources=(ProgrammeState.OPEN,),
            target=ProgrammeState.SELECTING,
        ),
        Action(
            name="start",
            by=("hr",),
            sources=(ProgrammeState.SELECTING,),
            target=ProgrammeState.RUNNING,
            when=(
                Condition(
                    name="everybodyAnswered",
                    code="answers_missing",
                    detail="Everybody gets an answer first: some candidacies are submitted or assessed, and undecided.",
                ),
            ),
        ),
        Action(name="complete", by=("hr",), sources=(ProgrammeState.RUNNING,), target=ProgrammeState.COMPLETED),
        Action(
            name="evaluate",
            by=("hr",),
            sources=(ProgrammeState.COMPLETED,),
            target=ProgrammeState.EVALUATED,
            when=(
                Condition(
                    name="evaluationOpen",
                    code="evaluation_missing",
                    detail="Nobody has been asked yet: open the programme's evaluation first.",
                ),
            ),
        ),
        Action(name="openEvaluation", by=("hr",), sources=(ProgrammeState.COMPLETED,), when=(_UNASKED,)),
        Action(name="cancel", by=("hr",), sources=_UNFINISHED, target=ProgrammeState.CANCELLED),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A competence that candidates are assessed on, and how much it counts beside the others."""

    competence_id: Annotated[UUID, Doc("The competence of the framework.")]
    name: Annotated[str, Doc("What it was called when the criteria froze.")]
    weight: Annotated[int, Doc("How much it counts beside the others.")]

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if self.weight < 1:
            raise Invalid("weight_not_positive", "A criterion weighs at least 1.", pointer="/criteria")


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """When the works council was heard, and where that is written down. It informs; it does not block."""

    held_on: Annotated[date, Doc("The day on which the works council was heard.")]
    reference: Annotated[str, Doc("Such as the minutes and the item on the agenda.")]
    recorded_by: Annotated[UUID | None, Doc("The person who recorded it; none where a system did.")] = None


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A programme. Its criteria freeze when it opens: a later edition of the framework changes nothing in it.

    A hybrid combines `level`, how far it goes, with `also_levels`. `starts_on` dates its modules; a cohort has a
    start of its own.
    """

    id: UUID
    name: str
    level: ProgrammeLevel
    also_levels: tuple[ProgrammeLevel, ...] = ()
    mix: ProgrammeMix
    purpose: str
    leaders_needed: int | None = None
    needed_by: date | None = None
    framework_id: UUID
    template_id: UUID | None = None
    target_group: TargetGroup = EVERYBODY
    state: ProgrammeState = ProgrammeState.DRAFT
    criteria: tuple[Criterion, ...] = ()
    sponsor_id: UUID | None = None
    endorsed_on: date | None = None
    consultation: Consultation | None = None
    opened_on: date | None = None
    starts_on: date | None = None
    modules: tuple[PlannedModule, ...] = ()
    kick_off_on: date | None = None
    kick_off_place: str | None = None
    reach: str | None = None
    reach_by: tuple[Channel, ...] = ()
    credit_to_managers: str | None = None
    credits: tuple[Credit, ...] = ()
    ways: tuple[PlannedWay, ...] = ()
    ways_weighed: str | None = None
    roles: tuple[Part, ...] = ()
    asks_of_managers: str | None = None
    answers: tuple[PrincipleAnswer, ...] = ()
    completion: CompletionRule | None = None
    cancel_reason: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if len({self.level, *self.also_levels}) <= len(self.also_levels):
            raise Invalid("level_twice", "A hybrid names each level once.", pointer="/alsoLevels")
        if (self.leaders_needed is None) != (self.needed_by is None):
            raise Invalid("need_half_said", "Say how many leaders are needed and by when.", pointer="/neededBy")
        if len({one.way for one in self.ways}) < len(self.ways):
            raise Invalid("way_twice", "Each way in is named once.", pointer="/ways")
        if len({one.competence_id for one in self.criteria}) < len(self.criteria):
            raise Invalid("criterion_twice", "Each competence is a criterion once.", pointer="/criteria")

    @property
    def weights(self) -> Mapping[UUID, int]:
        """Competence → weight."""
        return {one.competence_id: one.weight for one in self.criteria}

    def weighed(self, framework: Framework, weights: Mapping[UUID, int]) -> "Programme":
        """With criteria out of that framework, named as it names them.

        Raises Invalid (`unknown_competence`, `weight_not_positive`).
        """
        criteria = tuple(
            Criterion(competence_id=identity, name=framework.competence(identity).name, weight=weight)
            for identity, weight in weights.items()
        )
        return replace(self, framework_id=framework.id, criteria=criteria)

    def endorsed(self, sponsor: UUID, on: date) -> "Programme":
        """Somebody in top management stands behind it (R4, W1)."""
        return replace(self, state=ProgrammeState.ENDORSED, sponsor_id=sponsor, endorsed_on=on)

    def consulted(self, consultation: Consultation, today: date) -> "Programme":
        """The works council was heard (W5). Raises Invalid (`consultation_to_come`)."""
        if consultation.held_on > today:
            raise Invalid("consultation_to_come", "A consultation is recorded when it was held.", pointer="/heldOn")
        return replace(self, consultation=consultation)

    def opened(self, framework: Framework, on: date) -> "Programme":
        """Open to candidates; the criteria freeze. Without criteria of its own every competence weighs 1.

        Raises Conflict (`framework_not_published`) where the framework was retired a moment ago.
        """
        if framework.state is not FrameworkState.PUBLISHED:
            raise Conflict(*_NOT_PUBLISHED)
        weights = self.weights or dict.fromkeys((one.id for one in framework.competences), 1)
        return replace(self.weighed(framework, weights), state=ProgrammeState.OPEN, opened_on=on)

    def dated(self, country: Country) -> "Programme":
        """With its modules on the days that follow from its first one. Raises Invalid (`start_out_of_calendar`)."""
        return replace(self, modules=dated(self.modules, self.starts_on, country))

    def answered(self, answer: PrincipleAnswer) -> "Programme":
        """A person's word on a principle takes the place of an earlier one; `not_answered` takes it back."""
        kept = [one for one in self.answers if one.principle is not answer.principle]
        said = [answer] if answer.answer is not Readiness.NOT_ANSWERED else []
        return replace(self, answers=(*kept, *said))

    def moved(self, action: Action[ProgrammeState]) -> "Programme":
        """In the state to which the action leads."""
        return replace(self, state=action.target or self.state)

    def cancelled(self, reason: str) -> "Programme":
        """It comes to nothing, for a reason that all who could read the call may read."""
        return replace(self, state=ProgrammeState.CANCELLED, cancel_reason=reason)
