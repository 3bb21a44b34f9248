"""What may be read of the access log."""

from datetime import datetime
from uuid import UUID

from service.domain.reading import Field, Filter, Order, View

AccessLogView = View(
    name="AccessLogEntry",
    plural="AccessLogEntries",
    path="access-log",
    doc="One reading of sensitive values: who read which fields about whom, and when (domain.md §2). "
    "The values themselves are not in it.",
    visible_to=("hr", "admin", "self"),
    versioned=False,
    fields=(
        Field("readAt", datetime, "When it was read."),
        Field("reader", str, "The reader's name at the issuer of the token."),
        Field("readerPersonId", UUID | None, "The person who read, where it was a person."),
        Field("personId", UUID | None, "Whose data was read."),
        Field("concept", str, "The kind of resource, such as `Candidacy`."),
        Field("resourceId", UUID, "The resource that was read."),
        Field("fields", list[str], "The sensitive fields that were shown."),
    ),
    filters=(
        Filter("personId", UUID, "Readings about this person."),
        Filter("readerPersonId", UUID, "Readings by this person."),
        Filter("concept", str, "Readings of this kind of resource."),
        Filter("readSince", datetime, "Read at this time or later.", match="from", field="readAt"),
    ),
    orders=(Order("readAt", ("readAt",), "By the time of reading."),),
)
