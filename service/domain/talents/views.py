"""What may be read of talents."""

from datetime import date
from uuid import UUID

from service.domain.reading import Field, Filter, Many, One, Order, View
from service.domain.talents.model import TALENT, Mobility, Origin

TalentView = View(
    name="Talent",
    plural="Talents",
    path="talents",
    doc="An employee seen as a possible leader: not yet a leader, has shown desire and flair for leading. They know.",
    visible_to=("hr", "top_management", "self", "nearestManager"),
    subject="personId",
    machine=TALENT,
    fields=(
        Field("origins", list[Origin], "The ways in which they were found, in order."),
        Field("interests", list[str], "What they want to lead or learn.", example=["projektledelse"]),
        Field("mobility", Mobility | None, "How far they would go for a leader job."),
        Field("since", date, "When they were first seen as a talent."),
        Field("endedOn", date | None, "When the profile ended; the person may end it at any time."),
    ),
    relations=(
        One("person", "Person", "Whose profile it is."),
        Many("candidacies", "Candidacy", "Their candidacies."),
        Many("participations", "Participation", "Where they take or took part."),
    ),
    filters=(
        Filter("personId", UUID, "Profiles of this person."),
        Filter("withinUnitId", UUID, "Talents with their primary engagement in this unit or below it today."),
        Filter("live", bool, "Profiles that have not ended, or that have."),
    ),
    orders=(
        Order("since", ("since",), "By the day on which they were first seen."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
