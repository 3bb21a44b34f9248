"""Who sees what, as a page of the reference: written from the views, which are what the read engine compiles."""

from collections.abc import Iterator

from service.domain.catalogue import VIEWS

_HEAD = """# Who sees what

Generated from the views in `service/domain` by `talentspor contract`. A name is a role or scope of the token, or a
relation to the row that follows from data at the moment of reading ([roles](roles.md)). Whoever is not named does not
learn that the row exists; a field that somebody may not read is null for them.

## Rows

| concept | seen by |
|---|---|"""

_FIELDS = """
## Fields for some readers only

Reading a *sensitive* field is written to the access log. A count is *exact* for some readers; the others read it
rounded down to a multiple of the organisation's anonymity threshold, and null below that.

| field | read by | sensitive |
|---|---|---|"""

_SHIELDED = """
## Protected identities

Rows about a person with a protected identity are hidden from everybody but these.

| concept | seen by |
|---|---|"""


def visibility() -> str:
    """The page. A row per concept, per limited field, and per concept about a person."""
    return "\n".join([_HEAD, *_rows(), _FIELDS, *_fields(), _SHIELDED, *_shielded(), ""])


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _rows() -> Iterator[str]:
    for view in VIEWS.values():
        yield f"| `{view.name}` | {_named(view.visible_to)} |"


def _fields() -> Iterator[str]:
    for view in VIEWS.values():
        for field in view.fields:
            if field.readable_by is not None or field.sensitive:
                readers = _named(field.readable_by) if field.readable_by is not None else "who sees the row"
                exact = f"; exact: {_named(field.exact_for)}" if field.exact_for is not None else ""
                yield f"| `{view.name}.{field.name}` | {readers}{exact} | {'yes' if field.sensitive else ''} |"


def _shielded() -> Iterator[str]:
    for view in VIEWS.values():
        if view.subject is not None:
            yield f"| `{view.name}` | {_named(view.shielded_to)} |"
