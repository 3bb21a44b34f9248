"""What may be read of programme templates."""

from service.domain.candidacies.model import WayIn
from service.domain.organisations.model import Language
from service.domain.programme_templates.model import TEMPLATE, TemplateState, TemplateText
from service.domain.programmes.call import Channel, Credit, Part
from service.domain.programmes.model import ProgrammeLevel, ProgrammeMix
from service.domain.programmes.plan import PlannedModule
from service.domain.reading import Field, Filter, Many, Order, View

ProgrammeTemplateView = View(
    name="ProgrammeTemplate",
    plural="ProgrammeTemplates",
    path="programme-templates",
    doc="A shape that a programme can be started from: those that ship with the service, each after an organisation "
    "that the Danish guide describes, and the organisation's own. Texts are in the organisation's language.",
    visible_to=("hr", "top_management", "works_council"),
    machine=TEMPLATE,
    fields=(
        Field("state", TemplateState, "Shipped, the organisation's own, or retired."),
        Field("language", Language, "The language of its texts."),
        Field("name", str, "Its name.", example="Afklaring over fem dage (Vejle)"),
        Field("purpose", str, "What a programme of this shape is to achieve (R2)."),
        Field("texts", list[TemplateText], "Name and purpose in every language that there is."),
        Field(
            "source", str, "Where the shape comes from.", example="Væksthus for Ledelse: På sporet af de næste ledere"
        ),
        Field("deviation", str | None, "Where it departs from the example that it follows."),
        Field("level", ProgrammeLevel, "How far it goes."),
        Field("alsoLevels", list[ProgrammeLevel], "The other levels that a hybrid combines with it."),
        Field("mix", ProgrammeMix, "Across disciplines, or within one."),
        Field("plannedDays", int, "Calendar days from its first day to its last.", example=43),
        Field("daysTogether", int, "Working days that the participants spend together.", example=5),
        Field("modules", list[PlannedModule], "What it consists of; a programme gives them their days."),
        Field("ways", list[WayIn], "The ways in that the example uses (F4)."),
        Field("roles", list[Part], "Who does what (W1 to W5)."),
        Field("asksOfManagers", str | None, "What it asks of the participants' managers (W3)."),
        Field("reach", str | None, "How every one in the target group hears of the call (F1)."),
        Field("reachBy", list[Channel], "By which channels."),
        Field("creditToManagers", str | None, "What the managers get who let their talents go (R6, W4)."),
        Field("credits", list[Credit], "The same as words that can be counted."),
    ),
    relations=(Many("programmes", "Programme", "The programmes that were started from it."),),
    filters=(
        Filter("state", TemplateState, "Templates in any of these states.", match="any"),
        Filter("level", ProgrammeLevel, "Templates at any of these levels, hybrids included.", match="any"),
    ),
    orders=(Order("id", (), "The shipped ones first, then the organisation's own as they were saved."),),
)
