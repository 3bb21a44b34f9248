"""What can be done to participations."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.candidacies.waitlist import offer_freed_place
from service.domain.certificates.issuing import issue
from service.domain.next_steps.following import StepToTake, follow
from service.domain.operations import acts
from service.domain.participations import deferring
from service.domain.participations.model import PARTICIPATION, Outcome, ParticipationState
from service.domain.participations.views import ParticipationView

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

LeaveReason = Annotated[str, Len(1, 2000), Doc("For HR alone; nobody has to give one.")]


@dataclass(frozen=True, kw_only=True)
class StartParticipation:
    """Nothing to say."""


async def _move(action: str, event: str, identity: UUID, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    found = await uow.participations.get(identity, expected_version)
    permitted = PARTICIPATION.permit(action, found.facts, found.it.state)
    await uow.participations.save(found.it.moved(permitted), event)
    return identity


async def start(identity: UUID, command: StartParticipation, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Start: the participant is there from the first module on."""
    del command
    return await _move("start", "started", identity, expected_version, uow)


@dataclass(frozen=True, kw_only=True)
class CompleteParticipation:
    """Why it counts as completed, where the programme's rule is not met."""

    reason: (
        Annotated[str, Len(1, 2000), Doc("Why it counts where the rule is not met; nobody but HR reads it.")] | None
    ) = None


async def complete(
    identity: UUID, command: CompleteParticipation, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Record that the participant has completed the programme; a certificate is issued.

    What the programme asks for, of sessions, projects and elements, is met or HR says why it counts all the same.
    Completing promises no job (A1).
    """
    found = await uow.participations.get(identity, expected_version)
    permitted = PARTICIPATION.permit("complete", found.facts, found.it.state)
    rule, progress = await uow.participations.progress(identity)
    gaps = rule.gaps(progress) if rule else ()
    completed = found.it.completed(permitted, gaps, command.reason, uow.today)
    await issue(await uow.participations.save(completed, "completed"), uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class NotCompleteParticipation:
    """What HR keeps of why; nobody else reads it."""

    reason: Annotated[LeaveReason | None, Doc("Why; nobody but HR reads it.")] = None


async def not_complete(
    identity: UUID, command: NotCompleteParticipation, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Record that the programme is over and the participant did not complete it."""
    found = await uow.participations.get(identity, expected_version)
    permitted = PARTICIPATION.permit("notComplete", found.facts, found.it.state)
    await uow.participations.save(found.it.left(permitted, command.reason), "not_completed")
    return identity


@dataclass(frozen=True, kw_only=True)
class WithdrawParticipation:
    """A reason may be given; HR alone reads it."""

    reason: Annotated[LeaveReason | None, Doc("Why, where one wants to say; nobody but HR reads it.")] = None


async def withdraw(
    identity: UUID, command: WithdrawParticipation, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Leave the programme without losing face (A3).

    Who leaves before the start frees the place for the first on the waitlist.
    """
    found = await uow.participations.get(identity, expected_version)
    permitted = PARTICIPATION.permit("withdraw", found.facts, found.it.state)
    await uow.participations.save(found.it.left(permitted, command.reason), "withdrawn")
    if found.it.state is not ParticipationState.ACTIVE:
        await offer_freed_place(found.it.cohort_id, uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class ResumeParticipation:
    """Nothing to say."""


async def resume(identity: UUID, command: ResumeParticipation, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Come back after a pause."""
    del command
    return await _move("resume", "resumed", identity, expected_version, uow)


Steps = Annotated[
    tuple[StepToTake, ...],
    Len(1, 20),
    Doc("What follows on it, each with its owner and day; the outcome's usual steps where nothing is given."),
]


@dataclass(frozen=True, kw_only=True)
class RecordOutcome:
    """What came of it, since when (today where that is left out), and what follows on it."""

    outcome: Outcome
    on: Annotated[date | None, Doc("Since when; today where nothing is given.")] = None
    steps: Steps | None = None
    until: Annotated[date | None, Doc("How long they are kept warm; a year where nothing is given.")] = None


async def record_outcome(
    identity: UUID, command: RecordOutcome, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Record what came of a participation, and the next steps that follow on it (domain.md §3, Follow-up).

    No job is promised (A1), and every outcome counts as a good one (A3, A4); a later one takes its place. Who is kept
    warm has a day on which somebody contacts them next (A2). Steps that nobody names are the usual ones, seen to by
    the nearest manager.
    """
    found = await uow.participations.get(identity, expected_version)
    PARTICIPATION.permit("recordOutcome", found.facts, found.it.state)
    on = command.on or uow.today
    resulted = await uow.participations.save(found.it.resulted(command.outcome, on, uow.today), "outcome_recorded")
    await follow(resulted, command.steps, command.until, uow)
    return identity


OPERATIONS = (
    acts(ParticipationView, start, "startParticipation"),
    acts(ParticipationView, complete, "completeParticipation"),
    acts(ParticipationView, not_complete, "notCompleteParticipation"),
    acts(ParticipationView, withdraw, "withdrawParticipation"),
    acts(ParticipationView, deferring.defer, "deferParticipation"),
    acts(ParticipationView, resume, "resumeParticipation"),
    acts(ParticipationView, record_outcome, "recordOutcome"),
)
