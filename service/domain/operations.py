"""The use cases as a table, from which both doors are made."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from inspect import get_annotations
from typing import Any, Literal, TypeAlias
from uuid import UUID

from service.domain.reading import View

UseCase: TypeAlias = Callable[..., Awaitable[UUID]]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A use case at both doors.

    `creates` is `POST /v1/<path>`, or `POST /v1/<path>/<verb>` for a second way in; `changes` is
    `PATCH /v1/<path>/{id}` with merge-patch; `acts` is `POST /v1/<path>/{id}/<verb>`.
    In GraphQL it is the mutation. Its documentation is the use case's docstring.
    """

    kind: Literal["creates", "changes", "acts"]
    view: View
    use_case: UseCase
    mutation: str
    verb: str = ""

    @property
    def command(self) -> type[Any]:
        """The command that the use case takes."""
        return get_annotations(self.use_case)["command"]


def creates(view: View, use_case: UseCase, mutation: str, verb: str = "") -> Operation:
    """A use case `(command, uow) -> id` that makes a new resource; a verb tells a second way to make one apart."""
    return Operation(kind="creates", view=view, use_case=use_case, mutation=mutation, verb=verb)


def changes(view: View, use_case: UseCase, mutation: str) -> Operation:
    """A use case `(identity, command, expected_version, uow) -> id` that edits one."""
    return Operation(kind="changes", view=view, use_case=use_case, mutation=mutation)


def acts(view: View, use_case: UseCase, mutation: str, verb: str = "") -> Operation:
    """A use case `(identity, command, expected_version, uow) -> id` that does something to one.

    The verb in the path is the use case's name unless told otherwise.
    """
    named = verb or use_case.__name__.replace("_", "-")
    return Operation(kind="acts", view=view, use_case=use_case, mutation=mutation, verb=named)
