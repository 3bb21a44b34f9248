"""What may be read of leadership frameworks."""

from datetime import date

from service.domain.frameworks.model import FRAMEWORK, Competence, FrameworkState
from service.domain.reading import Field, Filter, Many, Order, View

FrameworkView = View(
    name="Framework",
    plural="Frameworks",
    path="frameworks",
    doc="The leadership framework (ledelsesgrundlag): one edition of what good leadership is. "
    "Drafts are seen by HR and top management, editions that are or were published by everyone.",
    visible_to=("hr", "top_management", "issued"),
    machine=FRAMEWORK,
    fields=(
        Field("name", str, "Its name.", example="Ledelsesgrundlag"),
        Field("edition", int, "Counts the organisation's editions from 1.", example=1),
        Field("state", FrameworkState, "One is published at a time."),
        Field("description", str | None, "What it is for and how it came about."),
        Field("competences", list[Competence], "What a good leader can do, each at five observable levels."),
        Field("publishedOn", date | None, "Since when it holds, or held."),
    ),
    relations=(Many("programmes", "Programme", "The programmes built on it."),),
    filters=(
        Filter("state", FrameworkState, "Editions in any of these states.", match="any"),
        Filter("edition", int, "The edition of this number."),
    ),
    orders=(Order("edition", ("edition",), "From the first edition on."),),
)
