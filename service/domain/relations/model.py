"""Declared relations between two persons, for conflicts of interest. That there is one is all that is said."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Invalid
from service.domain.states import Action, Condition, StateMachine

_LIVE = Condition(name="live", code="relation_ended", detail="The relation has ended.")

DECLARED_RELATION = StateMachine[StrEnum](
    concept="declared relation",
    actions=(Action(name="end", by=("hr", "declarer"), when=(_LIVE,)),),
)


@dataclass(frozen=True, kw_only=True)
class DeclaredRelation:
    """Two persons, in no order that means anything; neither assesses the other while it lasts.

    Which relation it is (family, friendship, business) nobody needs to know, so nobody says it.
    """

    id: UUID
    person_id: UUID
    other_id: UUID
    declared_by_id: UUID | None = None
    ended_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`related_to_oneself`)."""
        if self.person_id == self.other_id:
            raise Invalid("related_to_oneself", "A relation is between two persons.", pointer="/otherPersonId")

    def ended(self, on: date) -> "DeclaredRelation":
        """They are not too close any more."""
        return replace(self, ended_on=on)


def relation(identity: UUID, one: UUID, other: UUID, declared_by: UUID | None) -> DeclaredRelation:
    """A relation of two persons, in the one order in which a pair is kept."""
    first, second = sorted((one, other))
    return DeclaredRelation(id=identity, person_id=first, other_id=second, declared_by_id=declared_by)
