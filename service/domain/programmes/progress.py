"""How a programme gets on: it opens, selects, runs, is completed and evaluated, or is cancelled."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.evaluations.asking import ask
from service.domain.evaluations.closing import close
from service.domain.operations import acts
from service.domain.programmes.cancelling import tell_and_let_fall
from service.domain.programmes.model import PROGRAMME
from service.domain.programmes.views import ProgrammeView
from service.domain.sessions.cancelling import cancel_ahead

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class OpenProgramme:
    """Nothing but the wish: what it takes is in place."""


async def open_call(identity: UUID, command: OpenProgramme, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Open a programme to candidates: from now on every employee can read the call and its criteria (F1, F5).

    It takes an endorsement, a published framework, a recorded consultation and a cohort. The criteria freeze:
    a later edition of the framework changes nothing in them.
    """
    del command
    found = await uow.programmes.get(identity, expected_version)
    PROGRAMME.permit("open", found.facts, found.it.state)
    framework = await uow.frameworks.get(found.it.framework_id)
    await uow.programmes.save(found.it.opened(framework.it, uow.today), "opened")
    return identity


@dataclass(frozen=True, kw_only=True)
class StartSelecting:
    """Nothing but the wish."""


async def start_selecting(
    identity: UUID, command: StartSelecting, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Close the call; the candidates are assessed."""
    del command
    return await _move(identity, "startSelecting", "selecting_started", expected_version, uow)


@dataclass(frozen=True, kw_only=True)
class StartProgramme:
    """Nothing but the wish."""


async def start(identity: UUID, command: StartProgramme, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Let the programme begin for those who accepted a place."""
    del command
    return await _move(identity, "start", "started", expected_version, uow)


@dataclass(frozen=True, kw_only=True)
class CompleteProgramme:
    """Nothing but the word."""


async def complete(identity: UUID, command: CompleteProgramme, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Say that the programme has run to its end; participants, their managers and facilitators are asked how it was."""
    del command
    await _move(identity, "complete", "completed", expected_version, uow)
    await ask(identity, uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class EvaluateProgramme:
    """Nothing but the word."""


async def evaluate(identity: UUID, command: EvaluateProgramme, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Take the results of the programme's evaluation and close both: what anybody said alone is deleted.

    Groups under the organisation's anonymity threshold show nothing.
    """
    del command
    await _move(identity, "evaluate", "evaluated", expected_version, uow)
    await close(identity, uow)
    return identity


async def _move(identity: UUID, action: str, event: str, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    found = await uow.programmes.get(identity, expected_version)
    permitted = PROGRAMME.permit(action, found.facts, found.it.state)
    await uow.programmes.save(found.it.moved(permitted), event)
    return identity


@dataclass(frozen=True, kw_only=True)
class CancelProgramme:
    """Why it comes to nothing."""

    reason: Annotated[str, Len(1, 2000), Doc("All who can read the programme can read it.")]


async def cancel(identity: UUID, command: CancelProgramme, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Cancel a programme that is not completed.

    One event tells each person concerned: candidates, participants, their managers, assessors, facilitators, the
    sponsor. Candidacies without a final answer get the reason as their answer; participations end, and sessions that
    are still ahead are called off.
    """
    found = await uow.programmes.get(identity, expected_version)
    PROGRAMME.permit("cancel", found.facts, found.it.state)
    cancelled = await uow.programmes.save(found.it.cancelled(command.reason), "cancelled")
    await tell_and_let_fall(cancelled, command.reason, uow)
    await cancel_ahead(identity, uow)
    return identity


OPERATIONS = (
    acts(ProgrammeView, open_call, "openProgramme", "open"),
    acts(ProgrammeView, start_selecting, "startSelecting"),
    acts(ProgrammeView, start, "startProgramme"),
    acts(ProgrammeView, complete, "completeProgramme"),
    acts(ProgrammeView, evaluate, "evaluateProgramme"),
    acts(ProgrammeView, cancel, "cancelProgramme"),
)
