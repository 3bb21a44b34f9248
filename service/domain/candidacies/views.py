"""What may be read of candidacies."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from service.domain.candidacies.model import Statement, WayIn
from service.domain.candidacies.states import CANDIDACY, CandidacyState
from service.domain.reading import Field, Filter, Many, One, Order, View

_DECIDING = ("hr", "top_management")
_ANSWERED = (*_DECIDING, "self")

CandidacyView = View(
    name="Candidacy",
    plural="Candidacies",
    path="candidacies",
    doc="A person's wish for a place in a cohort, and the answer: one per person and cohort, whatever the ways in. "
    "Until it is submitted, it is the person's own.",
    visible_to=("hr", "top_management", "self", "nearestManager", "assessor"),
    subject="personId",
    shielded_to=("hr", "people:read", "self", "nearestManager", "assessor"),
    machine=CANDIDACY,
    fields=(
        Field("state", CandidacyState, "Where it is in its life."),
        Field("ways", list[WayIn], "How the person became a candidate."),
        Field("motivation", str | None, "Why they want it, in their own words, once submitted."),
        Field("statement", Statement | None, "What the nearest manager says to it; missing counts against nobody."),
        Field("statementRequestedAt", datetime | None, "When the manager was asked for the statement."),
        Field("statementDueOn", date | None, "How long assessing waits for the statement: to the end of this day."),
        Field("statementRemindedAt", datetime | None, "When the manager was reminded of it, once."),
        Field("submittedAt", datetime | None, "When it was submitted first."),
        Field("assessedAt", datetime | None, "When all assessors had submitted."),
        Field("score", Decimal | None, "Mean of the assessments, 1 to 5, once assessed.", _DECIDING, sensitive=True),
        Field(
            "standing",
            int | None,
            "The place by score among the cohort's assessed candidacies; equal scores share it.",
            _DECIDING,
            sensitive=True,
        ),
        Field("offeredAt", datetime | None, "When a place was offered, last."),
        Field("answerBy", datetime | None, "Until when the offer stands; then it lapses."),
        Field("rank", int | None, "The place on the waitlist.", _ANSWERED),
        Field("reason", str | None, "Why it was decided so.", _ANSWERED),
        Field("feedback", str | None, "What the candidate can work on.", _ANSWERED),
        Field("decidedAt", datetime | None, "When it was decided."),
        Field("reconsiderBy", date | None, "The last day on which one may ask for a reconsideration.", _ANSWERED),
        Field(
            "deadlinePassed",
            bool,
            "Something on it is overdue: the statement, the answer to an offer, or to a "
            "reconsideration; or its call closed while it was a draft.",
        ),
        Field("decidedById", UUID | None, "Who decided.", _DECIDING),
    ),
    relations=(
        One("person", "Person", "Whose candidacy it is."),
        One("cohort", "Cohort", "For which cohort."),
        One("administration", "Unit", "The administration they came from when it was made.", optional=True),
        One("participation", "Participation", "What it led to, once accepted.", optional=True, with_id=False),
        One("reconsideration", "Reconsideration", "What was asked after a decline.", optional=True, with_id=False),
        Many("nominations", "Nomination", "Who nominated them, and why; all that the person accepted."),
        Many("assessments", "Assessment", "Who assesses it, and how."),
    ),
    filters=(
        Filter("programmeId", UUID, "Candidacies for any cohort of this programme."),
        Filter("cohortId", UUID, "Candidacies for this cohort."),
        Filter("personId", UUID, "Candidacies of this person."),
        Filter("name", str, "Candidacies of persons whose given or family name starts so.", match="prefix"),
        Filter("administrationId", UUID, "Candidacies from this administration."),
        Filter("state", CandidacyState, "Those in any of these states.", match="any"),
        Filter("way", WayIn, "Those that came in this way, whether or not in others too."),
        Filter("deadlinePassed", bool, "Those on which something is overdue, or nothing is."),
        Filter("statementMissing", bool, "Submitted ones without the manager's statement, or all others."),
        Filter("scoreMissing", bool, "Submitted ones with too few assessors or a missing score, or all others."),
    ),
    orders=(
        Order("id", (), "In the order in which they were made."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
        Order("score", ("scoreKey",), "By score, the lowest and those without one first; a ranking is `-score`."),
    ),
)
