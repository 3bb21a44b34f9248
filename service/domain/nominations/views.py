"""What may be read of nominations."""

from datetime import datetime
from uuid import UUID

from service.domain.nominations.model import NOMINATION, NominationState
from service.domain.reading import Field, Filter, One, Order, View

NominationView = View(
    name="Nomination",
    plural="Nominations",
    path="nominations",
    doc="A manager's wish that one of their people be in a cohort. It is between the two of them until the nominee "
    "accepts; then it is a way into their candidacy, and those who see that see it too.",
    visible_to=("hr", "top_management", "self", "nominator", "nearestManager", "assessor"),
    subject="personId",
    shielded_to=("hr", "people:read", "self", "nominator", "nearestManager", "assessor"),
    machine=NOMINATION,
    fields=(
        Field("state", NominationState, "What the nominee says to it."),
        Field("rationale", str | None, "Why; deleted when it is refused, or the candidacy withdrawn."),
        Field("fromTalk", bool, "It comes out of a development talk."),
        Field("answeredAt", datetime | None, "When the nominee answered."),
    ),
    relations=(
        One("person", "Person", "Who is nominated."),
        One("cohort", "Cohort", "For which cohort."),
        One("nominator", "Person", "The manager who nominated them."),
        One("candidacy", "Candidacy", "What it became, or became a part of.", optional=True),
    ),
    filters=(
        Filter("cohortId", UUID, "Nominations for this cohort."),
        Filter("personId", UUID, "Nominations of this person."),
        Filter("nominatorId", UUID, "Nominations by this manager."),
        Filter("candidacyId", UUID, "Nominations that led to this candidacy."),
        Filter("state", NominationState, "Those in any of these states.", match="any"),
    ),
    orders=(
        Order("id", (), "In the order in which they were made."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
