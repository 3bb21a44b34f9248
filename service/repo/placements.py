"""Placements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, Text, and_, bindparam, func, literal_column, or_, select, text
from sqlalchemy.dialects.postgresql import JSONB

from service.domain.actor import Role
from service.domain.errors import NotFound
from service.domain.placements.commands import SIGNS_FOR
from service.domain.placements.model import Party, Placement, PlacementState
from service.domain.placements.views import PlacementView
from service.repo import leading
from service.repo.reading.reader import statement
from service.repo.reading.source import ME, TODAY, Predicate, Source, among, constant, has_role
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, JsonList, check, index, reference, table


class PlacementRow(AggregateRow, table=True):
    """A person for a while in another unit."""

    __table_args__ = (
        reference("person_id", "person"),
        reference("home_unit_id", "unit"),
        reference("host_unit_id", "unit"),
        reference("host_supervisor_id", "person"),
        reference("position_id", "position"),
        reference("participation_id", "participation"),
        reference("extends_id", "placement"),
        check("ck_placement_period", "end_on > start_on"),
        check("ck_placement_load", "load_percent BETWEEN 1 AND 100"),
        index(
            "uq_placement_acting",
            "position_id",
            unique=True,
            postgresql_where=text("state = 'active' AND kind IN ('acting_leader', 'secondment')"),
        ),
        index("ix_placement_person", "person_id", "start_on"),
        index("ix_placement_home_unit", "home_unit_id"),
        index("ix_placement_host_unit", "host_unit_id"),
        index("ix_placement_host_supervisor", "host_supervisor_id"),
        index("ix_placement_position", "position_id"),
        index("ix_placement_participation", "participation_id"),
        index("ix_placement_extends", "extends_id"),
        index("ix_placement_kind", "kind"),
        index("ix_placement_start", "start_on", "id"),
        index("ix_placement_end", "state", "end_on"),
        index("ix_placement_updated", "updated_at", "id"),
    )

    person_id: UUID
    kind: str
    state: str
    home_unit_id: UUID | None
    host_unit_id: UUID
    host_supervisor_id: UUID | None
    position_id: UUID | None
    participation_id: UUID | None
    extends_id: UUID | None
    start_on: date
    end_on: date
    load_percent: int
    objectives: str | None
    learning_agreement: str | None
    home_salary_share: int
    signatures: JsonList
    ended_on: date | None
    ended_by: str | None
    end_reason: str | None


def host_manager(row: FromClause) -> ColumnElement[UUID]:
    """Who leads the host unit, or the next above, and is not the placed person."""
    return leading.manager_besides(row.c.host_unit_id, row.c.person_id)


def is_host_manager(row: FromClause) -> ColumnElement[bool]:
    """The actor is the host manager; only where they manage a unit around is it asked which is nearest."""
    return and_(leading.manages(row.c.host_unit_id), host_manager(row) == ME)


def is_host(row: FromClause) -> ColumnElement[bool]:
    """The actor supervises the placed person."""
    return row.c.host_supervisor_id == ME


_PARTIES: dict[str, Predicate] = {
    "self": lambda row: row.c.person_id == ME,
    "nearestManager": lambda row: leading.is_nearest_manager_of(row.c.person_id),
    "hostManager": is_host_manager,
}


def _sponsors(row: FromClause, manager: ColumnElement[UUID]) -> ColumnElement[bool]:
    """The actor is of top management, is not the placed person, and there is no such manager to sign."""
    return and_(has_role(Role.TOP_MANAGEMENT), row.c.person_id != ME, manager.is_(None))


_SIGNATORIES: dict[str, Predicate] = {
    **_PARTIES,
    "homeSponsor": lambda row: _sponsors(row, leading.nearest_manager(row.c.person_id)),
    "hostSponsor": lambda row: _sponsors(row, host_manager(row)),
}


def _has_signed(row: FromClause, party: Party) -> ColumnElement[bool]:
    wanted = literal_column(f"""'[{{"party": "{party}"}}]'""", Text()).cast(JSONB())
    return row.c.signatures.op("@>", is_comparison=True)(wanted)


def _unsigned(row: FromClause) -> ColumnElement[bool]:
    """The actor is a party that has not signed."""
    missing: list[ColumnElement[bool]] = []
    for relation, party in SIGNS_FOR.items():
        is_party = _SIGNATORIES[relation](row)
        if party is Party.HOME_MANAGER:
            is_party = and_(is_party, row.c.home_unit_id.is_not(None))
        missing.append(and_(is_party, ~_has_signed(row, party)))
    return or_(*missing)


def _is_signatory(row: FromClause) -> ColumnElement[bool]:
    """The actor has signed: they still see what they agreed to when their part has passed to somebody else."""
    signature = func.jsonb_build_object(constant("signedBy"), ME)
    return row.c.signatures.op("@>", is_comparison=True)(func.jsonb_build_array(signature))


PLACEMENTS = Source(
    view=PlacementView,
    table=table(PlacementRow),
    named={
        **_SIGNATORIES,
        "host": is_host,
        "signatory": _is_signatory,
        "unsigned": _unsigned,
        "endsLater": lambda row: row.c.end_on > TODAY,
        "unended": lambda row: row.c.ended_on.is_(None),
    },
    columns={
        "homeManagerId": lambda row: leading.nearest_manager(row.c.person_id),
        "hostManagerId": host_manager,
    },
    joins={
        "homeManager": lambda row, target: target.c.id == leading.nearest_manager(row.c.person_id),
        "hostManager": lambda row, target: target.c.id == host_manager(row),
    },
)

_BEFORE_AND_DURING = (PlacementState.PROPOSED, PlacementState.AGREED, PlacementState.ACTIVE)


def hosted() -> Select[Any]:
    """The persons whom the actor is to host, or hosts: as supervisor or as host manager."""
    placement = table(PlacementRow).alias()
    return select(placement.c.person_id).where(
        among(placement.c.state, _BEFORE_AND_DURING), or_(is_host(placement), is_host_manager(placement))
    )


MY_HOSTED = hosted().cte("my_hosted")
"""The same, found once per statement."""


def hosts() -> Select[Any]:
    """The supervisors of the actor's own placements."""
    placement = table(PlacementRow).alias()
    return select(placement.c.host_supervisor_id).where(
        among(placement.c.state, _BEFORE_AND_DURING),
        placement.c.person_id == ME,
        placement.c.host_supervisor_id.is_not(None),
    )


