"""What a reader may learn about who they are."""

from service.domain.reading import Field, Many, One, View

MeView = View(
    name="Me",
    plural="Mes",
    path="me",
    doc="Who the token says one is, and what follows from data: whose nearest manager one is today.",
    visible_to=("everyone",),
    versioned=False,
    singleton=True,
    kept=False,
    fields=(
        Field("subject", str, "One's name at the issuer of the token."),
        Field(
            "roles",
            list[str],
            "Roles of the token, `employee` for a person; `manager`, `assessor`, `host` as data has it.",
        ),
        Field("scopes", list[str], "What a system without a person may do."),
    ),
    relations=(
        One("organisation", "Organisation", "The organisation that the token belongs to."),
        One("person", "Person", "The person that one is.", optional=True),
        Many("nearestManagerOf", "Person", "For whom one is nearest manager today."),
    ),
)
