"""Who assesses a candidacy: two or more, whom nothing binds to the candidate."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.assessments.model import Assessment
from service.domain.candidacies.concluding import conclude
from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.states import CANDIDACY
from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AssignAssessors:
    """All who assess this candidacy: two or more."""

    assessor_ids: Annotated[tuple[UUID, ...], Len(2, 10), Doc("All who assess it, each once.")]


async def assign_assessors(
    identity: UUID, command: AssignAssessors, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Say who assesses a candidacy: neither the candidate nor the nearest manager, nor who nominated or is related.

    Who is no longer named need not assess; who has assessed already stays.
    """
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("assignAssessors", found.facts, found.it.state)
    named = frozenset(command.assessor_ids)
    if len(named) < len(command.assessor_ids):
        raise Invalid("assessor_twice", "Each assessor is named once.", pointer="/assessorIds")
    if not named.isdisjoint(await _partial(found.it, uow)):
        raise Conflict(
            "partial_assessor",
            "The candidate, the nearest manager, who nominated them or gave the statement, and who is related to "
            "them do not assess.",
            pointer="/assessorIds",
        )
    before = await uow.assessments.of(identity)
    for one in before:
        if one.assessor_id in named:
            continue
        if one.submitted_at:
            raise Conflict("assessment_submitted", "Somebody who is left out has assessed already.")
        await uow.assessments.remove(one, "unassigned")
    for assessor in sorted(named - {one.assessor_id for one in before}):
        assessment = Assessment(id=new_id(), candidacy_id=identity, person_id=found.it.person_id, assessor_id=assessor)
        await uow.assessments.add(assessment, "assigned")
    await conclude(found.it, uow)
    return identity


async def _partial(candidacy: Candidacy, uow: "UnitOfWork") -> set[UUID | None]:
    """Who does not assess it."""
    person = candidacy.person_id
    return {
        person,
        await uow.candidacies.nearest_manager_of(person),
        candidacy.statement.by_id if candidacy.statement else None,
        *(one.nominator_id for one in await uow.nominations.all_of(person, candidacy.cohort_id)),
        *await uow.declared_relations.of(person),
    }
