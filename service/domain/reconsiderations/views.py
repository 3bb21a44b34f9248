"""What may be read of reconsiderations."""

from datetime import date, datetime
from uuid import UUID

from service.domain.reading import Field, Filter, One, Order, View
from service.domain.reconsiderations.model import RECONSIDERATION

ReconsiderationView = View(
    name="Reconsideration",
    plural="Reconsiderations",
    path="reconsiderations",
    doc="A declined candidate asks, once, that their candidacy be looked at again. Somebody who neither assessed nor "
    "decided answers. It is no statutory complaint and does not replace one.",
    visible_to=("hr", "top_management", "self"),
    subject="personId",
    shielded_to=("hr", "people:read", "self"),
    machine=RECONSIDERATION,
    fields=(
        Field("grounds", str, "Why it should be looked at once more."),
        Field("dueOn", date, "The last day for an answer."),
        Field("overdue", bool, "The last day is over, and there is no answer."),
        Field("succeeds", bool | None, "The candidacy was reopened."),
        Field("answer", str | None, "Why it was, or was not."),
        Field("answeredAt", datetime | None, "When it was answered."),
    ),
    relations=(
        One("candidacy", "Candidacy", "What is looked at again."),
        One("person", "Person", "The candidate."),
        One("cohort", "Cohort", "The cohort of the candidacy."),
        One("answeredBy", "Person", "Who answered.", optional=True),
    ),
    filters=(
        Filter("candidacyId", UUID, "The one of this candidacy."),
        Filter("personId", UUID, "Those of this person."),
        Filter("cohortId", UUID, "Those in this cohort."),
        Filter("answered", bool, "Those that are answered, or that are not."),
        Filter("overdue", bool, "Those whose answer is overdue, or is not."),
    ),
    orders=(
        Order("dueOn", ("dueOn",), "By the last day for an answer."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
