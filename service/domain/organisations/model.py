"""The organisation: one tenant, and its settings."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from service.domain.errors import Invalid
from service.domain.states import Action, StateMachine


class OrganisationKind(StrEnum):
    """What sort of employer it is."""

    MUNICIPALITY = "municipality"
    REGION = "region"
    COMPANY = "company"


class Country(StrEnum):
    """Where it is: decides holidays and what a national identity number looks like."""

    DK = "dk"
    SE = "se"
    NO = "no"
    FI = "fi"


class Language(StrEnum):
    """The languages that labels exist in."""

    DA = "da"
    SV = "sv"
    NB = "nb"
    EN = "en"


TIME_ZONES = {
    Country.DK: "Europe/Copenhagen",
    Country.SE: "Europe/Stockholm",
    Country.NO: "Europe/Oslo",
    Country.FI: "Europe/Helsinki",
}

ORGANISATION = StateMachine[StrEnum](concept="organisation", actions=(Action(name="change", by=("hr", "admin")),))


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """A tenant (domain.md §3).

    `anonymity_threshold` is the smallest group an aggregate may show, `retention_months` how long what is known
    about those not admitted is kept after the decision. `archive_days` is how long deleting it then waits for HR to
    take the archive's export; None where no law asks for one. The other days are how long assessing waits for a
    manager's statement, how long an offer stands, how long one may ask for a reconsideration, and how long its answer
    may take.
    """

    id: UUID
    slug: str
    name: str
    kind: OrganisationKind
    country: Country
    default_language: Language
    time_zone: str
    anonymity_threshold: int = 5
    retention_months: int = 6
    statement_days: int = 14
    offer_days: int = 7
    reconsideration_days: int = 14
    answer_days: int = 14
    archive_days: int | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if self.time_zone not in _known_time_zones():
            raise Invalid("unknown_time_zone", f"{self.time_zone} is no IANA time zone.", pointer="/timeZone")
        if self.anonymity_threshold < _SMALLEST_GROUP:
            raise Invalid(
                "threshold_too_low", "Groups smaller than three show individuals.", pointer="/anonymityThreshold"
            )


@cache
def _known_time_zones() -> frozenset[str]:
    """Looked up once: it walks folders, and every command makes its organisation."""
    return frozenset(available_timezones())


_SMALLEST_GROUP = 3
