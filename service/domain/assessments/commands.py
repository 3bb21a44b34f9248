"""What can be done to assessments."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.assessments.model import ASSESSMENT, Score
from service.domain.assessments.views import AssessmentView
from service.domain.candidacies.concluding import conclude
from service.domain.operations import acts

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class SubmitAssessment:
    """A score and a reason for each of the programme's criteria."""

    scores: Annotated[tuple[Score, ...], Len(1, 50)]


async def submit(identity: UUID, command: SubmitAssessment, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Submit one's assessment, blind to the others'. The last one concludes the assessing of the candidacy."""
    found = await uow.assessments.get(identity, expected_version)
    ASSESSMENT.permit("submit", found.facts)
    criteria = await uow.assessments.criteria_of(found.it.candidacy_id)
    await uow.assessments.save(found.it.submitted(command.scores, criteria, uow.now), "submitted")
    candidacy = await uow.candidacies.get(found.it.candidacy_id)
    await conclude(candidacy.it, uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class CalibrateAssessment:
    """A note, and the scores that change with it, each with its reason; the others stay."""

    note: Annotated[str, Len(1, 4000), Doc("Why, after having read the others.")]
    scores: Annotated[tuple[Score, ...], Len(0, 50)] = ()


async def calibrate(
    identity: UUID, command: CalibrateAssessment, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Add a note to one's submitted assessment, and change scores by it, as long as there is no decision.

    What stood before is kept. The candidacy's score follows.
    """
    found = await uow.assessments.get(identity, expected_version)
    ASSESSMENT.permit("calibrate", found.facts)
    criteria = await uow.assessments.criteria_of(found.it.candidacy_id)
    calibrated = found.it.calibrated(command.note, command.scores, criteria, uow.now)
    await uow.assessments.save(calibrated, "calibrated")
    if calibrated.mean != found.it.mean:
        candidacy = await uow.candidacies.get(found.it.candidacy_id)
        await conclude(candidacy.it, uow)
    return identity


OPERATIONS = (
    acts(AssessmentView, submit, "submitAssessment"),
    acts(AssessmentView, calibrate, "calibrateAssessment"),
)
