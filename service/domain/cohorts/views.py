"""What may be read of cohorts."""

from datetime import date, datetime
from uuid import UUID

from service.domain.cohorts.model import COHORT, CohortModule, ReservedSeats
from service.domain.programmes.views import READERS
from service.domain.reading import Field, Filter, Many, One, Order, View

_COUNTED_BY = ("hr", "top_management")
"""Whoever watched these numbers would see each answer go out, and get back what reports suppress."""

CohortView = View(
    name="Cohort",
    plural="Cohorts",
    path="cohorts",
    doc="A cohort (hold) of a programme: its seats, for whom some are kept, the deadline, the dates. "
    "Seen by those who see the programme.",
    visible_to=("hr", "top_management", "works_council", *READERS),
    machine=COHORT,
    fields=(
        Field("name", str, "Its name.", example="Hold 1"),
        Field("capacity", int, "How many can take part.", example=12),
        Field("reserved", list[ReservedSeats], "Seats kept for candidates of an administration."),
        Field("seatsTaken", int, "Seats offered or accepted.", _COUNTED_BY, example=3),
        Field("seatsFree", int, "Seats that can still be offered.", _COUNTED_BY, example=9),
        Field("applyBy", datetime, "Until when one can apply."),
        Field("startsOn", date, "First day."),
        Field("endsOn", date | None, "First day after it."),
        Field("modules", list[CohortModule], "The parts of the course, in their order."),
    ),
    relations=(
        One("programme", "Programme", "What it is a cohort of."),
        Many("candidacies", "Candidacy", "Who wants a place in it."),
        Many("participations", "Participation", "Who takes or took part in it."),
        Many("sessions", "Session", "When and where it meets."),
        Many("projects", "Project", "What is worked on between its modules."),
    ),
    filters=(
        Filter("programmeId", UUID, "Cohorts of this programme."),
        Filter(
            "applyFrom",
            datetime,
            "Cohorts that can be applied for until this time or later.",
            match="from",
            field="applyBy",
        ),
        Filter("startsFrom", date, "Cohorts that start on this day or later.", match="from", field="startsOn"),
        Filter("startsBefore", date, "Cohorts that start before this day.", match="before", field="startsOn"),
    ),
    orders=(
        Order("startsOn", ("startsOn",), "By their first day."),
        Order("applyBy", ("applyBy",), "By the deadline."),
    ),
)
