"""The one way of a command through either door: checked, idempotent, in one transaction, answered by a reading."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from service.domain.actor import Actor
from service.domain.errors import Invalid, NotFound
from service.domain.identity_numbers import find_identity_number
from service.domain.names import camel
from service.domain.operations import Operation
from service.domain.reading import Reading
from service.domain.selection import PageArguments, Selection
from service.domain.unit_of_work import Transactions, UnitOfWork
from service.domain.unset import changes

_KEY_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A command on its way: what to do, to which resource, at which version, and what to answer."""

    operation: Operation
    command: Any
    selection: Selection
    arguments: Mapping[str, PageArguments]
    identity: UUID | None = None
    expected_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of it: the resource and its answer; `replayed` where it was done before."""

    resource: UUID
    reading: Reading
    replayed: bool = False


async def perform(
    transactions: Transactions, actor: Actor, wishes: Sequence[Wish], key: str | None, status: int
) -> list[Done]:
    """Do all of them in one transaction, or none.

    With an idempotency key (for a single wish) a repetition is answered with the resource as it is now. Raises
    DomainError.
    """
    for wish in wishes:
        refuse_identity_numbers(wish.command)
    if key is not None and not (0 < len(key) <= _KEY_LENGTH and key.isascii() and key.isprintable()):
        raise Invalid("bad_idempotency_key", "An Idempotency-Key is 1 to 200 visible ASCII characters.")

    async def work(uow: UnitOfWork) -> list[Done]:
        if key is None:
            return [await _done(wish, uow) for wish in wishes]
        (wish,) = wishes
        answered = await uow.requests.claim(key, fingerprint(wish))
        if answered is not None:
            return [await _read(wish, answered.resource, uow, replayed=True)]
        done = await _done(wish, uow)
        await uow.requests.answer(key, status, done.resource)
        return [done]

    return await transactions.run(actor, work)


async def _done(wish: Wish, uow: UnitOfWork) -> Done:
    case = wish.operation.use_case
    if wish.operation.kind == "creates":
        resource = await case(wish.command, uow)
    else:
        resource = await case(wish.identity, wish.command, wish.expected_version, uow)
    return await _read(wish, resource, uow)


async def _read(wish: Wish, resource: UUID, uow: UnitOfWork, *, replayed: bool = False) -> Done:
    view = wish.operation.view
    reading = await uow.reader.one(view, resource, wish.selection, uow.actor, wish.arguments)
    if reading is None:
        raise NotFound(view.name, resource)
    return Done(resource=resource, reading=reading, replayed=replayed)


def fingerprint(wish: Wish) -> str:
    """What makes two requests the same one."""
    said = (wish.operation.mutation, wish.identity, wish.expected_version, repr(wish.command))
    return hashlib.blake2s(repr(said).encode(), digest_size=16).hexdigest()


def refuse_identity_numbers(command: Any) -> None:
    """No national identity number passes, in free text either. Raises Invalid (`identity_number`)."""
    for pointer, text in _texts(command, ""):
        if country := find_identity_number(text):
            raise Invalid(
                "identity_number", f"This looks like a national identity number ({country}).", pointer=pointer
            )


def _texts(value: Any, pointer: str) -> "list[tuple[str, str]]":
    if isinstance(value, str):
        return [(pointer, value)]
    if isinstance(value, tuple):
        listed = cast("tuple[Any, ...]", value)
        return [found for i, one in enumerate(listed) for found in _texts(one, f"{pointer}/{i}")]
    if hasattr(value, "__dataclass_fields__"):
        return [found for name, one in changes(value).items() for found in _texts(one, f"{pointer}/{camel(name)}")]
    return []
