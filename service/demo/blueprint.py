"""How a kind of workplace is built: its pattern of names, its crew, its leaders and its parts."""

from dataclasses import dataclass

from service.demo.occupations import ADMINISTRATION, Crew
from service.demo.records import Level, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """A leadership position in a blueprint."""

    level: Level
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Blueprint:
    """A kind of unit.

    `staff` is how many are employed directly in one such unit in proportion to the others; `copies` how many there
    are in a whole municipality; without a head its people answer to the leader above. `near_leaving` weighs how
    likely leaders below an administration are to be close to retirement.
    """

    name: str
    kind: UnitKind
    crew: Crew
    staff: int = 0
    copies: int = 1
    head: Post | None = None
    deputy: Post | None = None
    parts: tuple["Blueprint", ...] = ()
    near_leaving: int | None = None


def administration(
    name: str, director: str, crew: Crew, office: Blueprint, *parts: Blueprint, near_leaving: int
) -> Blueprint:
    """A forvaltning with its director and its secretariat."""
    return Blueprint(
        name=name,
        kind="administration",
        crew=crew,
        head=Post(level="N1", title=director),
        parts=(office, *parts),
        near_leaving=near_leaving,
    )


def area(name: str, chief: str, crew: Crew, *parts: Blueprint, staff: int = 6) -> Blueprint:
    """A department (fagområde) right under a director."""
    return Blueprint(
        name=name, kind="department", crew=crew, staff=staff, head=Post(level="N2", title=chief), parts=parts
    )


def secretariat(name: str) -> Blueprint:
    """The office of a director."""
    return area(name, "Sekretariatschef", ADMINISTRATION, staff=18)


def site(
    name: str,
    leader: str,
    crew: Crew,
    *parts: Blueprint,
    level: Level = "N3",
    staff: int,
    copies: int = 1,
    deputy: str | None = None,
) -> Blueprint:
    """An institution: a house of its own that citizens know by name."""
    return Blueprint(
        name=name,
        kind="institution",
        crew=crew,
        staff=staff,
        copies=copies,
        head=Post(level=level, title=leader),
        deputy=Post(level="N4" if level == "N3" else "N5", title=deputy) if deputy else None,
        parts=parts,
    )


def section(
    name: str, leader: str, crew: Crew, *parts: Blueprint, level: Level = "N4", staff: int, copies: int = 1
) -> Blueprint:
    """A department inside an area or an institution."""
    return Blueprint(
        name=name,
        kind="department",
        crew=crew,
        staff=staff,
        copies=copies,
        head=Post(level=level, title=leader),
        parts=parts,
    )


def led_team(name: str, crew: Crew, *, staff: int, copies: int = 1, leader: str = "Teamleder") -> Blueprint:
    """A team with a leader of its own."""
    return Blueprint(name=name, kind="team", crew=crew, staff=staff, copies=copies, head=Post(level="N5", title=leader))


def team(name: str, crew: Crew, *, staff: int, copies: int = 1) -> Blueprint:
    """A team that answers to the leader above."""
    return Blueprint(name=name, kind="team", crew=crew, staff=staff, copies=copies)
