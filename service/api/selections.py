"""Selections that a caller did not spell out: every field of a view."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from typing import Any, get_args, get_origin, get_type_hints

from service.api.errors import InputError, Malformed
from service.domain.catalogue import VIEWS
from service.domain.errors import Invalid
from service.domain.names import camel
from service.domain.reading import One, View
from service.domain.selection import Leaf, Related, RelatedList, Selection

LONGEST_VALUE = 2_000
"""Characters of a text that can be looked for."""

DEEPEST = 4
"""How many relations `expand` follows, one behind the other."""


def value_object(annotation: Any) -> type[Any] | None:
    """The dataclass that a field holds, one or a list of them; None for a plain value."""
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and is_dataclass(one):
            return one
        for inner in get_args(one):
            if isinstance(inner, type) and is_dataclass(inner):
                return inner
    return None


@cache
def whole(annotation: Any) -> tuple[Leaf, ...]:
    """All parts of a value object, down to the last."""
    kind = value_object(annotation)
    if kind is None:
        return ()
    hints = get_type_hints(kind)
    return tuple(leaf_of(camel(one.name), hints[one.name]) for one in fields(kind))


def leaf_of(name: str, annotation: Any) -> Leaf:
    """A field taken whole."""
    parts = whole(annotation)
    return Leaf(name, name, parts, many=bool(parts) and is_list(annotation))


def is_list(annotation: Any) -> bool:
    """The annotation holds several values."""
    return any(get_origin(one) in {list, tuple} for one in (annotation, *get_args(annotation)))


@cache
def every_field(view: View, *, sensitive: bool) -> tuple[Leaf, ...]:
    """Every field of a view, relations by their ids; the sensitive ones only where they are meant to be read."""
    known = view.all_fields.items()
    return tuple(leaf_of(name, field.type) for name, field in known if sensitive or not field.sensitive)


@lru_cache(maxsize=1_000)
def expanded(view: View, paths: tuple[str, ...] = (), *, root: bool = True) -> Selection:
    """Every field, and behind each dotted path the relations that it names.

    Sensitive fields come with the resource that was asked for, not with its relations: whoever wants those reads
    them where they are, and the log says so. Raises Invalid (`unknown_relation`).
    """
    below: dict[str, list[str]] = {}
    for path in paths:
        head, _, rest = path.partition(".")
        below.setdefault(head, []).extend([rest] if rest else [])
    related: list[Related | RelatedList] = []
    for name, rests in below.items():
        relation = view.all_relations.get(name)
        if relation is None:
            known = ", ".join(view.all_relations) or "none"
            raise Invalid(
                "unknown_relation", f"{view.name} has no relation {name}; it has: {known}.", pointer="/expand"
            )
        selection = expanded(VIEWS[relation.view], tuple(sorted(set(rests))), root=False)
        kind = Related if isinstance(relation, One) else RelatedList
        related.append(kind(name, name, selection))
    return Selection((*every_field(view, sensitive=root), *related))


def paths_of(values: Iterable[str]) -> tuple[str, ...]:
    """`expand` as callers write it, repeated or comma-separated, as dotted paths in a fixed order.

    Raises Malformed.
    """
    paths = {path for value in values for path in value.split(",") if path}
    if any(path.count(".") >= DEEPEST for path in paths):
        raise Malformed([InputError(pointer="/expand", detail=f"At most {DEEPEST} relations one behind the other.")])
    return tuple(sorted(paths))


@cache
def parts_of(kind: type[Any]) -> Mapping[str, Any]:
    """The fields of a value object on the wire, with their types."""
    hints = get_type_hints(kind)
    return {camel(one.name): hints[one.name] for one in fields(kind)}
