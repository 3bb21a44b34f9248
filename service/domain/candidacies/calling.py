"""The call of a cohort: open to whom it may concern until its deadline, where the organisation is."""

from typing import TYPE_CHECKING
from uuid import UUID

from service.domain.aggregates import Found
from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.states import CALL_OPEN
from service.domain.cohorts.model import Cohort
from service.domain.errors import Conflict, Forbidden
from service.domain.ids import new_id
from service.domain.persons.model import Person

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


async def lock_open_call(cohort: UUID, uow: "UnitOfWork") -> Found[Cohort]:
    """Lock the cohort while its call is open. Raises Conflict (`call_closed`) with the deadline, local time."""
    found = await uow.cohorts.get(cohort)
    if CALL_OPEN.name in found.facts:
        return found
    until = found.it.apply_by.astimezone(uow.zone)
    if until <= uow.now:
        detail = f"Applications were taken until {until:%Y-%m-%d %H:%M} ({uow.zone.key})."
        raise Conflict(CALL_OPEN.code, detail, pointer="/cohortId")
    raise Conflict(CALL_OPEN.code, "The programme does not take applications now.", pointer="/cohortId")


def refuse_outsider(person: Person, uow: "UnitOfWork") -> None:
    """A call is for those who work here (F1). Raises Forbidden (`not_allowed`)."""
    if person.external or (person.left_on is not None and person.left_on <= uow.today):
        raise Forbidden("not_allowed", "A call is for employees.")


async def draft_of(person: UUID, cohort: UUID, uow: "UnitOfWork") -> Candidacy:
    """A new candidacy of the person, from the administration where they work today; not kept yet."""
    return Candidacy(
        id=new_id(),
        person_id=person,
        cohort_id=cohort,
        administration_id=await uow.candidacies.administration_of(person),
    )
