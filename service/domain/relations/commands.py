"""What can be done to declared relations."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from typing_extensions import Doc

from service.domain.candidacies.concluding import conclude
from service.domain.errors import Forbidden
from service.domain.ids import new_id
from service.domain.operations import acts, creates
from service.domain.relations.model import DECLARED_RELATION, relation
from service.domain.relations.views import DeclaredRelationView

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class DeclareRelation:
    """With whom; HR may say of whom, everybody else speaks of themselves."""

    other_person_id: Annotated[UUID, Doc("Who is too close to assess, or to be assessed.")]
    person_id: Annotated[UUID | None, Doc("Of whom it is said, by HR; oneself where nothing is given.")] = None


async def declare(command: DeclareRelation, uow: "UnitOfWork") -> UUID:
    """Declare that two persons are too close for one to assess the other. Which relation it is need not be said.

    Who is assigned to assess the other is unassigned by it, as long as the candidacy is being assessed.
    """
    person = command.person_id or uow.actor.person
    if person is None or (person != uow.actor.person and "hr" not in uow.actor.grants):
        raise Forbidden("not_allowed", "One declares relations of one's own; HR those of others.")
    made = relation(new_id(), person, command.other_person_id, uow.actor.person)
    await uow.declared_relations.add(made, "declared")
    for candidacy in await uow.assessments.being_assessed_between(made.person_id, made.other_id):
        found = await uow.candidacies.get(candidacy)
        for one in await uow.assessments.of(candidacy):
            if {one.person_id, one.assessor_id} == {made.person_id, made.other_id}:
                await uow.assessments.remove(one, "unassigned")
        await conclude(found.it, uow)
    return made.id


@dataclass(frozen=True, kw_only=True)
class EndRelation:
    """Nothing to say."""


async def end(identity: UUID, command: EndRelation, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Say that two persons are not too close any more: HR, or who declared it."""
    del command
    found = await uow.declared_relations.get(identity, expected_version)
    DECLARED_RELATION.permit("end", found.facts)
    await uow.declared_relations.save(found.it.ended(uow.today), "ended")
    return identity


OPERATIONS = (
    creates(DeclaredRelationView, declare, "declareRelation"),
    acts(DeclaredRelationView, end, "endRelation"),
)
