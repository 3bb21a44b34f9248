"""What may be read of the elements of a track."""

from datetime import date
from uuid import UUID

from service.domain.elements.model import ELEMENT, Agreement, ElementState, TrackParty
from service.domain.learning import LearningForm
from service.domain.reading import Field, Filter, One, Order, View

ElementView = View(
    name="Element",
    plural="Elements",
    path="elements",
    doc="A part of one talent's individual track: a course, a shadowing, a network, a task of leading. The talent, "
    "the nearest manager and HR each propose; it counts when all three have agreed.",
    visible_to=("hr", "top_management", "self", "nearestManager"),
    subject="personId",
    machine=ELEMENT,
    fields=(
        Field("title", str, "What it is.", example="Diplommodul i økonomi"),
        Field("learningForm", LearningForm, "How one learns by it."),
        Field("purpose", str | None, "What the talent is to learn by it."),
        Field("startsOn", date | None, "First day."),
        Field("endsOn", date | None, "First day after it."),
        Field("state", ElementState, "Where it is in its life; from `agreed` on it counts."),
        Field("proposedBy", TrackParty, "Who proposed it."),
        Field("agreements", list[Agreement], "Who has agreed, when. A change of terms removes them."),
        Field("doneOn", date | None, "When it was done."),
    ),
    relations=(
        One("participation", "Participation", "Whose track it belongs to."),
        One("person", "Person", "The talent."),
    ),
    filters=(
        Filter("participationId", UUID, "Elements of this participation."),
        Filter("personId", UUID, "Elements of this person's tracks."),
        Filter("cohortId", UUID, "Elements of the tracks in this cohort."),
        Filter("learningForm", LearningForm, "Elements of any of these forms.", match="any"),
        Filter("state", ElementState, "Elements in any of these states.", match="any"),
        Filter("awaits", TrackParty, "Proposed elements that wait for the word of this one of the three."),
        Filter("startsFrom", date, "Elements that start on this day or later.", match="from", field="startsOn"),
        Filter("startsBefore", date, "Elements that start before this day.", match="before", field="startsOn"),
    ),
    orders=(
        Order("id", (), "In the order in which they were proposed."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
