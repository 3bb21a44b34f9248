"""Placements: who goes where for how long, agreed by three, moved by the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from typing_extensions import Doc

from service.domain.errors import Conflict, Invalid
from service.domain.states import Action, Condition, StateMachine


class PlacementKind(StrEnum):
    """From the lightest to the heaviest; the last two are for people from outside."""

    SHADOWING = "shadowing"
    INTERNSHIP = "internship"
    PROJECT = "project"
    ROTATION = "rotation"
    ACTING_LEADER = "acting_leader"
    SECONDMENT = "secondment"
    STUDENT_INTERNSHIP = "student_internship"
    SCHOLARSHIP = "scholarship"


LEADING = frozenset({PlacementKind.ACTING_LEADER, PlacementKind.SECONDMENT})
"""While one of these is active, the placed person is the manager of the unit that the position heads."""

EXTERNAL = frozenset({PlacementKind.STUDENT_INTERNSHIP, PlacementKind.SCHOLARSHIP})
"""Those placed so come from outside: no home unit, no home manager."""

ELSEWHERE = frozenset({PlacementKind.ROTATION, PlacementKind.SECONDMENT})
"""These lead out of the home unit."""


class PlacementState(StrEnum):
    """Where a placement is in its life."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    ACTIVE = "active"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    CANCELLED = "cancelled"


class Party(StrEnum):
    """Whose agreement a placement needs."""

    TALENT = "talent"
    HOME_MANAGER = "home_manager"
    HOST_MANAGER = "host_manager"


class EndedBy(StrEnum):
    """Who ended a placement early: given up by the talent, recalled from home, sent back, or by HR."""

    TALENT = "talent"
    HOME_MANAGER = "home_manager"
    HOST_MANAGER = "host_manager"
    HR = "hr"


_PARTIES = ("self", "nearestManager", "hostManager")
_RUNS_ON = Condition(name="endsLater", code="period_over", detail="The last day of the placement is over.")
_UNSIGNED = Condition(name="unsigned", code="already_signed", detail="You have signed for every part that is yours.")
_UNENDED = Condition(name="unended", code="already_ending", detail="The placement has got an earlier end already.")

PLACEMENT = StateMachine[PlacementState](
    concept="placement",
    initial=(PlacementState.PROPOSED,),
    actions=(
        Action(name="change", by=("hr", *_PARTIES), sources=(PlacementState.PROPOSED,)),
        Action(
            name="sign",
            by=(*_PARTIES, "homeSponsor", "hostSponsor"),
            sources=(PlacementState.PROPOSED,),
            targets=(PlacementState.PROPOSED, PlacementState.AGREED, PlacementState.ACTIVE),
            when=(_UNSIGNED, _RUNS_ON),
        ),
        Action(
            name="cancel",
            by=("hr", *_PARTIES),
            sources=(PlacementState.PROPOSED, PlacementState.AGREED),
            target=PlacementState.CANCELLED,
        ),
        Action(name="start", by=(), sources=(PlacementState.AGREED,), target=PlacementState.ACTIVE),
        Action(name="complete", by=(), sources=(PlacementState.ACTIVE,), target=PlacementState.COMPLETED),
        Action(
            name="endEarly",
            by=("hr", *_PARTIES),
            sources=(PlacementState.ACTIVE,),
            targets=(PlacementState.ACTIVE, PlacementState.ENDED_EARLY),
            when=(_UNENDED,),
        ),
        Action(
            name="extend",
            by=("hr", "nearestManager", "hostManager"),
            sources=(PlacementState.AGREED, PlacementState.ACTIVE),
            when=(_UNENDED,),
        ),
    ),
)
"""`start` and `complete` are nobody's to do: dates do them."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Somebody's agreement to the terms as they stand."""

    party: Annotated[Party, Doc("On whose behalf it was signed.")]
    signed_by: Annotated[UUID, Doc("The person who signed.")]
    signed_at: Annotated[datetime, Doc("When they signed.")]


