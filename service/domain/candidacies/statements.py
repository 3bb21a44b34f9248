"""The manager's statement: requested with the candidacy, reminded of once, given or not."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.candidacies.model import Statement
from service.domain.candidacies.states import CANDIDACY
from service.domain.errors import Forbidden

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

REMINDED_BEFORE = timedelta(days=3)
"""How long before a statement is due its manager is reminded."""


@dataclass(frozen=True, kw_only=True)
class GiveStatement:
    """The nearest manager supports it or does not, and why."""

    supports: Annotated[bool, Doc("The manager supports the candidacy.")]
    reason: Annotated[str, Len(1, 5000), Doc("The candidate and the assessors read it.")]


async def give_statement(
    identity: UUID, command: GiveStatement, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Give the manager's statement. It is a record, not a veto; a missing one counts against nobody (F2, W3)."""
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("giveStatement", found.facts, found.it.state)
    if uow.actor.person is None:
        raise Forbidden("not_allowed", "A statement is a person's.")
    statement = Statement(supports=command.supports, reason=command.reason, by_id=uow.actor.person, given_on=uow.today)
    await uow.candidacies.save(replace(found.it, statement=statement), "statement_given")
    return identity


async def remind_of_statements(uow: "UnitOfWork") -> None:
    """Remind, once and by an event, of statements that are due in a few days and not there."""
    for one in await uow.candidacies.unstated(uow.today + REMINDED_BEFORE):
        await uow.candidacies.save(replace(one, statement_reminded_at=uow.now), "statement_reminded")
