"""The openness report: of those who applied, who came how far (domain.md §5).

It is made once for programmes whose selection is over, and kept as it is. Figures that change tell by their
difference who came or went between two readings; these do not change. A programme is in one report at most, so that
no two reports can be subtracted from each other either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, TypeAlias
from uuid import UUID

from typing_extensions import Doc

from service.domain.errors import Invalid
from service.domain.labels.model import Words
from service.domain.states import Action, Condition, StateMachine


class Stage(StrEnum):
    """How far somebody came; each stage counts those of the next ones, too."""

    APPLIED = "applied"
    ASSESSED = "assessed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    COMPLETED = "completed"


class Dimension(StrEnum):
    """How those who applied are divided."""

    ADMINISTRATION = "administration"
    GENDER = "gender"
    AGE_BAND = "age_band"
    WAY = "way"


class AgeBand(StrEnum):
    """The age when somebody applied, in ten years."""

    UNDER_30 = "under_30"
    FROM_30 = "from_30"
    FROM_40 = "from_40"
    FROM_50 = "from_50"
    OLDEST = "from_60"
    UNKNOWN = "unknown"


AGE_BANDS: tuple[tuple[AgeBand, int], ...] = (
    (AgeBand.UNDER_30, 30),
    (AgeBand.FROM_30, 40),
    (AgeBand.FROM_40, 50),
    (AgeBand.FROM_50, 60),
)
"""Each band and the first age above it; `AgeBand.OLDEST` has none."""

NOWHERE = "none"
"""The group of those who came from no administration."""

SELECTION = (Stage.APPLIED, Stage.ASSESSED, Stage.OFFERED, Stage.ACCEPTED)
"""The stages that are over when the selection is."""

Counted: TypeAlias = Mapping[Dimension, Mapping[str, tuple[int, ...]]]
"""People by dimension, group and stage, in the order of the stages."""

OPENNESS_REPORT = StateMachine[StrEnum](
    concept="openness report",
    actions=(
        Action(
            name="addCompletion",
            by=("hr", "top_management", "works_council"),
            when=(
                Condition(
                    name="withoutCompletion", code="completion_added", detail="The report has the last stage already."
                ),
                Condition(
                    name="programmesOver",
                    code="programme_not_over",
                    detail="The report's programmes are not all completed.",
                ),
            ),
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class StageCount:
    """How many of a group came as far as a stage. Both figures are null where they are suppressed."""

    stage: Annotated[Stage, Doc("The stage.")]
    count: Annotated[int | None, Doc("How many came as far, or further.")] = None
    percent: Annotated[int | None, Doc("Their share of those who applied, where both are shown.")] = None


@dataclass(frozen=True, kw_only=True)
class GroupCounts:
    """One group of a dimension."""

    group: Annotated[str, Doc("Its code; of an administration, the id of the unit.")]
    labels: Annotated[Words, Doc("What it is called.")]
    stages: Annotated[tuple[StageCount, ...], Doc("How far its people came, in order.")]


@dataclass(frozen=True, kw_only=True)
class DimensionCounts:
    """The same people, divided one way."""

    dimension: Annotated[Dimension, Doc("By what they are divided.")]
    labels: Annotated[Words, Doc("What it is called.")]
    groups: Annotated[tuple[GroupCounts, ...], Doc("Its groups; those in which nobody applied, too.")]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a word of the report means."""

    term: Annotated[str, Doc("The stage, the dimension, or another word of the report.")]
    labels: Annotated[Words, Doc("What it is called.")]
    meaning: Annotated[Words, Doc("What it means.")]


@dataclass(frozen=True, kw_only=True)
class OpennessReport:
    """Who applied and who came how far, without anybody who could be recognised.

    `counted` is what was counted when it was made; nobody reads it. `completion_as_of` is when the last stage was
    added.
    """

    id: UUID
    name: str
    as_of: datetime
    completion_as_of: datetime | None = None
    threshold: int
    total: tuple[StageCount, ...]
    dimensions: tuple[DimensionCounts, ...]
    definitions: tuple[Definition, ...]
    counted: Counted
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`name_missing`)."""
        if not self.name.strip():
            raise Invalid("name_missing", "Give the report a name.", pointer="/name")
