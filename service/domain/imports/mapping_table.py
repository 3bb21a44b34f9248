"""One section of a mapping file: hands out its entries and notes what is wrong with them."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import NamedTuple, Self, cast

from service.domain.imports.mapping import Cell


class MappingProblem(NamedTuple):
    """One thing that is wrong in a mapping file, where, and what may stand there."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Table:
    """One section of the file: hands out its entries and notes what is wrong with them."""

    def __init__(self, entries: Mapping[str, object], origin: str, problems: list[MappingProblem]) -> None:
        self.origin = self.place = origin
        self.problems = problems
        self._entries = entries
        self._known: list[str] = []

    def refuse(self, key: str | None, message: str) -> None:
        """Note what is wrong with a key, or with the whole section."""
        place = f'{self.place}, key "{key}"' if key else self.place
        self.problems.append(MappingProblem(place, message))

    def finish(self) -> None:
        """Refuse the keys that nobody asked for."""
        for key in self._entries:
            if key not in self._known:
                close = get_close_matches(key, self._known, 1)
                meant = f' Did you mean "{close[0]}"?' if close else ""
                self.refuse(key, f"is not known here.{meant} Known are {_listed(sorted(self._known))}.")

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self._take(key)
        if isinstance(value, str) and value:
            return value
        self.refuse(key, "is missing." if value is None else f"must be a text in quotes, not {value!r}.")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when the key is absent."""
        value = self._take(key)
        found = _texts(value)
        if value is not None and not found:
            self.refuse(key, 'must be a list of texts, such as ["a", "b"].')
        return found

    def choice(self, key: str, allowed: Collection[str], *, default: str | None = None) -> str:
        """One of the allowed words."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value in allowed:
            return value
        found = "is missing" if value is None else f"is {value!r}"
        self.refuse(key, f"{found}; it must be one of {_listed(allowed)}.")
        return ""

    def flag(self, key: str) -> bool:
        """True or false; false when the key is absent."""
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, f"must be true or false, without quotes, not {value!r}.")
        return value is True

    def accepted_values(self, key: str) -> dict[str, tuple[str, ...]]:
        """For each of some columns, the values that count."""
        value = self._take(key)
        accepted = {
            column: _texts([wanted] if isinstance(wanted, str) else wanted)
            for column, wanted in (_entries(value) or {}).items()
        }
        if value is not None and (not accepted or not all(accepted.values())):
            self.refuse(key, 'must name a column and its accepted values, such as { Status = ["1", "2"] }.')
        return accepted

    def tables(self, key: str) -> list[Self]:
        """The sections under this one; none when the key is absent."""
        value = self._take(key)
        if value is None:
            return []
        parts = [_entries(part) for part in cast("list[object]", value)] if isinstance(value, list) else [None]
        found: list[Self] = []
        for number, part in enumerate(parts, start=1):
            if part is None:
                self.refuse(key, f"must be sections in double brackets, such as [[{key}]].")
                continue
            table = type(self)(part, self.origin, self.problems)
            table.place = f"{self.place}, {key}" + (f" {number}" if len(parts) > 1 else "")
            found.append(table)
        return found

    def key(self, key: str) -> Cell:
        """A cell that must be there and must come from columns."""
        cell = self.needed(key, joined=True)
        if cell.constant is not None:
            self.refuse(key, "must name a column; a constant would be the same in every row.")
        return cell

    def needed(self, key: str, *, joined: bool = False, one_of: Collection[str] = ()) -> Cell:
        """A cell that must be there."""
        cell = self.cell(key, joined=joined, one_of=one_of)
        if cell is None and key not in self._entries:
            self.refuse(key, "is missing; name the column.")
        return cell or Cell()

    def cell(self, key: str, *, joined: bool = False, one_of: Collection[str] = ()) -> Cell | None:
        """Where a value comes from: `joined` allows several columns, `one_of` bounds what the mapping itself says."""
        value = self._take(key)
        if value is None:
            return None
        cell = _cell(value)
        if cell is None:
            self.refuse(
                key,
                "must be a column (\"Name\"), several (['Department', 'Division']), a column with translations "
                '({ column = "Sex", translate = { M = "male" } }) or a constant ({ constant = "team" }).',
            )
            return None
        if len(cell.columns) > 1 and not joined:
            self.refuse(key, "is one column's value; only keys are made of several columns.")
        said = [*cell.translations.values(), *([cell.constant] if cell.constant is not None else [])]
        for wrong in [word for word in said if one_of and word not in one_of]:
            self.refuse(key, f"{wrong!r} is not one of {_listed(sorted(one_of))}.")
        return cell

    def _take(self, key: str) -> object:
        self._known.append(key)
        return self._entries.get(key)


def _cell(value: object) -> Cell | None:
    if isinstance(value, str):
        return Cell((value,)) if value else None
    if isinstance(value, list):
        columns = _texts(cast("list[object]", value))
        return Cell(columns) if columns else None
    entries = _entries(value) or {}
    constant, column = entries.get("constant"), entries.get("column")
    if entries.keys() == {"constant"} and isinstance(constant, str) and constant:
        return Cell(constant=constant)
    words = _entries(entries.get("translate"))
    if entries.keys() == {"column", "translate"} and isinstance(column, str) and column and words:
        translations = {said: word for said, word in words.items() if isinstance(word, str)}
        return Cell((column,), translations=translations) if len(translations) == len(words) else None
    return None


def _entries(value: object) -> dict[str, object] | None:
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def _texts(value: object) -> tuple[str, ...]:
    parts = cast("list[object]", value) if isinstance(value, list) else []
    texts = tuple(part for part in parts if isinstance(part, str) and part)
    return texts if len(texts) == len(parts) else ()


def _listed(words: Collection[str]) -> str:
    return ", ".join(f'"{word}"' if word != "\t" else '"\\t"' for word in words)
