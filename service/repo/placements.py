"""Placements."""

from datetime import date
from uuid import UUID

from sqlalchemy import text

from service.repo.tables import AggregateRow, index, reference


class PlacementRow(AggregateRow, table=True):
    """A person for a while in another unit."""

    __table_args__ = (
        reference("person_id", "person"),
        reference("home_unit_id", "unit"),
        reference("host_unit_id", "unit"),
        reference("host_supervisor_id", "person"),
        reference("position_id", "position"),
        index(
            "uq_placement_acting",
            "position_id",
            unique=True,
            postgresql_where=text("state = 'active' AND kind IN ('acting_leader', 'secondment')"),
        ),
        index("ix_placement_person", "person_id", "start_on"),
        index("ix_placement_host_unit", "host_unit_id"),
    )

    person_id: UUID
    kind: str
    state: str
    home_unit_id: UUID | None
    host_unit_id: UUID
    host_supervisor_id: UUID | None
    position_id: UUID | None
    start_on: date
    end_on: date
