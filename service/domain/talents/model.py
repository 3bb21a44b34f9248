"""Talents: employees seen as possible leaders."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from service.domain.errors import Invalid
from service.domain.states import Action, Condition, StateMachine


class Origin(StrEnum):
    """How somebody came to be seen as a talent."""

    APPLICATION = "application"
    NOMINATION = "nomination"
    DEVELOPMENT_TALK = "development_talk"
    TIP = "tip"
    TALENT_REVIEW = "talent_review"


class Mobility(StrEnum):
    """How far the person would go for a leader job."""

    OWN_UNIT = "own_unit"
    OWN_ADMINISTRATION = "own_administration"
    WHOLE_ORGANISATION = "whole_organisation"


LIVE = Condition(name="live", code="talent_ended", detail="The talent profile has ended.")

TALENT = StateMachine[StrEnum](
    concept="talent",
    actions=(
        Action(name="change", by=("self", "hr"), when=(LIVE,)),
        Action(name="end", by=("self", "hr"), when=(LIVE,)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Talent:
    """Somebody who is not yet a leader and has shown desire and flair for leading; the person knows of it.

    `ended_on` is the day on which the profile ended; a person has one live profile at most.
    """

    id: UUID
    person_id: UUID
    origins: tuple[Origin, ...]
    since: date
    interests: tuple[str, ...] = ()
    mobility: Mobility | None = None
    ended_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`duplicate_interest`)."""
        if len(set(self.interests)) != len(self.interests):
            raise Invalid("duplicate_interest", "Each interest is named once.", pointer="/interests")

    def also(self, origin: Origin) -> "Talent":
        """The same talent, found in one more way; itself where that way is known."""
        return self if origin in self.origins else replace(self, origins=(*self.origins, origin))

    def ended(self, on: date) -> "Talent":
        """The profile ends."""
        return replace(self, ended_on=on)
