"""What may be read of participations."""

from datetime import date
from uuid import UUID

from service.domain.participations.model import PARTICIPATION, Outcome, ParticipationState
from service.domain.reading import Field, Filter, Many, One, Order, View

_NEAR = ("hr", "top_management", "self", "nearestManager")

ParticipationView = View(
    name="Participation",
    plural="Participations",
    path="participations",
    doc="A person in a cohort, from the accepted offer to what came of it. Leaving is honourable.",
    visible_to=("hr", "top_management", "self", "nearestManager", "teacher"),
    subject="personId",
    machine=PARTICIPATION,
    fields=(
        Field("state", ParticipationState, "Where it is in its life."),
        Field("sessionsPlanned", int, "How many sessions the cohort has.", example=10),
        Field("sessionsAttended", int, "How many of them count as attended.", example=8),
        Field("projectsSet", int, "How many projects between modules the cohort has.", example=4),
        Field("projectsHandedIn", int, "How many of them count as handed in.", example=4),
        Field("elementsDone", int, "How many elements of the track are done that all three agreed on.", example=0),
        Field("completedOn", date | None, "When it was completed."),
        Field("outcome", Outcome | None, "What came of it; each is a positive result.", _NEAR),
        Field("outcomeOn", date | None, "Since when.", _NEAR),
        Field("leaveReason", str | None, "Why they left before the end, for HR alone.", ("hr",), sensitive=True),
        Field(
            "completionReason",
            str | None,
            "Why it counts as completed without meeting the programme's rule, for HR alone.",
            ("hr",),
            sensitive=True,
        ),
    ),
    relations=(
        One("person", "Person", "Who takes part."),
        One("cohort", "Cohort", "In which cohort."),
        One("candidacy", "Candidacy", "How they came to it."),
        One("deferredFrom", "Cohort", "The cohort they were in before they moved to this one.", optional=True),
        One("certificate", "Certificate", "What they got for completing it.", optional=True, with_id=False),
        Many("attendances", "Attendance", "At which sessions they were."),
        Many("handIns", "HandIn", "What they handed in between modules."),
        Many("elements", "Element", "The elements of their individual track."),
        Many("nextSteps", "NextStep", "What follows on the outcome."),
        Many("placements", "Placement", "Where they train leading in practice."),
        Many("reviews", "Review", "Conversations and assessments that belong to it."),
    ),
    filters=(
        Filter("cohortId", UUID, "Participations in this cohort."),
        Filter("programmeId", UUID, "Participations in the cohorts of this programme."),
        Filter("administrationId", UUID, "Those who came from this administration."),
        Filter("personId", UUID, "Participations of this person."),
        Filter("name", str, "Those whose given or family name starts so.", match="prefix", field="nameFolded"),
        Filter("candidacyId", UUID, "The participation that this candidacy led to."),
        Filter("state", ParticipationState, "Those in any of these states.", match="any"),
        Filter("outcome", Outcome, "Those with any of these outcomes.", match="any"),
        Filter("withoutOutcome", bool, "Those who have ended and whose outcome is not recorded, or the others."),
        Filter("missingAttendance", bool, "Those with a session that is over and no attendance, or the others."),
        Filter("missingHandIn", bool, "Those who owe a project whose last day is over, or the others."),
    ),
    orders=(
        Order("id", (), "In the order in which the offers were accepted."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
