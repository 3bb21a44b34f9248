"""What may be read of assessments."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from service.domain.assessments.model import ASSESSMENT, Calibration, Score
from service.domain.reading import Field, Filter, One, Order, View

_NOT_THE_CANDIDATE = ("hr", "top_management", "assessor", "fellowAssessor")

AssessmentView = View(
    name="Assessment",
    plural="Assessments",
    path="assessments",
    doc="What one assessor finds of one candidate: a score and a reason per criterion. Blind: other assessors see it "
    "once they have submitted their own, the candidate once there is an answer, without who said it.",
    visible_to=("hr", "top_management", "assessor", "fellowAssessor", "candidate"),
    subject="personId",
    shielded_to=("hr", "people:read", "candidate", "assessor", "fellowAssessor"),
    machine=ASSESSMENT,
    fields=(
        Field(
            "scores", list[Score], "A score and a reason per criterion; none before it is submitted.", sensitive=True
        ),
        Field("mean", Decimal | None, "Weighted mean of the scores.", _NOT_THE_CANDIDATE, sensitive=True),
        Field(
            "calibrations",
            list[Calibration],
            "Notes after the assessors have read each other, with the scores that they replaced.",
            _NOT_THE_CANDIDATE,
            sensitive=True,
        ),
        Field("submittedAt", datetime | None, "When it was submitted."),
        Field("assessorId", UUID | None, "Who assesses; the candidate does not learn it.", _NOT_THE_CANDIDATE),
    ),
    relations=(
        One("candidacy", "Candidacy", "What is assessed."),
        One("person", "Person", "The candidate."),
        One("assessor", "Person", "Who assesses; the candidate does not learn it.", optional=True, with_id=False),
    ),
    filters=(
        Filter("candidacyId", UUID, "Assessments of this candidacy."),
        Filter("mine", bool, "Those that are the reader's own to write, or that are not."),
        Filter("submitted", bool, "Those that are submitted, or that are not."),
    ),
    orders=(
        Order("id", (), "In the order in which they were assigned."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
