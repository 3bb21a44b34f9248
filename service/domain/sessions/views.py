"""What may be read of sessions and of who was there."""

from datetime import datetime
from uuid import UUID

from service.domain.learning import LearningForm
from service.domain.reading import Field, Filter, Many, One, Order, View
from service.domain.sessions.model import SESSION, Presence, SessionState

SessionView = View(
    name="Session",
    plural="Sessions",
    path="sessions",
    doc="A time at which a cohort meets: when, where, how it is learned, who teaches. Seen by those who take part, "
    "their nearest managers and who teaches the cohort. Subscribed calendars follow its changes.",
    visible_to=("hr", "top_management", "participant", "teacher", "participantsManager"),
    machine=SESSION,
    fields=(
        Field("module", int, "The number of the cohort's module that it belongs to.", example=1),
        Field("moduleName", str | None, "What that module is called.", example="Personligt lederskab"),
        Field("title", str, "What it is about.", example="At give feedback"),
        Field("learningForm", LearningForm, "How one learns in it."),
        Field("startsAt", datetime, "When it starts."),
        Field("endsAt", datetime, "When it is over."),
        Field("place", str | None, "Where it is held.", example="Rådhuset, sal 2"),
        Field("facilitatorName", str | None, "Who teaches; not told of persons with a protected identity."),
        Field("external", bool, "Who teaches comes from outside."),
        Field("state", SessionState, "Whether it takes place."),
        Field("sequence", int, "How often it has changed since it was planned, as calendars count it.", example=0),
        Field(
            "attendanceMissing",
            int,
            "Of how many participants nobody has said yet whether they were there; 0 until it is over.",
            example=0,
        ),
    ),
    relations=(
        One("cohort", "Cohort", "Who meets."),
        One("facilitator", "Person", "Who teaches, where they are a person here.", optional=True),
        Many("attendances", "Attendance", "Who was there."),
    ),
    filters=(
        Filter("cohortId", UUID, "Sessions of this cohort."),
        Filter("programmeId", UUID, "Sessions of the cohorts of this programme."),
        Filter("module", int, "Sessions in the module of this number."),
        Filter("personId", UUID, "Sessions of the cohorts in which this person takes part."),
        Filter("facilitatorId", UUID, "Sessions that this person teaches."),
        Filter("learningForm", LearningForm, "Sessions of any of these forms.", match="any"),
        Filter("state", SessionState, "Sessions in any of these states.", match="any"),
        Filter("startsFrom", datetime, "Sessions that start at this time or later.", match="from", field="startsAt"),
        Filter("startsBefore", datetime, "Sessions that start before this time.", match="before", field="startsAt"),
        Filter("missingAttendance", bool, "Sessions that are over and lack somebody's attendance, or do not."),
    ),
    orders=(
        Order("startsAt", ("startsAt",), "By their start."),
        Order("id", (), "In the order in which they were planned."),
    ),
)

AttendanceView = View(
    name="Attendance",
    plural="Attendances",
    path="attendances",
    doc="Whether a participant was at a session. Why somebody was not there is not written down.",
    visible_to=("hr", "top_management", "self", "nearestManager", "facilitator"),
    subject="personId",
    fields=(Field("presence", Presence, "Whether they were there."),),
    relations=(
        One("session", "Session", "The session."),
        One("participation", "Participation", "The participation that it counts for."),
        One("person", "Person", "Who was there, or was not."),
        One("recordedBy", "Person", "Who said so last; none where a system did.", optional=True),
    ),
    filters=(
        Filter("sessionId", UUID, "Attendance at this session."),
        Filter("participationId", UUID, "Attendance in this participation."),
        Filter("personId", UUID, "Attendance of this person."),
        Filter("cohortId", UUID, "Attendance at the sessions of this cohort."),
        Filter("presence", Presence, "Attendance of any of these kinds.", match="any"),
    ),
    orders=(
        Order("id", (), "In the order in which it was recorded."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
