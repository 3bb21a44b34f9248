"""Elements of an individual track: each proposes, and what all three have agreed on counts (domain.md §4, L6).

The talent designs the track with the nearest manager and HR: a short course, a shadowing, a network, a task of leading.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from typing_extensions import Doc

from service.domain.errors import Invalid
from service.domain.learning import LearningForm
from service.domain.states import A_PERSON, Action, Condition, StateMachine


class ElementState(StrEnum):
    """Where an element is in its life."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DONE = "done"
    DROPPED = "dropped"


class TrackParty(StrEnum):
    """Who designs an individual track together."""

    TALENT = "talent"
    MANAGER = "manager"
    HR = "hr"


_S = ElementState
_THREE = ("self", "nearestManager", "hr")
_LIVE = Condition(name="live", code="participation_over", detail="The participation has come to its end.")

ELEMENT = StateMachine[ElementState](
    concept="element",
    initial=(_S.PROPOSED,),
    actions=(
        Action(name="change", by=_THREE, sources=(_S.PROPOSED,), when=(A_PERSON, _LIVE)),
        Action(
            name="agree",
            by=_THREE,
            sources=(_S.PROPOSED,),
            targets=(_S.PROPOSED, _S.AGREED),
            when=(
                A_PERSON,
                _LIVE,
                Condition(
                    name="unagreed", code="already_agreed", detail="You have agreed for every part that is yours."
                ),
            ),
        ),
        Action(
            name="complete",
            by=("hr", "nearestManager"),
            sources=(_S.AGREED,),
            target=_S.DONE,
            when=(
                _LIVE,
                Condition(
                    name="anothers", code="own_element", detail="Nobody says of their own element that it is done."
                ),
            ),
        ),
        Action(name="drop", by=_THREE, sources=(_S.PROPOSED, _S.AGREED), target=_S.DROPPED),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Somebody's word for the element as it stands."""

    party: Annotated[TrackParty, Doc("For which of the three it was given.")]
    agreed_by: Annotated[UUID, Doc("The person who gave it.")]
    agreed_at: Annotated[datetime, Doc("When they gave it.")]


@dataclass(frozen=True, kw_only=True)
class Element:
    """A part of one talent's track. `ends_on` is the first day after it."""

    id: UUID
    participation_id: UUID
    person_id: UUID
    title: str
    learning_form: LearningForm
    proposed_by: TrackParty
    purpose: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    agreements: tuple[Agreement, ...] = ()
    state: ElementState = ElementState.PROPOSED
    done_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid (`period_ends_before_it_starts`)."""
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            raise Invalid("period_ends_before_it_starts", "`endsOn` is the first day after.", pointer="/endsOn")

    @property
    def agreed(self) -> bool:
        """All three have given their word."""
        return {one.party for one in self.agreements} == set(TrackParty)

    def agreed_by(self, parties: Iterable[TrackParty], by: UUID, now: datetime) -> "Element":
        """With somebody's word for each part that is theirs and still open; with the third it counts."""
        given = {one.party for one in self.agreements}
        added = (Agreement(party=party, agreed_by=by, agreed_at=now) for party in sorted(parties) if party not in given)
        wanted = replace(self, agreements=(*self.agreements, *added))
        return replace(wanted, state=ElementState.AGREED) if wanted.agreed else wanted

    def changed(self, **values: Any) -> "Element":
        """With other terms: nobody has agreed to these yet. Raises Invalid."""
        wanted = replace(self, **values)
        return self if wanted == self else replace(wanted, agreements=())

    def done(self, on: date, today: date) -> "Element":
        """It was done, on that day. Raises Invalid (`done_ahead`)."""
        if on > today:
            raise Invalid("done_ahead", "What is still ahead is not done.", pointer="/on")
        return replace(self, state=ElementState.DONE, done_on=on)

    def dropped(self) -> "Element":
        """It does not come about."""
        return replace(self, state=ElementState.DROPPED)
