"""Who read which sensitive value about whom: written by the same statement that reads it."""

from typing import Annotated, Any, cast
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from service.domain.access_log.views import AccessLogView
from service.repo.reading.source import ME, Source
from service.repo.tables import Instant, TenantRow, index, table

Names = Annotated[list[str], Field(sa_type=cast("Any", ARRAY(Text())))]


class AccessLogRow(TenantRow, table=True):
    """One reader, one row, the sensitive fields that were shown."""

    __table_args__ = (
        index("ix_access_log_read_at", "read_at", "id"),
        index("ix_access_log_person", "person_id", "read_at"),
        index("ix_access_log_reader", "reader_person_id", "read_at", "id"),
        index("ix_access_log_concept", "concept", "read_at", "id"),
    )

    read_at: Instant
    reader: str
    reader_person_id: UUID | None
    person_id: UUID | None
    concept: str
    resource_id: UUID
    fields: Names


ACCESS_LOG = Source(
    view=AccessLogView,
    table=table(AccessLogRow),
    named={"self": lambda row: row.c.person_id == ME},
)
