"""What may be read of an organisation."""

from service.domain.organisations.model import ORGANISATION, Country, Language, OrganisationKind
from service.domain.reading import Field, View

OrganisationView = View(
    name="Organisation",
    plural="Organisations",
    path="organisation",
    doc="The organisation that the token belongs to, and its settings.",
    visible_to=("everyone",),
    machine=ORGANISATION,
    singleton=True,
    fields=(
        Field("slug", str, "Its short name in addresses and commands.", example="havnsund"),
        Field("name", str, "Its name.", example="Havnsund Kommune"),
        Field("kind", OrganisationKind, "What sort of employer it is."),
        Field("country", Country, "Where it is."),
        Field("defaultLanguage", Language, "The language where a reader asks for none."),
        Field("timeZone", str, "IANA time zone; deadlines and dates are meant there.", example="Europe/Copenhagen"),
        Field("anonymityThreshold", int, "The smallest group that an aggregate shows."),
        Field("retentionMonths", int, "How long what is known about those not admitted is kept."),
        Field("statementDays", int, "How long assessing waits for a manager's statement.", example=14),
        Field("offerDays", int, "How long an offer stands, to the end of its last day.", example=7),
        Field("reconsiderationDays", int, "How long after a decline one may ask for a reconsideration.", example=14),
        Field("answerDays", int, "How long the answer to a reconsideration may take.", example=14),
        Field(
            "archiveDays",
            int | None,
            "How many days deleting it then waits for the archive's export to be taken; null: there is none.",
            example=30,
        ),
    ),
)
