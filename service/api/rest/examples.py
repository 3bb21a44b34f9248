"""Examples of the contract: a well-formed sample of each body and of each resource, made from its schema."""

import hashlib
from collections.abc import Mapping
from typing import Any, cast

from service.api.rest.schemas import Schema
from service.api.rest.shared import SAMPLE_ID
from service.domain.catalogue import VIEWS

_LEFT_OUT = {"birthYear", "endsAfterDays", "externalFacilitator", "id", "rating", "until"}
"""What a body may say, and seldom does: of two ways to say the same, an example shows one."""

_NOT_YET = {
    "answer",
    "answerBy",
    "answeredAt",
    "answeredById",
    "assessedAt",
    "birthYear",
    "calibrations",
    "cancelReason",
    "candidacyId",
    "closedOn",
    "completedOn",
    "completionReason",
    "decidedAt",
    "decidedById",
    "deferredFromId",
    "doneOn",
    "endedBy",
    "endedOn",
    "endOn",
    "endorsedOn",
    "consultation",
    "extendsId",
    "failure",
    "feedback",
    "finishedAt",
    "leaveReason",
    "leftOn",
    "offeredAt",
    "openedOn",
    "outcome",
    "outcomeOn",
    "publishedOn",
    "rank",
    "reason",
    "reconsiderBy",
    "results",
    "revokedAt",
    "revokeReason",
    "sharedAt",
    "sponsorId",
    "statement",
    "statementDueOn",
    "statementRemindedAt",
    "statementRequestedAt",
    "standing",
    "submittedAt",
    "succeeds",
    "toldOn",
    "until",
    "vacantSince",
}
"""What a resource has later in its life: the examples are at its beginning."""

_CHOICES: Mapping[str, str] = {
    "Fact": "seats",
    "Level": "N4",
    "PlacementKind": "secondment",
    "ProgrammeLevel": "pre_leader",
    "LearningForm": "workshop",
    "ReviewKind": "placement_debrief",
    "StepKind": "career_talk",
    "UnitKind": "department",
}

_DAY = "2026-09-01"
_DAYS: Mapping[str, str] = {
    "answerBy": "2026-07-01T22:00:00Z",
    "applyBy": "2026-06-15T12:00:00Z",
    "birthDate": "1988-04-12",
    "dueOn": "2026-12-01",
    "endOn": "2027-09-01",
    "endsAt": "2026-11-03T15:00:00Z",
    "endsOn": "2027-03-01",
    "firstHiredOn": "2015-08-01",
    "handedInAt": "2026-11-28T19:40:00Z",
    "heldOn": "2026-03-12",
    "lapsesOn": "2026-10-01",
    "nextOn": "2027-01-15",
    "opensOn": "2026-11-01",
    "startOn": "2026-10-01",
    "startsAt": "2026-11-03T08:00:00Z",
    "startsOn": "2026-10-01",
}

_WORDS: Mapping[str, Any] = {
    "actor": "hr",
    "allowedActions": ["change"],
    "anonymityThreshold": 5,
    "asksOfManagers": "Giver fri til modulerne, og spørger til det lærte.",
    "answer": "Alle har læst ansøgningen igen; vurderingen af punkt to holder ikke.",
    "answerDays": 14,
    "assignment": "Led et møde, du ellers deltager i, og læg mærke til, hvornår du selv tier.",
    "capacity": 12,
    "concept": "units",
    "costCentre": "4711",
    "creditToManagers": "Direktionen takker de afgivende ledere ved afslutningen.",
    "description": "Ser det, der er vigtigt på sigt, og handler på det.",
    "email": "mette.soerensen@kommunen.example",
    "employmentType": "permanent",
    "escoUri": "http://data.europa.eu/esco/skill/0a2d70ee-d435-4965-9e96-702b2fb65740",
    "externalId": "A-1017",
    "facilitatorName": "Jens Dam",
    "familyName": "Sørensen",
    "feedback": "Tal med din leder om en projektlederopgave på tværs.",
    "fields": ["reason"],
    "fileName": "personale.zip",
    "givenName": "Mette",
    "grounds": "Mit ledelsesforløb på tværs er ikke taget i betragtning.",
    "headsUnit": True,
    "homeSalaryShare": 50,
    "isPrimary": True,
    "interests": ["ældre og sundhed"],
    "key": "results",
    "learningAgreement": "Sparring hver uge, og et møde om læringen hver måned.",
    "levels": ["Kan det med hjælp", "Kan det selv", "Gør det hver dag", "Viser andre det", "Former det for alle"],
    "loadPercent": 100,
    "motivation": "Jeg vil gerne lede, fordi jeg kan se, hvad vi kan nå sammen.",
    "name": "Strategisk sans",
    "note": "Hver ny leder får en mentor.",
    "objectives": "At lede en hverdag med 30 medarbejdere.",
    "offerDays": 7,
    "positionTitle": "Sygeplejerske",
    "professionalField": "nursing",
    "purpose": "Ti nye ledere om året til ældreområdet.",
    "rationale": "Hun samler folk om svære opgaver.",
    "reach": "Opslag med lønsedlen og på intranettet.",
    "reader": "hr",
    "reason": "Hun har overblik, også når det er svært.",
    "reconsiderationDays": 14,
    "reflection": "Jeg tog for hurtigt ordet. Næste gang venter jeg, til tre har talt.",
    "reference": "MED-udvalget, referat af 12. marts, punkt 3.",
    "retentionMonths": 6,
    "roles": ["hr"],
    "scopes": [],
    "score": 4,
    "share": 0.1,
    "source": "hr-system",
    "statementDays": 14,
    "subject": "hr",
    "supports": True,
    "text": "Hvad er lykkedes bedst?",
    "timeZone": "Europe/Copenhagen",
    "title": "Leder af hjemmeplejen",
    "waysWeighed": "De beskedne melder sig ikke selv, og de usete bliver ikke peget ud: derfor begge veje.",
    "weeklyHours": 37,
    "work": "Jeg ledede teamets tavlemøde i tre uger.",
}


