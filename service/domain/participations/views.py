"""What may be read of participations."""

from datetime import date
from uuid import UUID

from service.domain.participations.model import PARTICIPATION, Outcome, ParticipationState
from service.domain.reading import Field, Filter, Many, One, Order, View

ParticipationView = View(
    name="Participation",
    plural="Participations",
    path="participations",
    doc="A person in a cohort, from the accepted offer to what came of it. Leaving is honourable.",
    visible_to=("hr", "top_management", "self", "nearestManager"),
    subject="personId",
    machine=PARTICIPATION,
    fields=(
        Field("state", ParticipationState, "Where it is in its life."),
        Field("outcome", Outcome | None, "What came of it; each is a positive result."),
        Field("outcomeOn", date | None, "Since when."),
        Field("leaveReason", str | None, "Why they left before the end, for HR alone.", ("hr",), sensitive=True),
    ),
    relations=(
        One("person", "Person", "Who takes part."),
        One("cohort", "Cohort", "In which cohort."),
        One("candidacy", "Candidacy", "How they came to it."),
        Many("placements", "Placement", "Where they train leading in practice."),
        Many("reviews", "Review", "Conversations and assessments that belong to it."),
    ),
    filters=(
        Filter("cohortId", UUID, "Participations in this cohort."),
        Filter("personId", UUID, "Participations of this person."),
        Filter("candidacyId", UUID, "The participation that this candidacy led to."),
        Filter("state", ParticipationState, "Those in any of these states.", match="any"),
        Filter("outcome", Outcome, "Those with any of these outcomes.", match="any"),
    ),
    orders=(
        Order("id", (), "In the order in which the offers were accepted."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
