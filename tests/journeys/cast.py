"""Who plays in the journey: a municipality as its HR system exports it, and each person as they come to a door."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import httpx

from service.domain.actor import Actor, Role, Scope
from service.domain.catalogue import DUTIES
from tests.clock import MovableClock
from tests.municipality import Municipality

APPLICANTS = (
    "Aksel", "Berit", "Carl", "Ditte", "Emil", "Freja", "Gustav",
    "Helle", "Ib", "Jonna", "Kaj", "Liv", "Morten", "Nanna",
)  # fmt: skip
"""They work in Team Syd and apply by themselves, as Mette does; Ole is nominated."""

CANDIDATES = ("Mette", "Ole", *APPLICANTS)

_UNITS = (
    # The export is not sorted: a unit may stand before the one above it.
    ("team-nord", "Team Nord", "hjemmepleje"),
    ("team-syd", "Team Syd", "hjemmepleje"),
    ("kommune", "Prøvekommunen", ""),
    ("stab", "Staben", "kommune"),
    ("sundhed", "Sundhed og Ældre", "kommune"),
    ("hjemmepleje", "Hjemmeplejen", "sundhed"),
    ("teknik", "Teknik og Miljø", "kommune"),
    ("park", "Park og Vej", "teknik"),
    ("plan", "Plan og Byg", "teknik"),
)
_LEADERS = (
    ("kommune", "Karen", "Kommunaldirektør"),
    ("sundhed", "Dorthe", "Direktør"),
    ("hjemmepleje", "Lise", "Områdechef"),
    ("team-nord", "Mads", "Teamleder"),
    ("team-syd", "Sigrid", "Teamleder"),
    ("teknik", "Tove", "Direktør"),
    ("park", "", "Park- og vejchef"),
    ("plan", "Vibeke", "Plan- og byggechef"),
)
_EMPLOYEES: Mapping[str, tuple[str, ...]] = {
    "stab": ("Hanne", "Anna", "Bo", "Finn", "Ada"),
    "team-nord": ("Mette", "Ole"),
    "team-syd": APPLICANTS,
    "park": ("Per", "Pia"),
}
EVERYBODY = tuple(name for _, name, _ in _LEADERS if name) + tuple(
    name for names in _EMPLOYEES.values() for name in names
)
COUNTS = {"Unit": len(_UNITS), "Person": len(EVERYBODY), "Engagement": len(EVERYBODY), "Position": len(_LEADERS)}
"""What the export holds, by concept."""

_JOB = ("EngagementId", "BrugerId", "AfdelingsId", "AktivStatus", "Stilling", "Primær", "Engagementstype")

_ROLES: Mapping[str, tuple[Role | Scope, ...]] = {
    "Hanne": (Role.HR,),
    "Karen": (Role.TOP_MANAGEMENT,),
    "Finn": (Role.WORKS_COUNCIL,),
    "Ada": (Role.ADMIN,),
}
"""What a token grants. All else follows from the export and from what happens."""

HR_SYSTEM = "the HR system"
STRANGER = "a stranger"
_HR_SYSTEM_MAY = (Scope.PEOPLE_READ, Scope.PEOPLE_WRITE, Scope.EVENTS_READ)
_STRANGER_IS = (Role.HR, Role.TOP_MANAGEMENT, Role.WORKS_COUNCIL, Role.ADMIN)

WATCHERS = (
    "Hanne",  # HR
    "Karen",  # municipal director, top management
    "Dorthe",  # director of health: Mette's manager two levels above the nearest
    "Lise",  # area chief: one level above the nearest
    "Mads",  # Mette's and Ole's nearest manager
    "Mette",  # the one who becomes a leader
    "Ole",  # her colleague
    "Anna",  # assessor
    "Tove",  # director of the other administration, where a leader post is vacant
    "Vibeke",  # leads a unit there, and will supervise Mette
    "Per",  # works in the vacant unit
    "Finn",  # works council
    "Ada",  # administrator
    HR_SYSTEM,
    STRANGER,  # has every role, in another organisation
)

TOP = {"Hanne", "Karen"}
"""HR and top management see the people of the whole municipality."""

INSIDE = set(WATCHERS) - {STRANGER}
EMPLOYEES = INSIDE - {HR_SYSTEM}


@dataclass(eq=False)
class Cast:
    """The people by first name, the units and positions by the export's key: all ids as the doors give them."""

    town: Municipality
    elsewhere: Municipality
    clock: MovableClock
    people: dict[str, str] = field(default_factory=dict[str, str])
    units: dict[str, str] = field(default_factory=dict[str, str])
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict[str, httpx.AsyncClient])

    def of(self, who: str) -> httpx.AsyncClient:
        """The client of somebody with their own token."""
        if who not in self.clients:
            self.clients[who] = self._client(who)
        return self.clients[who]

    def _client(self, who: str) -> httpx.AsyncClient:
        if who == HR_SYSTEM:
            return self.town.client(None, *_HR_SYSTEM_MAY)
        if who == STRANGER:
            return self.elsewhere.client(None, *_STRANGER_IS)
        return self.town.client(UUID(self.people[who]), *_ROLES.get(who, ()))

    @property
    def hr_system(self) -> Actor:
        """The system that the export comes from."""
        return self.town.actor(None, *_HR_SYSTEM_MAY)

    def names(self, ids: Iterator[str]) -> set[str]:
        """Who these persons are."""
        known = {identity: name for name, identity in self.people.items()}
        return {known[one] for one in ids}

    @property
    def today(self) -> date:
        return self.clock.now.date()

    def day(self, days: int) -> str:
        """A day from today on the wire."""
        return (self.today + timedelta(days=days)).isoformat()

    async def days_pass(self, days: int) -> None:
        """Time goes by, and the service does what is due."""
        self.clock.forward(days=days)
        for duty in DUTIES:
            await self.town.rooms.transactions.run(self.town.hr, duty)


def _files() -> dict[str, str]:
    """The export, as the mapping `plan2learn` reads it."""
    units = [f"{key};{name};{parent}" for key, name, parent in _UNITS]
    leaders = [f"{name.lower()};{unit};1;{title}" for unit, name, title in _LEADERS]
    people = [f"{name.lower()};{_born(i)};{name} Holm;{name.lower()}@example.org" for i, name in enumerate(EVERYBODY)]
    # A leader's engagement names no unit: which one it is, the leaders say.
    jobs = [f"1-{name.lower()};{name.lower()};;1;{title};1;Ansat;2015-08-01;" for _, name, title in _LEADERS if name]
    for unit, names in _EMPLOYEES.items():
        jobs += [f"1-{name.lower()};{name.lower()};{unit};1;Medarbejder;1;Ansat;2018-02-01;" for name in names]
    headers = {
        "organisation.csv": ("AfdelingsID;Afdelingsnavn;Parentid", units),
        "bruger.csv": ("BrugerId;Fødselsdato;Navn;E-mail", people),
        "engagement.csv": (
            ";".join((*_JOB, "StartdatoEngagement", "SlutdatoEngagement")),
            jobs,
        ),
        "leder.csv": ("BrugerId;AfdelingsID;AktivStatus;Titel", leaders),
    }
    return {name: "\r\n".join([header, *rows]) + "\r\n" for name, (header, rows) in headers.items()}


def _born(number: int) -> str:
    return date(1970 + number, 1 + number % 12, 1 + number % 28).isoformat()


def export_as_zip() -> bytes:
    """The export in one file, as one uploads it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _files().items():
            archive.writestr(name, text)
    return packed.getvalue()


def export_in(folder: Path) -> Path:
    """The export as files in a folder, as the command line is given it."""
    for name, text in _files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder
