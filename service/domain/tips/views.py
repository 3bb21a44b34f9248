"""What may be read of tips."""

from datetime import date
from uuid import UUID

from service.domain.reading import Field, Filter, One, Order, View
from service.domain.tips.model import TIP, TipState

_MEANT = ("hr", "self")

TipView = View(
    name="Tip",
    plural="Tips",
    path="tips",
    doc="A staff representative thinks that somebody could become a leader. HR alone reads it, and the person once "
    "they are told; who left it sees what has become of it, not what they wrote. Untold, it is deleted after 30 days.",
    visible_to=("hr", "tipster", "self"),
    machine=TIP,
    fields=(
        Field("state", TipState, "What has become of it."),
        Field("personId", UUID | None, "Whom it is about.", _MEANT),
        Field("tipsterId", UUID | None, "Who left it.", ("hr",)),
        Field("reason", str | None, "Why they could become a leader.", _MEANT),
        Field("lapsesOn", date, "The day on which it is deleted."),
        Field("toldOn", date | None, "When the person was told."),
    ),
    relations=(
        One("person", "Person", "Whom it is about.", optional=True, with_id=False),
        One("tipster", "Person", "Who left it.", optional=True, with_id=False),
    ),
    filters=(
        Filter("state", TipState, "Those in any of these states.", match="any"),
        Filter("personId", UUID, "Tips about this person."),
        Filter("lapsesBefore", date, "Those that lapse before this day.", match="before", field="lapsesOn"),
    ),
    orders=(
        Order("lapsesOn", ("lapsesOn",), "By the day on which they are deleted."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
