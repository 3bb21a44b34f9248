"""What may be read of units."""

from datetime import date
from uuid import UUID

from service.domain.reading import Field, Filter, Many, One, Order, View
from service.domain.units.model import UNIT, UnitKind

_COUNTED_BY = ("hr", "top_management", "works_council", "people:read", "manages")
_TALENTS_COUNTED_BY = ("hr", "top_management", "manages")
_COARSE = (
    "Exact for HR and top management; others read it rounded down to a multiple of the anonymity threshold, and null "
    "below that."
)

UnitView = View(
    name="Unit",
    plural="Units",
    path="units",
    doc="A place in the organisation's tree: an administration (forvaltning), an institution, a department, a team.",
    visible_to=("everyone",),
    machine=UNIT,
    fields=(
        Field("name", str, "Its name.", example="Sundhed og Ældre"),
        Field("kind", UnitKind, "What sort of unit it is."),
        Field("costCentre", str | None, "Where its costs are booked."),
        Field("source", str | None, "The system that knows it by `externalId`."),
        Field("externalId", str | None, "Its id in that system."),
        Field("closedOn", date | None, "The first day on which it is no more."),
        Field(
            "employeeCount",
            int,
            f"People with their primary engagement in it or below it today. Its managers read it exactly. {_COARSE}",
            _COUNTED_BY,
            exact_for=("hr", "top_management", "people:read", "manages"),
        ),
        Field(
            "talentCount",
            int,
            f"Talents with their primary engagement in it or below it today. {_COARSE}",
            _TALENTS_COUNTED_BY,
            exact_for=("hr", "top_management"),
        ),
    ),
    relations=(
        One("parent", "Unit", "The unit above it; none for the root.", optional=True),
        One("administration", "Unit", "The administration that it is, or is part of.", optional=True),
        One("manager", "Person", "Who leads it today: the holder, or who acts in their place.", optional=True),
        Many("units", "Unit", "The units right below it."),
        Many("engagements", "Engagement", "Who works in it."),
        Many("positions", "Position", "Its leadership positions."),
    ),
    filters=(
        Filter("kind", UnitKind, "Units of any of these kinds.", match="any"),
        Filter("parentId", UUID, "Units right below this one."),
        Filter("withinId", UUID, "This unit and every one below it."),
        Filter("name", str, "Units whose name starts so.", match="prefix", field="nameFolded"),
        Filter("externalId", str, "The unit with this id in its source system."),
        Filter("open", bool, "Units that are open today, or that are not."),
    ),
    orders=(Order("name", ("nameKey",), "By name, in the alphabet of the organisation's language."),),
)