@dataclass(frozen=True, kw_only=True)
class Placement:
    """A person for a while in a host unit (domain.md §3). `end_on` is the first day after it.

    Loads and the home unit's share of the salary are percents; the host pays the rest of the salary. `ended_on` is
    the first day after a placement that ends early, which may lie ahead.
    """

    id: UUID
    kind: PlacementKind
    person_id: UUID
    host_unit_id: UUID
    start_on: date
    end_on: date
    state: PlacementState = PlacementState.PROPOSED
    home_unit_id: UUID | None = None
    host_supervisor_id: UUID | None = None
    position_id: UUID | None = None
    participation_id: UUID | None = None
    extends_id: UUID | None = None
    load_percent: int = 100
    objectives: str | None = None
    learning_agreement: str | None = None
    home_salary_share: int = 100
    signatures: tuple[Signature, ...] = ()
    ended_on: date | None = None
    ended_by: EndedBy | None = None
    end_reason: str | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Hold the invariants. Raises Invalid."""
        if self.end_on <= self.start_on:
            raise Invalid("period_ends_before_it_starts", "`endOn` is the first day after.", pointer="/endOn")
        if not 1 <= self.load_percent <= FULL:
            raise Invalid("bad_percent", "The load is 1 to 100 percent.", pointer="/loadPercent")
        if not 0 <= self.home_salary_share <= FULL:
            raise Invalid("bad_percent", "The share is 0 to 100 percent.", pointer="/homeSalaryShare")
        if self.host_supervisor_id == self.person_id:
            raise Invalid("own_supervisor", "Nobody is their own supervisor.", pointer="/hostSupervisorId")
        if self.kind in LEADING and self.position_id is None:
            raise Invalid("position_missing", f"A {self.kind} goes into a leadership position.", pointer="/positionId")
        if (self.home_unit_id is None) != (self.kind in EXTERNAL):
            raise Invalid(
                "wrong_home_unit",
                "A student or scholar from outside has no home unit; everybody else has one.",
                pointer="/homeUnitId",
            )
        if self.kind in ELSEWHERE and self.home_unit_id == self.host_unit_id:
            raise Invalid("host_is_home", f"A {self.kind} leads to another unit.", pointer="/hostUnitId")

    @property
    def parties(self) -> frozenset[Party]:
        """Who has to sign."""
        return frozenset(Party) - ({Party.HOME_MANAGER} if self.home_unit_id is None else set())

    @property
    def unsigned(self) -> frozenset[Party]:
        """Who has not signed yet."""
        return self.parties - {one.party for one in self.signatures}

    @property
    def until(self) -> date:
        """The first day after it, as things stand."""
        return self.ended_on if self.ended_on is not None else self.end_on

    def changed(self, **terms: Any) -> "Placement":
        """With other terms: who signed the old ones has not signed these. Raises Invalid."""
        wanted = replace(self, **terms)
        return self if wanted == self else replace(wanted, signatures=())

    def signed(self, parties: Iterable[Party], by: UUID, now: datetime) -> "Placement":
        """Signed by somebody for each of the parties that they are and that has not signed."""
        missing = sorted(self.unsigned.intersection(parties))
        added = (Signature(party=party, signed_by=by, signed_at=now) for party in missing)
        return replace(self, signatures=(*self.signatures, *added))

    def agreed(self) -> "Placement":
        """Everybody has signed. Raises Conflict (`not_signed`)."""
        if self.unsigned:
            raise Conflict("not_signed", f"Still to sign: {', '.join(sorted(self.unsigned))}.")
        return replace(self, state=PlacementState.AGREED)

    def at(self, today: date) -> "Placement":
        """As it is on that day: one step at most, when its date has come, else the same."""
        if self.state is PlacementState.AGREED and self.start_on <= today:
            return replace(self, state=PlacementState.ACTIVE)
        if self.state is PlacementState.ACTIVE and self.until <= today:
            early = self.ended_on is not None
            return replace(self, state=PlacementState.ENDED_EARLY if early else PlacementState.COMPLETED)
        return self

    def cancelled(self) -> "Placement":
        """It does not come about."""
        return replace(self, state=PlacementState.CANCELLED)

    def ended_early(self, on: date, by: EndedBy, reason: str | None, today: date) -> "Placement":
        """It ends before its time, at once or on a day ahead. Raises Invalid (`not_early`)."""
        if not self.start_on <= on < self.end_on:
            raise Invalid(
                "not_early", f"An early end lies from {self.start_on} to the day before {self.end_on}.", pointer="/on"
            )
        return replace(self, ended_on=on, ended_by=by, end_reason=reason).at(today)

    def extension(self, identity: UUID, end_on: date) -> "Placement":
        """What follows on it on the same terms, to be signed anew. Raises Invalid."""
        return replace(
            self,
            id=identity,
            start_on=self.end_on,
            end_on=end_on,
            state=PlacementState.PROPOSED,
            extends_id=self.id,
            signatures=(),
            version=0,
        )


FULL = 100
"""Percent of a person's working time."""


def peak_load(placements: Iterable[Placement]) -> int:
    """The highest load of all of them together on any day, in percent."""
    listed = tuple(placements)
    return max((_load_on(one.start_on, listed) for one in listed), default=0)


def _load_on(day: date, placements: tuple[Placement, ...]) -> int:
    """Loads only rise on a day on which one starts, so those days are the ones to look at."""
    return sum(one.load_percent for one in placements if one.start_on <= day < one.until)
