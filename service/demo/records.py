"""The plain records a synthetic municipality consists of, as another system would hand them over."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

UnitKind = Literal["municipality", "administration", "institution", "department", "team"]
Gender = Literal["female", "male", "other", "undisclosed"]
EmploymentType = Literal["permanent", "fixed_term", "hourly", "trainee"]
Level = Literal["N1", "N2", "N3", "N4", "N5"]
Criticality = Literal["low", "medium", "high"]


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitRecord:
    """A unit of the tree; only the root, the municipality itself, has no parent."""

    external_id: str
    parent_external_id: str | None
    name: str
    kind: UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRecord:
    """An invented employee."""

    external_id: str
    given_name: str
    family_name: str
    email: str
    birth_date: date
    gender: Gender
    professional_field: str
    first_hired_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class EngagementRecord:
    """An employee in a unit; the period is half-open: end_on is the first day outside it.

    Everybody has exactly one primary engagement, and it runs on the day the municipality is drawn up.
    """

    external_id: str
    person_external_id: str
    unit_external_id: str
    position_title: str
    employment_type: EmploymentType
    weekly_hours: float
    start_on: date
    end_on: date | None
    primary: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PositionRecord:
    """A leadership position: held by somebody, or vacant since a day; a deputy's does not head its unit."""

    external_id: str
    unit_external_id: str
    level: Level
    title: str
    heads_unit: bool
    holder_external_id: str | None
    vacant_since: date | None
    criticality: Criticality


@dataclass(frozen=True, kw_only=True, slots=True)
class Municipality:
    """A whole invented municipality on one day; parents stand before their children."""

    name: str
    as_of: date
    units: tuple[UnitRecord, ...]
    persons: tuple[PersonRecord, ...]
    engagements: tuple[EngagementRecord, ...]
    positions: tuple[PositionRecord, ...]
