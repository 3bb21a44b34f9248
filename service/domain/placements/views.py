"""What may be read of placements."""

from datetime import date
from uuid import UUID

from service.domain.placements.model import PLACEMENT, EndedBy, PlacementKind, PlacementState, Signature
from service.domain.reading import Field, Filter, Many, One, Order, View

PlacementView = View(
    name="Placement",
    plural="Placements",
    path="placements",
    doc="A person for a while in another unit, from shadowing to a secondment into a vacant leader post. Agreed when "
    "the talent, the home manager and the host manager have signed; dates start and complete it. While a secondment "
    "or an acting post is active, the placed person is the unit's manager.",
    visible_to=("hr", "top_management", "self", "nearestManager", "hostManager", "host", "signatory"),
    subject="personId",
    shielded_to=("hr", "people:read", "people:write", "self", "nearestManager", "hostManager", "host", "signatory"),
    machine=PLACEMENT,
    fields=(
        Field("kind", PlacementKind, "What sort of placement it is."),
        Field("state", PlacementState, "Where it is in its life."),
        Field("startOn", date, "First day."),
        Field("endOn", date, "First day after it."),
        Field("loadPercent", int, "How much of the working time it takes.", example=100),
        Field("objectives", str | None, "What the person is to learn and do."),
        Field("learningAgreement", str | None, "What the three have agreed on: tasks, guidance, follow-up."),
        Field("homeSalaryShare", int, "Percent of the salary that the home unit pays; the host pays the rest."),
        Field("signatures", list[Signature], "Who has signed, for which party, when. A change of terms removes them."),
        Field("endedOn", date | None, "First day after a placement that ends early; may lie ahead."),
        Field("endedBy", EndedBy | None, "Who ended it early."),
        Field("endReason", str | None, "Why it ended early.", ("hr", "top_management", "self"), sensitive=True),
    ),
    relations=(
        One("person", "Person", "Who is placed."),
        One("homeUnit", "Unit", "Where they come from; none for people from outside.", optional=True),
        One("hostUnit", "Unit", "Where they go."),
        One("hostSupervisor", "Person", "Who looks after them there.", optional=True),
        One("homeManager", "Person", "The nearest manager today, who signs for the home unit.", optional=True),
        One("hostManager", "Person", "Who signs for the host unit: its manager, or the next above.", optional=True),
        One("position", "Position", "The leadership position they are placed in.", optional=True),
        One("participation", "Participation", "The programme participation that it belongs to.", optional=True),
        One("extends", "Placement", "The placement that this one follows on.", optional=True),
        Many("reviews", "Review", "Its debrief."),
    ),
    filters=(
        Filter("personId", UUID, "Placements of this person."),
        Filter("kind", PlacementKind, "Placements of any of these kinds.", match="any"),
        Filter("state", PlacementState, "Placements in any of these states.", match="any"),
        Filter("homeUnitId", UUID, "Placements out of this unit."),
        Filter("hostUnitId", UUID, "Placements in this unit."),
        Filter("hostSupervisorId", UUID, "Placements that this person supervises."),
        Filter("positionId", UUID, "Placements in this leadership position."),
        Filter("participationId", UUID, "Placements of this participation."),
        Filter("startFrom", date, "Placements that start on this day or later.", match="from", field="startOn"),
        Filter("startBefore", date, "Placements that start before this day.", match="before", field="startOn"),
    ),
    orders=(
        Order("id", (), "In the order in which they were made."),
        Order("startOn", ("startOn",), "By the first day."),
    ),
)
