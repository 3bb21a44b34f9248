"""Commands at the doors: one adapter from a command's dataclass to a model that reads JSON strictly."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    create_model,
)
from typing_extensions import Doc

from service.api.errors import InputError, Malformed
from service.domain.names import camel
from service.domain.unset import UNSET, Unset

_CONFIG = ConfigDict(alias_generator=camel, extra="forbid", strict=True, arbitrary_types_allowed=False)


def _whole(value: Any) -> Any:
    """`5.0` is a whole number, as JSON Schema says."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: Any) -> Any:
    if isinstance(value, str):
        raise ValueError("A number, without quotes.")  # noqa: TRY004  -- pydantic reads ValueErrors
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC) if value.tzinfo else value
    except OverflowError as error:
        raise ValueError("A time in the calendar's years.") from error


NO_NUL = "^[^\\u0000]*$"
"""Postgres stores no NUL character."""

_READ: Mapping[Any, tuple[Any, ...]] = {
    str: (StringConstraints(pattern=NO_NUL),),
    int: (BeforeValidator(_whole),),
    Decimal: (BeforeValidator(_number),),
    datetime: (AfterValidator(_in_utc),),
}


def without_unset(annotation: Any) -> Any:
    """The annotation without the `Unset` that a merge-patch adds."""
    if get_origin(annotation) in {Union, types.UnionType}:
        kept = [one for one in get_args(annotation) if one is not Unset]
        return Union[tuple(kept)]  # noqa: UP007  -- built at run time
    return annotation


def modelled(annotation: Any) -> Any:
    """The annotation with every dataclass inside it replaced by its model."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return model_of(annotation)
    if origin is Annotated:
        # What reads a value comes last: the limits before it stay limits of the plain type, for the contract.
        reads = _READ.get(inside[0], ())
        made = (inside[0] if reads else modelled(inside[0]), *inside[1:], *reads)
        return Annotated[made]  # pyright: ignore[reportInvalidTypeForm]  # at run time
    if origin in {Union, types.UnionType}:
        return Union[tuple(modelled(one) for one in inside)]  # noqa: UP007
    if origin in {list, tuple}:
        return cast("Any", types.GenericAlias(list, (modelled(inside[0]),)))
    return Annotated[(annotation, *_READ[annotation])] if annotation in _READ else cast("Any", annotation)


@cache
def model_of(command: type[Any]) -> type[BaseModel]:
    """The model of a command or of a value inside one: camelCase, nothing extra, no guessing of types."""
    hints = get_type_hints(command, include_extras=True)
    given: dict[str, Any] = {}
    for one in fields(command):
        annotation = modelled(without_unset(hints[one.name]))
        doc = described(annotation)
        default = ... if one.default is MISSING and one.default_factory is MISSING else one.default
        if one.default_factory is not MISSING:
            given[one.name] = (annotation, Field(default_factory=one.default_factory, description=doc))
        elif default is UNSET:
            given[one.name] = (annotation, Field(default=None, description=doc, validate_default=False))
        else:
            given[one.name] = (annotation, Field(default, description=doc))
    return create_model(command.__name__, __config__=_CONFIG, __doc__=command.__doc__, **given)


def read(command: type[Any], body: bytes) -> Any:
    """The command that a JSON document says. Raises Malformed with a pointer to each fault."""
    try:
        model = model_of(command).model_validate_json(body or b"{}", strict=True)
    except ValidationError as error:
        raise Malformed([_input_error(one) for one in error.errors(include_url=False)]) from error
    return _made(command, model)


def read_mapping(command: type[Any], values: Mapping[str, Any]) -> Any:
    """The same from values that are JSON already taken apart."""
    return read(command, orjson.dumps(values))


def _made(command: type[Any], model: BaseModel) -> Any:
    values = {name: getattr(model, name) for name in model.model_fields_set}
    hints = get_type_hints(command)
    return command(**{name: _typed(hints[name], value) for name, value in values.items()})


def _typed(hint: Any, value: Any) -> Any:
    if isinstance(value, BaseModel):
        inner = next(one for one in (hint, *get_args(hint)) if isinstance(one, type) and is_dataclass(one))
        return _made(inner, value)
    if isinstance(value, list):
        listed = next(one for one in (hint, *get_args(hint)) if get_origin(one) in {list, tuple})
        return tuple(_typed(get_args(listed)[0], one) for one in cast("list[Any]", value))
    return value


def _input_error(error: Any) -> InputError:
    said = "A text without NUL characters." if error["type"] == "string_pattern_mismatch" else str(error["msg"])
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in error["loc"])
    return InputError(pointer=pointer, detail=said)


def described(annotation: Any) -> str | None:
    """The documentation that an annotation carries, itself or inside an `… | None`."""
    if get_origin(annotation) in {Union, types.UnionType}:
        return next(filter(None, map(described, get_args(annotation))), None)
    for one in getattr(annotation, "__metadata__", ()):
        if isinstance(one, Doc):
            return one.documentation
    return None
