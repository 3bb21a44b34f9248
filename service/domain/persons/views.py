"""What may be read of persons."""

from datetime import date
from uuid import UUID

from service.domain.persons.model import PERSON, Gender
from service.domain.reading import Field, Filter, Many, One, Order, View

_PRIVATE = ("hr", "people:read", "people:write", "self")
_OF_WORK = ("hr", "top_management", "people:read", "people:write", "self", "nearestManager")

PersonView = View(
    name="Person",
    plural="Persons",
    path="persons",
    doc="An employee, or an external person. Names may be unknown.",
    visible_to=(
        "hr",
        "top_management",
        "people:read",
        "people:write",
        "self",
        "nearestManager",
        "ownManager",
        "hostOf",
        "ownHost",
        "assessor",
        "asked",
        "teacher",
        "follows",
    ),
    subject="id",
    machine=PERSON,
    fields=(
        Field("name", str | None, "The full name, where one is known.", example="Mette Sørensen"),
        Field("givenName", str | None, "Given names."),
        Field("familyName", str | None, "Surname, or surnames."),
        Field("email", str | None, "E-mail address at work."),
        Field("birthDate", date | None, "Date of birth; never shown in selection.", _PRIVATE),
        Field("birthYear", int | None, "Year of birth, where that is all that is known.", _PRIVATE),
        Field("gender", Gender | None, "Used in aggregates only; never shown in selection.", _PRIVATE),
        Field("professionalField", str | None, "What they are trained for.", example="nursing"),
        Field("firstHiredOn", date | None, "When they first came to the organisation.", _OF_WORK),
        Field("leftOn", date | None, "The first day on which they belong to it no longer.", _OF_WORK),
        Field("leftReason", str | None, "Why they left.", ("hr", "top_management", "self"), sensitive=True),
        Field("external", bool, "Not an employee."),
        Field("protectedIdentity", bool | None, "Shown to HR and the nearest manager only.", _OF_WORK),
        Field("source", str | None, "The system that knows them by `externalId`.", _OF_WORK),
        Field("externalId", str | None, "Their id in that system.", _OF_WORK),
    ),
    relations=(
        One("nearestManager", "Person", "Who manages the unit of the primary engagement.", optional=True),
        One("unit", "Unit", "The unit of the primary engagement today.", optional=True),
        One("talent", "Talent", "Their live talent profile.", optional=True, with_id=False),
        Many("engagements", "Engagement", "Where they work and worked."),
        Many("placements", "Placement", "Where they are, were and will be placed."),
        Many("reviews", "Review", "Conversations and assessments about them."),
        Many("candidacies", "Candidacy", "Their candidacies."),
        Many("participations", "Participation", "Where they take or took part."),
        Many("certificates", "Certificate", "What they got for completing programmes."),
        Many("nextSteps", "NextStep", "What is to be done for them after a programme."),
    ),
    filters=(
        Filter("name", str, "Persons whose given or family name starts so.", match="prefix", field="nameFolded"),
        Filter("email", str, "The person with this address."),
        Filter("unitId", UUID, "Persons with their primary engagement in this unit today."),
        Filter("withinUnitId", UUID, "Persons with their primary engagement in this unit or below it today."),
        Filter("managedById", UUID, "Persons whose nearest manager this person is."),
        Filter("source", str, "Persons known to this system."),
        Filter("externalId", str, "The person with this id in their source system.", match="any"),
        Filter("employed", bool, "Persons who belong to the organisation today, or who do not."),
    ),
    orders=(
        Order("name", ("nameKey",), "By family name, then given name, in the organisation's alphabet."),
        Order("updatedAt", ("updatedAt",), "By the last change."),
    ),
)