def sample(name: str, schemas: Mapping[str, Schema]) -> dict[str, Any]:
    """A value that a schema of the components allows.

    A resource is shown as it is without `expand`; a body with nearly everything that it may say.
    """
    return _object(name, schemas)


def page_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The last page of a list, with one row on it."""
    return {"items": [row], "page": {"endCursor": None, "hasNextPage": False}}


def _object(name: str, schemas: Mapping[str, Schema]) -> dict[str, Any]:
    schema = schemas[name]
    properties = cast("dict[str, Schema]", schema.get("properties", {}))
    required = cast("list[str]", schema.get("required", []))
    if name in VIEWS or "id" in required:
        early = {name for name in required if name in _NOT_YET and _may_be_null(properties[name])}
        return {name: None if name in early else _value(name, properties[name], schemas) for name in required}
    said = {name: part for name, part in properties.items() if name in required or name not in _LEFT_OUT}
    return {name: None if name in _LEFT_OUT else _value(name, part, schemas) for name, part in said.items()}


def _may_be_null(schema: Schema) -> bool:
    return "null" in schema.get("type", ()) or {"type": "null"} in schema.get("anyOf", ())


def _value(name: str, schema: Schema, schemas: Mapping[str, Schema]) -> Any:
    fits = name in _WORDS and not (isinstance(_WORDS[name], str) and _refers(schema))
    known = [*schema.get("examples", ()), *([_WORDS[name]] if fits else ()), schema.get("default")]
    if known[0] is not None:
        return known[0]
    if "anyOf" in schema:
        return _value(name, schema["anyOf"][0], schemas)
    if "$ref" in schema:
        named = schema["$ref"].rpartition("/")[2]
        words = schemas[named].get("enum")
        return _CHOICES.get(named, words[0]) if words else _object(named, schemas)
    if _kind(schema) == "array":
        several = range(max(1, schema.get("minItems", 1)))
        return [_value(f"{name}{i or ''}", schema["items"], schemas) for i in several]
    return _plain(name, schema)


def _refers(schema: Schema) -> bool:
    """The value is one of an enumeration's, or a value object: free text is none of them."""
    return "$ref" in cast("Schema", schema.get("anyOf", [schema])[0])


def _kind(schema: Schema) -> str:
    kind: str | list[str] = schema["type"]
    return kind if isinstance(kind, str) else kind[0]


def _plain(name: str, schema: Schema) -> Any:
    match _kind(schema):
        case "string":
            return _text(name, schema)
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case _:
            return {}


def _text(name: str, schema: Schema) -> str:
    match schema.get("format"):
        case "uuid":
            # Different things have different ids, and each always the same.
            return (
                SAMPLE_ID
                if name == "id"
                else SAMPLE_ID[:24] + hashlib.blake2s(name.encode(), digest_size=6).hexdigest()
            )
        case "date":
            return _DAYS.get(name, _DAY)
        case "date-time":
            return _DAYS.get(name, f"{_DAY}T08:00:00Z")
        case _:
            return name
