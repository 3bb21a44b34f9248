"""Units, and the closure of their tree: every pair of a unit and one above it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, exists, func, or_, select
from sqlmodel import Field, SQLModel

from service.domain.text import fold, sort_key
from service.domain.units.model import Unit
from service.domain.units.views import UnitView
from service.repo import leading
from service.repo.reading.source import TODAY, Source, constant
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, SortKey, index, reference, table, unique
from service.repo.talents import TalentRow


class UnitRow(AggregateRow, table=True):
    """A unit."""

    __table_args__ = (
        reference("parent_id", "unit"),
        unique("uq_unit_external", "source", "external_id"),
        index("ix_unit_parent", "parent_id"),
        index("ix_unit_name_key", "name_key", "id"),
        index("ix_unit_name_folded", "name_folded"),
        index("ix_unit_kind", "kind"),
        index("ix_unit_updated", "updated_at", "id"),
        index("ix_unit_external_id", "external_id"),
    )

    name: str
    kind: str
    parent_id: UUID | None
    cost_centre: str | None
    source: str | None
    external_id: str | None
    closed_on: date | None
    name_key: SortKey
    name_folded: SortKey


class UnitClosureRow(SQLModel, table=True):
    """A unit and one above it, `depth` steps up; itself at 0."""

    __tablename__ = "unit_closure"  # pyright: ignore[reportAssignmentType]  # SQLModel's documented way
    __table_args__ = (
        reference("ancestor_id", "unit"),
        reference("descendant_id", "unit"),
        index("ix_unit_closure_descendant", "descendant_id", "depth", "ancestor_id"),
    )

    organisation_id: UUID = Field(primary_key=True)
    ancestor_id: UUID = Field(primary_key=True)
    descendant_id: UUID = Field(primary_key=True)
    depth: int


def _employees(row: FromClause) -> ColumnElement[Any]:
    closure, engagement = table(UnitClosureRow).alias(), leading.primary()
    return (
        select(func.count())
        .select_from(closure.join(engagement, engagement.c.unit_id == closure.c.descendant_id))
        .where(closure.c.ancestor_id == row.c.id)
        .correlate(row)
        .scalar_subquery()
    )


def _talents(row: FromClause) -> ColumnElement[Any]:
    closure, engagement, talent = table(UnitClosureRow).alias(), leading.primary(), table(TalentRow).alias()
    return (
        select(func.count(talent.c.person_id.distinct()))
        .select_from(
            closure.join(engagement, engagement.c.unit_id == closure.c.descendant_id).join(
                talent, talent.c.person_id == engagement.c.person_id
            )
        )
        .where(closure.c.ancestor_id == row.c.id, talent.c.ended_on.is_(None))
        .correlate(row)
        .scalar_subquery()
    )


def administration_of(unit: ColumnElement[Any]) -> ColumnElement[Any]:
    """The administration that a unit is, or is part of; null above them."""
    closure, above = table(UnitClosureRow).alias(), table(UnitRow).alias()
    wanted = (
        select(above.c.id)
        .select_from(closure.join(above, above.c.id == closure.c.ancestor_id))
        .where(closure.c.descendant_id == unit, above.c.kind == constant("administration"))
        .order_by(closure.c.depth.desc())
        .limit(1)
    )
    return leading.beside(wanted, unit).scalar_subquery()


def _is_open(row: FromClause) -> ColumnElement[bool]:
    return or_(row.c.closed_on.is_(None), row.c.closed_on > TODAY)


def _leavable(row: FromClause) -> ColumnElement[bool]:
    """Whoever works in it or below it will have left, and what is below it will be closed: there is such a day."""
    closure, engagement, below = table(UnitClosureRow).alias(), leading.ENGAGEMENT.alias(), table(UnitRow).alias()
    staying = (
        select(closure.c.descendant_id)
        .select_from(closure.join(engagement, engagement.c.unit_id == closure.c.descendant_id))
        .where(closure.c.ancestor_id == row.c.id, engagement.c.end_on.is_(None))
    )
    open_below = select(below.c.id).where(below.c.parent_id == row.c.id, below.c.closed_on.is_(None))
    return ~exists(staying.correlate(row)) & ~exists(open_below.correlate(row))


UNITS = Source(
    view=UnitView,
    table=table(UnitRow),
    named={
        "manages": lambda row: leading.manages(row.c.id),
        "leavable": _leavable,
        "leads": lambda row: leading.is_manager_of_unit(row.c.id),
    },
    columns={
        "employeeCount": _employees,
        "talentCount": _talents,
        "administrationId": lambda row: administration_of(row.c.id),
        "managerId": lambda row: leading.manager_of_unit(row.c.id),
    },
    joins={
        "administration": lambda row, target: target.c.id == administration_of(row.c.id),
        "manager": lambda row, target: target.c.id == leading.manager_of_unit(row.c.id),
        "units": lambda row, target: target.c.parent_id == row.c.id,
    },
    filters={
        "withinId": lambda row, value: leading.within(row.c.id, value),
        "open": lambda row, value: _is_open(row) == value,
    },
)

_DETACH = """
DELETE FROM unit_closure c USING unit_closure below, unit_closure above
WHERE below.ancestor_id = $1 AND above.descendant_id = $1 AND above.ancestor_id <> $1
  AND c.descendant_id = below.descendant_id AND c.ancestor_id = above.ancestor_id
