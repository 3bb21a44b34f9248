"""What may be read of declared relations."""

from datetime import date
from uuid import UUID

from service.domain.reading import Field, Filter, One, Order, View
from service.domain.relations.model import DECLARED_RELATION

DeclaredRelationView = View(
    name="DeclaredRelation",
    plural="DeclaredRelations",
    path="declared-relations",
    doc="Two persons who are too close for one to assess the other. HR sees them, and each of the two their own.",
    visible_to=("hr", "self"),
    machine=DECLARED_RELATION,
    fields=(Field("endedOn", date | None, "Since when they are not too close any more."),),
    relations=(
        One("person", "Person", "One of the two."),
        One("other", "Person", "The other."),
        One("declaredBy", "Person", "Who declared it.", optional=True),
    ),
    filters=(
        Filter("personId", UUID, "Relations of this person, whichever of the two they are."),
        Filter("live", bool, "Relations that last, or that have ended."),
    ),
    orders=(
        Order("id", (), "In the order in which they were declared."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
