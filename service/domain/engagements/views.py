"""What may be read of engagements."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from service.domain.engagements.model import ENGAGEMENT, FilledBy
from service.domain.reading import Field, Filter, One, Order, View

EngagementView = View(
    name="Engagement",
    plural="Engagements",
    path="engagements",
    doc="A person in a unit, with a position title, from a day to a day. Several at a time are normal.",
    visible_to=("hr", "top_management", "people:read", "people:write", "self", "nearestManager"),
    subject="personId",
    machine=ENGAGEMENT,
    fields=(
        Field("positionTitle", str, "What they are called there.", example="Sygeplejerske"),
        Field("employmentType", str | None, "Such as permanent, temporary, hourly."),
        Field("weeklyHours", Decimal | None, "Agreed hours a week."),
        Field("startOn", date | None, "First day, where known."),
        Field("endOn", date | None, "First day after it."),
        Field("isPrimary", bool, "The one that decides unit and nearest manager."),
        Field("filledBy", FilledBy | None, "How a leadership position was filled."),
        Field("source", str | None, "The system that knows it by `externalId`."),
        Field("externalId", str | None, "Its id in that system."),
    ),
    relations=(
        One("person", "Person", "Who works there."),
        One("unit", "Unit", "Where."),
        One("position", "Position", "The leadership position that it holds.", optional=True),
    ),
    filters=(
        Filter("personId", UUID, "Engagements of this person."),
        Filter("unitId", UUID, "Engagements in this unit."),
        Filter("positionId", UUID, "Engagements that hold this leadership position."),
        Filter("current", bool, "Engagements that run today, or that do not."),
        Filter("externalId", str, "The engagement with this id in its source system."),
    ),
    orders=(Order("id", (), "In the order in which they were made."),),
)
