"""What may be read of candidacies."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from service.domain.candidacies.model import NominationState, Statement, WayIn
from service.domain.candidacies.states import CANDIDACY, CandidacyState
from service.domain.reading import Field, Filter, Many, One, Order, View

_DECIDING = ("hr", "top_management")
_ANSWERED = (*_DECIDING, "self")

CandidacyView = View(
    name="Candidacy",
    plural="Candidacies",
    path="candidacies",
    doc="A person's wish for a place in a cohort, and the answer: one per person and cohort, whatever the ways in. "
    "Until it is submitted, it is between the person and who nominated them.",
    visible_to=("hr", "top_management", "self", "nearestManager", "assessor"),
    subject="personId",
    shielded_to=("hr", "people:read", "self", "nearestManager", "assessor"),
    machine=CANDIDACY,
    fields=(
        Field("state", CandidacyState, "Where it is in its life."),
        Field("ways", list[WayIn], "How the person became a candidate."),
        Field("motivation", str | None, "Why they want it, in their own words, once submitted."),
        Field("nomination", NominationState | None, "What the nominee says to the nomination, if there is one."),
        Field("rationale", str | None, "Why they were nominated; deleted when the nomination is refused."),
        Field("statement", Statement | None, "What the nearest manager says to it; missing counts against nobody."),
        Field("statementDueOn", date | None, "How long assessing waits for the statement: to the end of this day."),
        Field("submittedAt", datetime | None, "When it was submitted first."),
        Field(
            "score", Decimal | None, "Weighted mean of the submitted assessments, 1 to 5.", _DECIDING, sensitive=True
        ),
        Field("rank", int | None, "The place on the waitlist.", _ANSWERED),
        Field("reason", str | None, "Why it was decided so.", _ANSWERED),
        Field("decidedAt", datetime | None, "When it was decided."),
    ),
    relations=(
        One("person", "Person", "Whose candidacy it is."),
        One("cohort", "Cohort", "For which cohort."),
        One("administration", "Unit", "The administration they came from when it was made.", optional=True),
        One("nominatedBy", "Person", "The manager who nominated them.", optional=True),
        One("participation", "Participation", "What it led to, once accepted.", optional=True, with_id=False),
        Many("assessments", "Assessment", "Who assesses it, and how."),
    ),
    filters=(
        Filter("cohortId", UUID, "Candidacies for this cohort."),
        Filter("personId", UUID, "Candidacies of this person."),
        Filter("administrationId", UUID, "Candidacies from this administration."),
        Filter("state", CandidacyState, "Those in any of these states.", match="any"),
    ),
    orders=(
        Order("id", (), "In the order in which they were made."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
