"""What may be read of projects and of what is handed in."""

from datetime import date, datetime
from uuid import UUID

from service.domain.projects.model import HAND_IN, PROJECT, ProjectState
from service.domain.reading import Field, Filter, Many, One, Order, View

ProjectView = View(
    name="Project",
    plural="Projects",
    path="projects",
    doc="What a cohort's participants work on at home between two modules. What comes of it is what the later one "
    "starts from.",
    visible_to=("hr", "top_management", "participant", "teacher", "participantsManager"),
    machine=PROJECT,
    fields=(
        Field("afterModule", int, "The number of the module that it follows.", example=1),
        Field("feedsModule", int, "The number of the module that starts from it.", example=2),
        Field("title", str, "What it is about.", example="Led et møde, du ellers deltager i"),
        Field("assignment", str, "What the participants are to do and look at."),
        Field("dueOn", date, "The last day for it."),
        Field("state", ProjectState, "Whether it is asked for."),
        Field("handedIn", int, "How many participants have handed it in.", example=0),
    ),
    relations=(
        One("cohort", "Cohort", "Who works on it."),
        Many("handIns", "HandIn", "What was handed in."),
    ),
    filters=(
        Filter("cohortId", UUID, "Projects of this cohort."),
        Filter("afterModule", int, "Projects that follow the module of this number."),
        Filter("feedsModule", int, "Projects that feed the module of this number."),
        Filter("state", ProjectState, "Projects in any of these states.", match="any"),
        Filter("dueFrom", date, "Projects that are due on this day or later.", match="from", field="dueOn"),
        Filter("dueBefore", date, "Projects that are due before this day.", match="before", field="dueOn"),
    ),
    orders=(
        Order("dueOn", ("dueOn",), "By the last day for it."),
        Order("id", (), "In the order in which they were set."),
    ),
)

HandInView = View(
    name="HandIn",
    plural="HandIns",
    path="hand-ins",
    doc="What one participant did between two modules and learned by it. Who teaches the module that it feeds reads "
    "it beforehand.",
    visible_to=("hr", "top_management", "self", "nearestManager", "nextTeacher"),
    subject="personId",
    machine=HAND_IN,
    fields=(
        Field("work", str | None, "What they did.", ("hr", "self", "nearestManager", "nextTeacher")),
        Field("reflection", str | None, "What they learned about leading by it.", ("hr", "self", "nextTeacher")),
        Field("handedInAt", datetime, "When it was handed in."),
        Field("late", bool, "It was handed in after the last day for it."),
    ),
    relations=(
        One("project", "Project", "What was asked for."),
        One("participation", "Participation", "The participation that it counts for."),
        One("person", "Person", "Who handed it in."),
    ),
    filters=(
        Filter("projectId", UUID, "What was handed in of this project."),
        Filter("participationId", UUID, "What was handed in in this participation."),
        Filter("personId", UUID, "What this person handed in."),
        Filter("cohortId", UUID, "What was handed in in this cohort."),
        Filter("late", bool, "What was handed in late, or was not."),
    ),
    orders=(Order("id", (), "In the order in which it was handed in."),),
)
