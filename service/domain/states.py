"""State machines as data: who may do what, from which state, to which state.

The same table feeds the guard in the aggregate, `allowedActions` in every answer, and the diagrams in `docs/`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from service.domain.errors import Conflict, Forbidden

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Something that must hold in the stored data, named once and evaluated in SQL.

    Where it `forbids`, it is about who asks, and no other moment would do.
    """

    name: str
    code: str
    detail: str
    forbids: bool = False


A_PERSON = Condition(name="person", code="person_needed", detail="A person does this, not a system.", forbids=True)
"""Whoever gives their word is somebody: a system without a person behind it has none to give."""


@dataclass(frozen=True, kw_only=True)
class Action(Generic[S]):
    """One thing that can be done to an aggregate.

    `name` is its verb on the wire (camelCase). `by` names roles, scopes and relations to the row (such as
    `nearestManager`). Without `sources` it may be done in any state; without `target` the state stays or is
    chosen by the aggregate, which then lists the possibilities in `targets` for the diagram.
    """

    name: str
    by: tuple[str, ...]
    sources: tuple[S, ...] = ()
    target: S | None = None
    targets: tuple[S, ...] = ()
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StateMachine(Generic[S]):
    """The life of an aggregate. `concept` is its name in a sentence."""

    concept: str
    actions: tuple[Action[S], ...]
    initial: tuple[S, ...] = ()

    def action(self, name: str) -> Action[S]:
        """The action of that name. Raises KeyError for a name that is not in the table."""
        for action in self.actions:
            if action.name == name:
                return action
        raise KeyError(name)

    def permit(self, name: str, facts: frozenset[str], state: S | None = None) -> Action[S]:
        """Let the action pass, given the state and the facts that hold for this actor and this row.

        Raises Forbidden (`not_allowed`, or the condition's own code) for the wrong person, Conflict (`wrong_state`,
        or the condition's own code) for the wrong moment.
        """
        action = self.action(name)
        if facts.isdisjoint(action.by):
            raise Forbidden("not_allowed", f"{name} of a {self.concept} takes one of: {', '.join(action.by)}.")
        if action.sources and state not in action.sources:
            wanted = ", ".join(action.sources)
            raise Conflict("wrong_state", f"The {self.concept} is {state}; {name} needs it to be {wanted}.")
        for condition in action.when:
            if condition.name not in facts:
                raise (Forbidden if condition.forbids else Conflict)(condition.code, condition.detail)
        return action
