"""What may be read of labels: all of them, by everybody."""

from dataclasses import asdict

from service.domain.labels.model import EnumLabels, labels
from service.domain.reading import Field, View

LabelsView = View(
    name="Labels",
    plural="LabelSets",
    path="labels",
    doc="What people call the values of enumerations, in Danish, Swedish, Norwegian and English at once: a portal "
    "reads it when it starts, and shows another language without asking again.",
    visible_to=("everyone",),
    versioned=False,
    singleton=True,
    kept=False,
    fields=(
        Field(
            "enums",
            list[EnumLabels],
            "Every enumeration of the contract, those that only order a list apart.",
            example=[asdict(one) for one in labels() if one.name == "ProgrammeMix"],
        ),
    ),
)
