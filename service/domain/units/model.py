"""Units: the tree of an organisation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Conflict
from service.domain.states import Action, Condition, StateMachine


class UnitKind(StrEnum):
    """What sort of unit it is. `administration` is a forvaltning; the root is the organisation itself."""

    ORGANISATION = "organisation"
    ADMINISTRATION = "administration"
    INSTITUTION = "institution"
    DEPARTMENT = "department"
    TEAM = "team"


UNIT = StateMachine[StrEnum](
    concept="unit",
    actions=(
        Action(name="change", by=("hr", "people:write")),
        Action(
            name="close",
            by=("hr", "people:write"),
            when=(
                Condition(
                    name="leavable",
                    code="unit_in_use",
                    detail="People work in the unit, or in one below it, with no end in sight.",
                ),
            ),
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A place in the tree. `closed_on` is the first day on which it is no more."""

    id: UUID
    name: str
    kind: UnitKind
    parent_id: UUID | None = None
    cost_centre: str | None = None
    source: str | None = None
    external_id: str | None = None
    closed_on: date | None = None
    version: int = 0

    def moved(self, parent_id: UUID | None, ancestors_of_parent: frozenset[UUID]) -> UUID | None:
        """The new parent, unless the unit is itself above it. Raises Conflict (`unit_cycle`)."""
        if parent_id is not None and (parent_id == self.id or self.id in ancestors_of_parent):
            raise Conflict("unit_cycle", "A unit cannot be placed below itself.", pointer="/parentId")
        return parent_id
