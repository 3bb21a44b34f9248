"""What can be done to openness reports."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.candidacies.model import WayIn
from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id
from service.domain.labels.model import Words
from service.domain.operations import acts, creates
from service.domain.persons.model import Gender
from service.domain.programmes.model import OVER, ProgrammeState
from service.domain.reports.openness.figures import figures, with_completion
from service.domain.reports.openness.model import (
    NOWHERE,
    OPENNESS_REPORT,
    SELECTION,
    AgeBand,
    Counted,
    Dimension,
    OpennessReport,
    Stage,
)
from service.domain.reports.openness.views import OpennessReportView
from service.domain.reports.openness.wording import definitions, labels

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

_SELECTED = (ProgrammeState.RUNNING, *OVER)


@dataclass(frozen=True, kw_only=True)
class MakeOpennessReport:
    """Which programmes, and what it is called. Programmes too small to say anything alone go together."""

    name: Annotated[str, Len(1, 200)]
    programme_ids: Annotated[
        tuple[UUID, ...], Len(1, 100), Doc("The programmes whose candidates it counts; each in one report only.")
    ]


async def make(command: MakeOpennessReport, uow: "UnitOfWork") -> UUID:
    """Make the openness report of programmes whose selection is over. It is kept as it is made.

    The last stage, who completed, is in it where the programmes are over; else it is added then.
    """
    uow.actor.require("hr", "top_management", "works_council")
    programmes = sorted(set(command.programme_ids))
    if len(programmes) < len(command.programme_ids):
        raise Invalid("programme_twice", "Each programme is named once.", pointer="/programmeIds")
    states = [(await uow.programmes.get(one)).it.state for one in programmes]
    waiting = await uow.openness_reports.undecided(programmes)
    if waiting or not set(states) <= set(_SELECTED):
        raise Conflict(
            "selection_not_over",
            "A report is made when its programmes run and every candidate has answered or been answered.",
            pointer="/programmeIds",
        )
    over = set(states) <= set(OVER)
    stages = tuple(Stage) if over else SELECTION
    threshold = uow.settings.anonymity_threshold
    furthest = await uow.openness_reports.furthest(programmes)
    units = await uow.openness_reports.administrations(furthest[Dimension.ADMINISTRATION].keys() - {NOWHERE})
    counted = _cumulated(furthest, _groups(units), stages)
    named = {**labels(), **{unit: Words(da=name, sv=name, nb=name, en=name) for unit, name in units.items()}}
    # It is arithmetic of a second at worst; other requests go on meanwhile.
    total, dimensions = await asyncio.to_thread(figures, counted, stages, threshold, named)
    report = OpennessReport(
        id=new_id(),
        name=command.name,
        as_of=uow.now,
        completion_as_of=uow.now if over else None,
        threshold=threshold,
        total=total,
        dimensions=dimensions,
        definitions=definitions(threshold),
        counted=counted,
    )
    await uow.openness_reports.add(report, "made")
    await uow.openness_reports.cover(report.id, programmes)
    return report.id


@dataclass(frozen=True, kw_only=True)
class AddCompletion:
    """Nothing but the wish."""


async def add_completion(
    identity: UUID, command: AddCompletion, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Add the last stage to a report, once its programmes are over; what it shows already stays as it is."""
    del command
    found = await uow.openness_reports.get(identity, expected_version)
    OPENNESS_REPORT.permit("addCompletion", found.facts)
    report = found.it
    programmes = await uow.openness_reports.programmes_of(identity)
    furthest = await uow.openness_reports.furthest(programmes, accepted_by=report.as_of)
    done = {
        dimension: {group: stages.get(Stage.COMPLETED, 0) for group, stages in groups.items()}
        for dimension, groups in furthest.items()
    }
    total, dimensions = await asyncio.to_thread(
        with_completion, (report.total, report.dimensions), report.counted, done, report.threshold
    )
    completed = replace(report, total=total, dimensions=dimensions, completion_as_of=uow.now)
    await uow.openness_reports.save(completed, "completed")
    return identity


def _groups(administrations: Iterable[str]) -> Mapping[Dimension, Sequence[str]]:
    """Every group there can be, in the order in which it is shown."""
    return {
        Dimension.ADMINISTRATION: [*administrations, NOWHERE],
        Dimension.GENDER: list(Gender),
        Dimension.AGE_BAND: list(AgeBand),
        Dimension.WAY: list(WayIn),
    }


def _cumulated(
    furthest: Mapping[Dimension, Mapping[str, Mapping[str, int]]],
    groups: Mapping[Dimension, Sequence[str]],
    stages: Sequence[Stage],
) -> Counted:
    """Each stage with those who came further."""
    return {
        dimension: {
            group: tuple(
                sum(furthest[dimension].get(group, {}).get(later, 0) for later in list(Stage)[place:])
                for place in range(len(stages))
            )
            for group in listed
        }
        for dimension, listed in groups.items()
    }


OPERATIONS = (
    creates(OpennessReportView, make, "makeOpennessReport"),
    acts(OpennessReportView, add_completion, "addCompletion"),
)
