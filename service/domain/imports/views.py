"""What may be read of imports."""

from datetime import datetime
from decimal import Decimal

from service.domain.imports.model import Failure, ImportState
from service.domain.imports.report import ConceptCount
from service.domain.reading import Field, Filter, Order, View

ImportView = View(
    name="Import",
    plural="Imports",
    path="imports",
    doc="One run over an export of another system: how far it is, what it did, and how many rows it refused. "
    "The rows themselves are in its report.",
    visible_to=("hr", "people:write"),
    fields=(
        Field("mapping", str, "The name of the mapping that says how the export is read.", example="plan2learn"),
        Field("source", str, "The system that the export comes from; people and units are known by it."),
        Field("fileName", str, "What the export was called."),
        Field("state", ImportState, "Where it is."),
        Field("dryRun", bool, "It shows what it would do and keeps nothing."),
        Field("snapshot", bool, "The export is everything there is: what it no longer has is ended."),
        Field("share", Decimal, "How large a part of a concept, 0 to 1, a snapshot may end."),
        Field("force", bool, "A snapshot may end more than that."),
        Field("rowsRead", int, "Rows of the export so far, headers not counted."),
        Field("rowsLeftOut", int, "Rows that the mapping leaves out."),
        Field("rowsRefused", int, "Rows that could not be read."),
        Field("counts", list[ConceptCount], "What became of each concept."),
        Field("problemCount", int, "How many problems the rows had; the report tells the first ten thousand."),
        Field("failure", Failure | None, "Why nothing went in, where the import failed as a whole."),
        Field("startedAt", datetime | None, "When it began."),
        Field("finishedAt", datetime | None, "When it was done."),
    ),
    filters=(Filter("state", ImportState, "Imports in any of these states.", match="any"),),
    orders=(Order("id", (), "In the order in which they were asked for."),),
)