"""
_ATTACH = """
INSERT INTO unit_closure (organisation_id, ancestor_id, descendant_id, depth)
SELECT above.organisation_id, above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
FROM unit_closure above, unit_closure below
WHERE above.descendant_id = $2 AND below.ancestor_id = $1
"""
_IN_USE = """
SELECT EXISTS (SELECT FROM unit_closure c JOIN engagement e ON e.unit_id = c.descendant_id
               WHERE c.ancestor_id = $1 AND (e.end_on IS NULL OR e.end_on > $2))
    OR EXISTS (SELECT FROM unit u WHERE u.parent_id = $1 AND (u.closed_on IS NULL OR u.closed_on > $2))
"""


@dataclass(eq=False)
class PostgresUnits(Rows[Unit]):
    """`service.domain.units.ports.Units` in Postgres; the closure follows each addition and move."""

    def __init__(self, session: Session, language: str) -> None:
        """Bind to one transaction; names sort in the language's alphabet."""
        super().__init__(session, UNITS, Unit)
        self.language = language

    def derived(self, aggregate: Unit) -> dict[str, Any]:
        """The name's sort and search keys."""
        return {"name_key": sort_key(aggregate.name, self.language), "name_folded": fold(aggregate.name)}

    async def add(self, aggregate: Unit, event: str) -> Unit:
        """Insert it with its place in the tree."""
        added = await super().add(aggregate, event)
        await self.session.connection.execute(
            "INSERT INTO unit_closure (organisation_id, ancestor_id, descendant_id, depth) VALUES ($1, $2, $2, 0)",
            self.session.actor.organisation,
            added.id,
        )
        if added.parent_id:
            await self.session.connection.execute(_ATTACH, added.id, added.parent_id)
        return added

    async def save(self, aggregate: Unit, event: str) -> Unit:
        """Save it; a new parent moves it with all that is below."""
        before = self.loaded[aggregate.id]
        saved = await super().save(aggregate, event)
        if before.parent_id != saved.parent_id:
            await self.session.connection.execute(_DETACH, saved.id)
            if saved.parent_id:
                await self.session.connection.execute(_ATTACH, saved.id, saved.parent_id)
        return saved

    async def lock_tree(self) -> None:
        """One mover at a time: two moves, each right alone, could close a circle together."""
        await self.session.connection.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('unit tree ' || $1, 0))",
            str(self.session.actor.organisation),
        )

    async def ancestors(self, identity: UUID) -> frozenset[UUID]:
        """The ids of the unit and of all above it."""
        rows = await self.session.connection.fetch(
            "SELECT ancestor_id FROM unit_closure WHERE descendant_id = $1", identity
        )
        return frozenset(row[0] for row in rows)

    async def in_use(self, identity: UUID, on: date) -> bool:
        """Somebody is engaged in the unit or below it on the day, or a unit below is open."""
        return await self.session.connection.fetchval(_IN_USE, identity, on)
