"""What may be read of programmes."""

from datetime import date
from uuid import UUID

from service.domain.programmes.call import Channel, Credit, Part, PlannedWay, TargetGroup
from service.domain.programmes.completion import CompletionRule
from service.domain.programmes.model import (
    PROGRAMME,
    Consultation,
    Criterion,
    ProgrammeLevel,
    ProgrammeMix,
    ProgrammeState,
)
from service.domain.programmes.plan import PlannedModule
from service.domain.programmes.readiness import PrincipleCheck
from service.domain.reading import Field, Filter, Many, One, Order, View

READERS = ("called", "leadsCalled", "involved", "facilitates")
"""Who reads a programme that has opened, by what they have to do with it; its cohorts are read by the same."""

_HYBRID = ["clarification"]
_ROLES = [{"who": "mentor", "what": "Taler med deltageren hver måned."}]

ProgrammeView = View(
    name="Programme",
    plural="Programmes",
    path="programmes",
    doc="A course for coming leaders. From the day it opens every employee in its target group can read the call and "
    "its criteria (F1, F5), as can the managers who may nominate, and those who have a part in it.",
    visible_to=("hr", "top_management", "works_council", *READERS),
    machine=PROGRAMME,
    fields=(
        Field("name", str, "Its name.", example="På vej mod ledelse"),
        Field("level", ProgrammeLevel, "How far it goes."),
        Field("alsoLevels", list[ProgrammeLevel], "The other levels that a hybrid combines with it.", example=_HYBRID),
        Field("mix", ProgrammeMix, "Across disciplines, or within one."),
        Field("purpose", str, "What the programme is to achieve (R2).", example="Ti nye ledere til ældreområdet"),
        Field("leadersNeeded", int | None, "How many leaders it is to find (R1).", example=10),
        Field("neededBy", date | None, "By when they are needed (R1)."),
        Field("state", ProgrammeState, "How far it has come."),
        Field("targetGroup", TargetGroup, "Whom the call is for; without limits, every employee."),
        Field("criteria", list[Criterion], "What candidates are assessed on; frozen when it opens."),
        Field("endorsedOn", date | None, "When top management endorsed it."),
        Field("consultation", Consultation | None, "When the works council was heard."),
        Field("openedOn", date | None, "When it opened to candidates."),
        Field("startsOn", date | None, "The first day, from which its modules are dated."),
        Field("modules", list[PlannedModule], "What it consists of, in the order in time."),
        Field("kickOffOn", date | None, "The day of the talent conference (W4)."),
        Field("kickOffPlace", str | None, "Where it is held.", example="Byrådssalen"),
        Field("reach", str | None, "How every one in the target group hears of the call (F1)."),
        Field("reachBy", list[Channel], "By which channels; at least one should reach each of them personally (F1)."),
        Field("creditToManagers", str | None, "What the managers get who let their talents go (R6, W4)."),
        Field("credits", list[Credit], "The same as words that can be counted."),
        Field("ways", list[PlannedWay], "The ways in that are used actively; all stay open (F1, F4)."),
        Field("waysWeighed", str | None, "Why these: self-application weighed against hand-picking (R5)."),
        Field("roles", list[Part], "Who does what (W1 to W5).", example=_ROLES),
        Field("asksOfManagers", str | None, "What it asks of the participants' managers (W3)."),
        Field("completion", CompletionRule | None, "What it takes to complete it; nothing in particular where null."),
        Field(
            "readiness",
            list[PrincipleCheck] | None,
            "How it stands with the guide's ten principles: from data, or from a person where data cannot answer.",
            ("hr", "top_management", "works_council"),
        ),
        Field("cancelReason", str | None, "Why it was cancelled."),
    ),
    relations=(
        One("framework", "Framework", "The edition of the leadership framework that it builds on."),
        One("template", "ProgrammeTemplate", "The template that it was started from.", optional=True),
        One("sponsor", "Person", "Who in top management stands behind it.", optional=True),
        One("evaluation", "Evaluation", "What was said of it in the end.", optional=True, with_id=False),
        Many("cohorts", "Cohort", "Its cohorts."),
    ),
    filters=(
        Filter("state", ProgrammeState, "Programmes in any of these states.", match="any"),
        Filter("level", ProgrammeLevel, "Programmes at any of these levels, hybrids included.", match="any"),
        Filter("mix", ProgrammeMix, "Programmes across disciplines, or within one."),
        Filter("frameworkId", UUID, "Programmes built on this edition of the framework."),
        Filter("templateId", UUID, "Programmes that were started from this template."),
        Filter("sponsorId", UUID, "Programmes that this person endorsed."),
        Filter("name", str, "Programmes whose name starts so.", match="prefix", field="nameFolded"),
        Filter("openNow", bool, "Programmes with a cohort that can be applied for now, or without one."),
        Filter("deadlinePassed", bool, "Open programmes whose last deadline has passed, or all the others."),
    ),
    orders=(Order("name", ("nameKey",), "By name, in the organisation's alphabet."),),
)
