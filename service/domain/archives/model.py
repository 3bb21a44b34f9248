"""Archives: candidacies whose time is over, held until HR has taken the export that the law asks for."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from service.domain.states import Action, StateMachine


class ArchiveState(StrEnum):
    """From the day on which the retention period was over to the deletion."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DELETED = "deleted"


_S = ArchiveState

ARCHIVE = StateMachine[ArchiveState](
    concept="archive",
    initial=(_S.OPEN,),
    actions=(
        Action(name="confirm", by=("hr",), sources=(_S.OPEN,), targets=(_S.CONFIRMED, _S.DELETED)),
        Action(name="delete", by=(), sources=(_S.OPEN, _S.CONFIRMED), target=_S.DELETED),
    ),
)
"""`delete` is nobody's command: it follows from the confirmation, or from the deadline."""


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Candidacies of those not admitted that are deleted together.

    They wait for HR to confirm that the export is in the organisation's archive, at most until the end of the day
    `confirm_by`. `candidacies` counts those that were put in it.
    """

    id: UUID
    state: ArchiveState = ArchiveState.OPEN
    candidacies: int
    confirm_by: date
    confirmed_on: date | None = None
    deleted_on: date | None = None
    version: int = 0

    def confirmed(self, on: date) -> "Archive":
        """The export is safe."""
        return replace(self, state=ArchiveState.CONFIRMED, confirmed_on=on)

    def deleted(self, on: date) -> "Archive":
        """Nothing is left of what was in it."""
        return replace(self, state=ArchiveState.DELETED, deleted_on=on)
