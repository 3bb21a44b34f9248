"""What may be read of the events."""

from datetime import datetime
from uuid import UUID

from service.domain.reading import Field, Filter, Order, View

EventView = View(
    name="Event",
    plural="Events",
    path="events",
    doc="Something that happened, in the shape of CloudEvents 1.0. Read on from the last cursor: an event that "
    "commits late is never missed. Free text, scores and reasons are never in it.",
    visible_to=("hr", "admin", "events:read"),
    versioned=False,
    fields=(
        Field("type", str, "`<concept>.<what happened>`, such as `placement.signed`.", example="placement.signed"),
        Field("time", datetime, "When it happened."),
        Field("concept", str, "The kind of resource it happened to, such as `Placement`."),
        Field("resourceId", UUID, "The resource it happened to."),
        Field("resourceVersion", int, "The resource's version afterwards."),
        Field("actor", str, "Who did it: the name at the issuer of the token, or `system`."),
        Field("actorPersonId", UUID | None, "The person who did it, where it was a person."),
        Field("data", dict, "Ids, the state, and under `changed` the names of the fields that changed."),
    ),
    filters=(
        Filter("type", str, "Any of these types.", match="any"),
        Filter("concept", str, "What happened to this kind of resource."),
        Filter("resourceId", UUID, "What happened to this resource."),
    ),
    orders=(Order("feed", ("transactionId", "sequence"), "The order in which they became final."),),
)
