"""Leadership positions: who leads what, or nobody yet."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Invalid
from service.domain.states import Action, StateMachine


class Level(StrEnum):
    """From director to team leader."""

    N1 = "N1"
    N2 = "N2"
    N3 = "N3"
    N4 = "N4"
    N5 = "N5"


class Criticality(StrEnum):
    """How hard a vacancy would hurt."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


POSITION = StateMachine[StrEnum](
    concept="position",
    actions=(
        Action(name="change", by=("hr", "people:write")),
        Action(name="appoint", by=("hr",)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Position:
    """A leadership position in a unit. Who heads the unit is its manager; at most one position does.

    Who holds it follows from engagements. `vacant_since` is what is known of a vacancy from before the service.
    """

    id: UUID
    unit_id: UUID
    level: Level
    title: str
    heads_unit: bool = True
    criticality: Criticality = Criticality.MEDIUM
    vacant_since: date | None = None
    source: str | None = None
    external_id: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if (self.source is None) != (self.external_id is None):
            raise Invalid("half_external_id", "`source` and `externalId` come together.", pointer="/externalId")