LIVE = "state IN ('agreed', 'active')"
_FIRM = f"SELECT * FROM placement WHERE person_id = $1 AND {LIVE}"  # noqa: S608  -- a constant
_TAKEN = f"""
SELECT EXISTS (SELECT FROM placement WHERE position_id = $1 AND id <> $2 AND kind IN ('acting_leader', 'secondment')
               AND {LIVE} AND start_on < $4 AND coalesce(ended_on, end_on) > $3)
"""  # noqa: S608  -- a constant
_STILL_LED = """
SELECT EXISTS (SELECT FROM placement WHERE position_id = $1 AND id <> $2 AND kind IN ('acting_leader', 'secondment')
               AND state = 'active')
"""
_DATE_HAS_COME = "state = 'agreed' AND start_on <= $1 OR state = 'active' AND coalesce(ended_on, end_on) <= $1"
_DUE = f"""
SELECT * FROM placement WHERE {_DATE_HAS_COME}
ORDER BY state = 'agreed', coalesce(ended_on, end_on), id FOR UPDATE SKIP LOCKED
"""  # noqa: S608  -- a constant
_STILL_DUE = f"SELECT EXISTS (SELECT FROM placement WHERE {_DATE_HAS_COME})"  # noqa: S608  -- a constant


@dataclass(eq=False)
class PostgresPlacements(Rows[Placement]):
    """`service.domain.placements.ports.Placements` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, PLACEMENTS, Placement)

    async def firm(self, person: UUID) -> Sequence[Placement]:
        """The person's agreed and active placements, with the person locked. Raises NotFound."""
        connection = self.session.connection
        if await connection.fetchval("SELECT id FROM person WHERE id = $1 FOR UPDATE", person) is None:
            raise NotFound("Person", person)
        rows = await connection.fetch(_FIRM, person)
        return [self.load(row) for row in rows]

    async def taken(self, placement: Placement) -> bool:
        """Another agreed or active one leads from the same position in a part of that time."""
        return await self.session.connection.fetchval(
            _TAKEN, placement.position_id, placement.id, placement.start_on, placement.until
        )

    async def still_led(self, placement: Placement) -> bool:
        """Another active one leads from the same position."""
        return await self.session.connection.fetchval(_STILL_LED, placement.position_id, placement.id)

    async def host_manager(self, placement: Placement) -> UUID | None:
        """Who leads the host unit, or the next above, and is not the placed person."""
        rows = await self.session.fetch(_HOST_MANAGER, id=placement.id)
        return rows[0][0] if rows else None

    async def due(self, today: date) -> Sequence[Placement]:
        """Those whose date has come, locked, those that end first; what somebody else holds is left to them."""
        return [self.load(row) for row in await self.session.connection.fetch(_DUE, today)]

    async def still_due(self, today: date) -> bool:
        """There are some whose date has come and that nobody has moved yet."""
        return await self.session.connection.fetchval(_STILL_DUE, today)


_PLACED = table(PlacementRow).alias()
_HOST_MANAGER = statement(select(host_manager(_PLACED)).where(_PLACED.c.id == bindparam("id")))
