"""What may be read of archives."""

from datetime import date

from service.domain.archives.model import ARCHIVE, ArchiveState
from service.domain.reading import Field, Filter, Order, View

ArchiveView = View(
    name="Archive",
    plural="Archives",
    path="archives",
    doc="Candidacies of those not admitted whose retention period is over, held for the organisation's archive: take "
    "its export (`GET /v1/archives/{id}/export`), then confirm it. They are deleted then, or after the deadline.",
    visible_to=("hr",),
    machine=ARCHIVE,
    fields=(
        Field("state", ArchiveState, "Where it is in its life."),
        Field("candidacies", int, "How many were put in it.", example=52),
        Field("confirmBy", date, "They are deleted after this day, confirmed or not."),
        Field("confirmedOn", date | None, "When HR confirmed that the export is safe."),
        Field("deletedOn", date | None, "When nothing was left of them here."),
    ),
    filters=(Filter("state", ArchiveState, "Archives in any of these states.", match="any"),),
    orders=(Order("id", (), "In the order in which they were opened."),),
)
