"""Places of a cohort: how many are free, and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from service.domain.candidacies.model import Candidacy
from service.domain.cohorts.model import Cohort
from service.domain.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class Seats:
    """The cohort's places. `taken` names the administration of each who is offered one or has accepted it.

    Whoever comes from an administration with reserved seats takes one of those first.
    """

    cohort: Cohort
    taken: tuple[UUID | None, ...]

    def kept_for(self, administration: UUID) -> int:
        """Reserved seats of the administration that nobody from it has taken yet."""
        return max(0, self.cohort.reserved_for(administration) - self.taken.count(administration))

    def free_for(self, administration: UUID | None) -> bool:
        """Somebody from there can have a place: one of their own, or one that is kept for nobody."""
        free = self.cohort.capacity - len(self.taken)
        if free > 0 and administration is not None and self.kept_for(administration):
            return True
        return free > sum(self.kept_for(one.unit_id) for one in self.cohort.reserved)

    def take(self, administration: UUID | None) -> None:
        """Let somebody from there have a place. Raises Conflict (`cohort_full`)."""
        if not self.free_for(administration):
            kept = sum(self.kept_for(one.unit_id) for one in self.cohort.reserved)
            free = self.cohort.capacity - len(self.taken)
            detail = f"{free} of {self.cohort.capacity} places are free, {kept} of them reserved for others."
            raise Conflict("cohort_full", detail)

    def next_of(self, waitlist: Iterable[Candidacy]) -> Candidacy | None:
        """The first in the order of the waitlist for whom there is a place."""
        return next((one for one in waitlist if self.free_for(one.administration_id)), None)
