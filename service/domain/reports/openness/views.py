"""What may be read of openness reports."""

from datetime import datetime
from uuid import UUID

from service.domain.reading import Field, Filter, Many, Order, View
from service.domain.reports.openness.model import OPENNESS_REPORT, Definition, DimensionCounts, StageCount

_READERS = ("hr", "top_management", "works_council")

OpennessReportView = View(
    name="OpennessReport",
    plural="OpennessReports",
    path="openness-reports",
    doc="Who applied, and who came how far: by administration, gender, age band and way in. Small groups are "
    "suppressed, and enough figures with them that no subtraction brings them back; everybody reads the same. "
    "`/table.csv` has it as a table, `/chart.svg`, `/chart.png` and `/chart.json` (Vega-Lite) as a chart.",
    visible_to=_READERS,
    machine=OPENNESS_REPORT,
    fields=(
        Field("name", str, "What it is called.", example="Holdene 2026"),
        Field("asOf", datetime, "When it was counted: it does not change since."),
        Field("completionAsOf", datetime | None, "When the last stage was counted and added."),
        Field("threshold", int, "The organisation's anonymity threshold at that time.", example=5),
        Field("total", list[StageCount], "Everybody who applied, and how far they came."),
        Field("dimensions", list[DimensionCounts], "The same people, divided in each way."),
        Field("definitions", list[Definition], "What the words and the figures mean."),
    ),
    relations=(Many("programmes", "Programme", "The programmes whose candidates it counts."),),
    filters=(Filter("programmeId", UUID, "The report that counts this programme's candidates."),),
    orders=(Order("id", (), "In the order in which they were made."),),
)
