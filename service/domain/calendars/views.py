"""What may be read of calendars; what stands in one is read at its address."""

from datetime import datetime
from uuid import UUID

from service.domain.calendars.model import CALENDAR
from service.domain.reading import Field, Filter, One, Order, View

CalendarView = View(
    name="Calendar",
    plural="Calendars",
    path="calendars",
    doc="A calendar that somebody subscribes to at a private address: their own sessions, or a cohort's.",
    visible_to=("hr", "self"),
    subject="personId",
    machine=CALENDAR,
    fields=(
        Field(
            "address",
            str | None,
            "The private address, below that of the service: shown in the answer that makes it and nowhere else.",
            ("self",),
            example="/calendars/01973a5e-6c1b-7d2f-9a40-3f6f2d1c8b7e/Zm9yIGV4YW1wbGUgb25seQ.ics",
        ),
        Field("revokedAt", datetime | None, "When it was revoked."),
    ),
    relations=(
        One("person", "Person", "Who subscribes."),
        One("cohort", "Cohort", "Whose sessions; one's own where there is none.", optional=True),
    ),
    filters=(
        Filter("personId", UUID, "Calendars of this person."),
        Filter("cohortId", UUID, "Calendars of this cohort."),
        Filter("revoked", bool, "Calendars that are revoked, or that are not."),
    ),
    orders=(Order("id", (), "In the order in which they were made."),),
)
