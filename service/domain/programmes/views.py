"""What may be read of programmes."""

from datetime import date
from uuid import UUID

from service.domain.programmes.model import (
    PROGRAMME,
    Consultation,
    Criterion,
    ProgrammeLevel,
    ProgrammeMix,
    ProgrammeState,
)
from service.domain.reading import Field, Filter, Many, One, Order, View

ProgrammeView = View(
    name="Programme",
    plural="Programmes",
    path="programmes",
    doc="A course for coming leaders. From the day it opens every employee can read the call and its criteria.",
    visible_to=("hr", "top_management", "works_council", "published"),
    machine=PROGRAMME,
    fields=(
        Field("name", str, "Its name.", example="På vej mod ledelse"),
        Field("level", ProgrammeLevel, "How far it goes."),
        Field("mix", ProgrammeMix, "Across disciplines, or within one."),
        Field("purpose", str, "What it is to achieve (R2).", example="Ti nye ledere til ældreområdet"),
        Field("state", ProgrammeState, "How far it has come."),
        Field("criteria", list[Criterion], "What candidates are assessed on; frozen when it opens."),
        Field("endorsedOn", date | None, "When top management endorsed it."),
        Field("consultation", Consultation | None, "When the works council was heard."),
        Field("openedOn", date | None, "When it opened to candidates."),
        Field("kickOffOn", date | None, "The day of the talent conference (W4)."),
        Field("reach", str | None, "How every one in the target group hears of the call (F1)."),
        Field("creditToManagers", str | None, "What the managers get who let their talents go (R6, W4)."),
        Field("cancelReason", str | None, "Why it was cancelled."),
    ),
    relations=(
        One("framework", "Framework", "The edition of the leadership framework that it builds on."),
        One("sponsor", "Person", "Who in top management stands behind it.", optional=True),
        Many("cohorts", "Cohort", "Its cohorts."),
    ),
    filters=(
        Filter("state", ProgrammeState, "Programmes in any of these states.", match="any"),
        Filter("level", ProgrammeLevel, "Programmes at any of these levels.", match="any"),
        Filter("mix", ProgrammeMix, "Programmes across disciplines, or within one."),
        Filter("frameworkId", UUID, "Programmes built on this edition of the framework."),
        Filter("sponsorId", UUID, "Programmes that this person endorsed."),
    ),
    orders=(Order("name", ("nameKey",), "By name, in the organisation's alphabet."),),
)
