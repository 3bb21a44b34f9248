"""Declared relations between two persons."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, text

from service.domain.relations.model import DeclaredRelation
from service.domain.relations.views import DeclaredRelationView
from service.repo.reading.source import ME, Source
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, check, index, reference, table


class DeclaredRelationRow(AggregateRow, table=True):
    """Two persons, the smaller id first."""

    __table_args__ = (
        reference("person_id", "person"),
        reference("other_id", "person"),
        reference("declared_by_id", "person"),
        check("ck_declared_relation_pair", "person_id < other_id"),
        index(
            "uq_declared_relation_live", "person_id", "other_id", unique=True, postgresql_where=text("ended_on IS NULL")
        ),
        index("ix_declared_relation_person", "person_id"),
        index("ix_declared_relation_other", "other_id"),
        index("ix_declared_relation_declared_by", "declared_by_id"),
        index("ix_declared_relation_updated", "updated_at", "id"),
    )

    person_id: UUID
    other_id: UUID
    declared_by_id: UUID | None
    ended_on: date | None


def related(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[bool]:
    """The two are declared to be too close today; `one` is a column, `other` may be a parameter."""
    row = table(DeclaredRelationRow).alias()
    pair = or_(
        and_(row.c.person_id == one, row.c.other_id == other), and_(row.c.person_id == other, row.c.other_id == one)
    )
    return exists(select(row.c.id).where(row.c.ended_on.is_(None), pair).correlate_except(row))


DECLARED_RELATIONS = Source(
    view=DeclaredRelationView,
    table=table(DeclaredRelationRow),
    named={
        "self": lambda row: or_(row.c.person_id == ME, row.c.other_id == ME),
        "declarer": lambda row: row.c.declared_by_id == ME,
        "live": lambda row: row.c.ended_on.is_(None),
    },
    filters={
        "personId": lambda row, value: or_(row.c.person_id == value, row.c.other_id == value),
        "live": lambda row, value: row.c.ended_on.is_(None) == value,
    },
)

_OF = """
SELECT other_id FROM declared_relation WHERE person_id = $1 AND ended_on IS NULL
UNION SELECT person_id FROM declared_relation WHERE other_id = $1 AND ended_on IS NULL
"""


@dataclass(eq=False)
class PostgresDeclaredRelations(Rows[DeclaredRelation]):
    """`service.domain.relations.ports.DeclaredRelations` in Postgres."""

    nameless = True  # who is related to whom is for HR

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, DECLARED_RELATIONS, DeclaredRelation)

    async def of(self, person: UUID) -> frozenset[UUID]:
        """To whom the person is related today."""
        return frozenset(row[0] for row in await self.session.connection.fetch(_OF, person))
