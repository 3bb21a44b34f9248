"""Programme templates: rows of the organisation's own, and beside them those that ship with the service.

What ships is no row of anybody's. A reading joins the two: the rows, and a few constants, with the texts in the
organisation's language as a parameter of those statements alone that read them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    column,
    func,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy import table as lean
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.expression import CTE

from service.domain.aggregates import Found
from service.domain.errors import StaleVersion
from service.domain.organisations.model import Language
from service.domain.programme_templates.model import ProgrammeTemplate, TemplateState
from service.domain.programme_templates.shipped import shipped, texts_of
from service.domain.programme_templates.views import ProgrammeTemplateView
from service.repo.levels import of_level
from service.repo.reading.source import Expression, Source, constant
from service.repo.store import Rows, Session, stored
from service.repo.tables import AggregateRow, JsonList, index, table


class ProgrammeTemplateRow(AggregateRow, table=True):
    """A template of the organisation's own."""

    __table_args__ = (
        index("ix_programme_template_state", "state"),
        index("ix_programme_template_level", "level"),
        index("ix_programme_template_updated", "updated_at", "id"),
    )

    state: str
    language: str
    name: str
    purpose: str
    source: str
    level: str
    also_levels: JsonList
    mix: str
    modules: JsonList
    ways: JsonList
    roles: JsonList
    asks_of_managers: str | None
    reach: str | None
    reach_by: JsonList
    credit_to_managers: str | None
    credits: JsonList
    deviation: str | None
    planned_days: int
    days_together: int


_WORDS = ("level", "mix")
_NUMBERS = ("planned_days", "days_together")
_WORD_LISTS = ("also_levels", "ways", "reach_by", "credits")
_TEXTS = ("name", "purpose", "source", "asks_of_managers", "deviation")
_LISTS_OF_TEXTS = ("modules", "roles")
_ORGANISATION = lean("organisation", column("id", Uuid()), column("default_language", Text()))
_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
"""What ships is as old as this, for `updatedSince`."""


def _rows() -> CTE:
    """The organisation's rows, and one for each template that ships, its texts left out."""
    own = table(ProgrammeTemplateRow)
    listed = [_shipped_row(one) for one in shipped(Language.EN).values()]
    return union_all(select(*own.columns), *listed).cte("any_programme_template")


def _shipped_row(template: ProgrammeTemplate) -> Select[Any]:
    """Row-level security leaves one organisation: the template stands in its list, and speaks its language."""
    since = literal_column(f"'{_SINCE.isoformat()}'").cast(DateTime(timezone=True))
    known: dict[str, ColumnElement[Any]] = {
        "organisation_id": _ORGANISATION.c.id,
        "id": literal_column(f"'{template.id}'").cast(Uuid()),
        "version": literal_column("1", Integer()),
        "created_at": since,
        "updated_at": since,
        "state": constant(template.state),
        "language": _ORGANISATION.c.default_language,
        **{name: constant(getattr(template, name)) for name in _WORDS},
        **{name: literal_column(str(getattr(template, name)), Integer()) for name in _NUMBERS},
        **{name: _words(getattr(template, name)) for name in _WORD_LISTS},
    }
    columns = table(ProgrammeTemplateRow).columns
    return select(*(known.get(one.name, null().cast(one.type)).label(one.name) for one in columns))


def _words(listed: tuple[str, ...]) -> ColumnElement[Any]:
    return literal_column(f"'{orjson.dumps([str(one) for one in listed]).decode()}'").cast(JSONB())


def _told(name: str) -> Expression:
    """A text of an own template's row, or of a shipped one in the organisation's language.

    Only a statement that reads the field carries the texts.
    """
    known = {
        str(language): {str(one.id): stored(getattr(one, name)) for one in shipped(language).values()}
        for language in Language
    }
    texts = bindparam(f"shipped_{name}", known, type_=JSONB())
    listed = name in _LISTS_OF_TEXTS

    def said(row: FromClause) -> ColumnElement[Any]:
        found = texts.op("->")(row.c.language).op("->" if listed else "->>")(row.c.id.cast(Text()))
        return case((_is_shipped(row), found), else_=row.c[name])

    return said


_ALL_TEXTS = bindparam(
    "shipped_texts", {str(one): stored(texts_of(one)) for one in shipped(Language.EN)}, type_=JSONB()
)


def _texts(row: FromClause) -> ColumnElement[Any]:
    """Name and purpose in every language that there is."""
    pairs = (part for name in ("language", "name", "purpose") for part in (constant(name), row.c[name]))
    own = func.jsonb_build_array(func.jsonb_build_object(*pairs), type_=JSONB())
    return case((_is_shipped(row), _ALL_TEXTS.op("->")(row.c.id.cast(Text()))), else_=own)


def _is_shipped(row: FromClause) -> ColumnElement[bool]:
    return row.c.state == constant(TemplateState.SHIPPED)


PROGRAMME_TEMPLATES = Source(
    view=ProgrammeTemplateView,
    table=_rows(),
    columns={
        "texts": _texts,
        "name": _told("name"),
        "purpose": _told("purpose"),
        "source": _told("source"),
        "asksOfManagers": _told("asks_of_managers"),
        "deviation": _told("deviation"),
        "modules": _told("modules"),
        "roles": _told("roles"),
    },
    joins={"programmes": lambda row, target: target.c.template_id == row.c.id},
    filters={"level": of_level},
)
"""What is read: own and shipped."""

_OWN = Source(view=ProgrammeTemplateView, table=table(ProgrammeTemplateRow))
"""What is saved."""


@dataclass(eq=False)
class PostgresProgrammeTemplates(Rows[ProgrammeTemplate]):
    """`service.domain.programme_templates.ports.ProgrammeTemplates` in Postgres."""

    def __init__(self, session: Session, language: str) -> None:
        """Bind to one transaction; what ships speaks the organisation's language."""
        super().__init__(session, _OWN, ProgrammeTemplate)
        self.language = Language(language)

    def derived(self, aggregate: ProgrammeTemplate) -> dict[str, Any]:
        """How long it takes."""
        return {name: getattr(aggregate, name) for name in _NUMBERS}

    async def get(self, identity: UUID, expected_version: int | None = None) -> Found[ProgrammeTemplate]:
        """Lock it, unless it ships with the service: nobody changes that. Raises NotFound, StaleVersion."""
        template = shipped(self.language).get(identity)
        if template is None:
            return await super().get(identity, expected_version)
        if expected_version not in {None, template.version}:
            raise StaleVersion(self.source.view.name, expected_version or 0, template.version)
        return Found(it=template, facts=self.session.actor.grants)
