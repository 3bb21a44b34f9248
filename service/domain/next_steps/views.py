"""What may be read of next steps."""

from datetime import date
from uuid import UUID

from service.domain.next_steps.model import NEXT_STEP, StepKind, StepState
from service.domain.participations.model import Outcome
from service.domain.reading import Field, Filter, One, Order, View

NextStepView = View(
    name="NextStep",
    plural="NextSteps",
    path="next-steps",
    doc="What is to be done with and for a former participant, by whom, until when. Whoever is kept warm always has a "
    "day on which they are contacted next, and a contact that was missed shows.",
    visible_to=("hr", "top_management", "self", "nearestManager", "owner"),
    subject="personId",
    machine=NEXT_STEP,
    fields=(
        Field("kind", StepKind, "What is to be done."),
        Field("description", str | None, "What exactly is meant.", example="En samtale om specialistvejen"),
        Field("dueOn", date, "The last day for it; for a contact the day itself."),
        Field("until", date | None, "How long they are kept warm: until then one contact follows on another."),
        Field("state", StepState, "Whether it is still to be done."),
        Field("doneOn", date | None, "When it was done."),
        Field("overdue", bool, "Its day is over and it is not done: a missed contact shows here."),
    ),
    relations=(
        One("participation", "Participation", "The participation that it follows on."),
        One("person", "Person", "Whom it is for."),
        One("owner", "Person", "Who sees to it that it is done."),
    ),
    filters=(
        Filter("participationId", UUID, "Steps that follow on this participation."),
        Filter("personId", UUID, "Steps for this person."),
        Filter("ownerId", UUID, "Steps that this person sees to."),
        Filter("cohortId", UUID, "Steps for those who took part in this cohort."),
        Filter("kind", StepKind, "Steps of any of these kinds.", match="any"),
        Filter("state", StepState, "Steps in any of these states.", match="any"),
        Filter("outcome", Outcome, "Steps for those with any of these outcomes.", match="any"),
        Filter("overdue", bool, "Steps that are overdue, or that are not."),
        Filter("dueFrom", date, "Steps that are due on this day or later.", match="from", field="dueOn"),
        Filter("dueBefore", date, "Steps that are due before this day.", match="before", field="dueOn"),
    ),
    orders=(
        Order("dueOn", ("dueOn",), "By the day on which they are due."),
        Order("id", (), "In the order in which they were planned."),
    ),
)
