"""What may be read of leadership positions."""

from datetime import date
from uuid import UUID

from service.domain.positions.model import POSITION, Criticality, Level
from service.domain.reading import Field, Filter, Many, One, Order, View

PositionView = View(
    name="Position",
    plural="Positions",
    path="positions",
    doc="A leadership position: where, at which level, held or vacant. Who leads is no secret inside an organisation.",
    visible_to=("everyone",),
    machine=POSITION,
    fields=(
        Field("level", Level, "From `N1`, director, to `N5`, team leader."),
        Field("title", str, "What it is called.", example="Skoleleder"),
        Field("headsUnit", bool, "Its holder is the unit's manager."),
        Field("criticality", Criticality | None, "How hard a vacancy would hurt.", ("hr", "top_management")),
        Field("vacant", bool, "Nobody holds it today; somebody may act in it."),
        Field("vacantSince", date | None, "Since when nobody holds it, where known."),
        Field("source", str | None, "The system that knows it by `externalId`."),
        Field("externalId", str | None, "Its id in that system."),
    ),
    relations=(
        One("unit", "Unit", "The unit it belongs to."),
        One("holder", "Person", "Who holds it today.", optional=True),
        Many("engagements", "Engagement", "Who held it, holds it and will."),
    ),
    filters=(
        Filter("unitId", UUID, "Positions of this unit."),
        Filter("withinUnitId", UUID, "Positions of this unit and of every one below it."),
        Filter("level", Level, "Positions at any of these levels.", match="any"),
        Filter("vacant", bool, "Positions that nobody holds today, or that somebody does."),
        Filter("externalId", str, "The position with this id in its source system."),
    ),
    orders=(
        Order("level", ("level",), "From the top."),
        Order("title", ("titleKey",), "By title, in the organisation's alphabet."),
    ),
)
