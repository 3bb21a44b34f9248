"""What every table shares: the tenant first in its key, and a version on what people change."""

from datetime import date, datetime
from typing import Annotated, Any, cast
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKeyConstraint, Index, Table, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_1_name)s",
}

Instant = Annotated[datetime, Field(sa_type=cast("Any", DateTime(timezone=True)))]
OptionalInstant = Annotated[datetime | None, Field(sa_type=cast("Any", DateTime(timezone=True)))]
Json = Annotated[dict[str, Any], Field(sa_type=JSONB)]
OptionalJson = Annotated[dict[str, Any] | None, Field(sa_type=JSONB)]
OptionalJsonList = Annotated[list[Any] | None, Field(sa_type=JSONB)]
JsonList = Annotated[list[Any], Field(sa_type=JSONB)]
SortKey = Annotated[str, Field(sa_type=cast("Any", Text(collation="C")))]
Day = date


class TenantRow(SQLModel):
    """A row of one organisation, in the table that the class is named after (`AccessLogRow`: `access_log`)."""

    @declared_attr  # pyright: ignore[reportArgumentType]
    def __tablename__(cls) -> str:  # noqa: N805  # pyright: ignore[reportIncompatibleVariableOverride]  # SQLAlchemy's way
        name = cls.__name__.removesuffix("Row")
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")

    organisation_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)


class AggregateRow(TenantRow):
    """A row that people change: saved only at the version it was read at."""

    version: int
    created_at: Instant
    updated_at: Instant


def table(row: type[SQLModel]) -> Table:
    """The SQLAlchemy table that a row class declares."""
    return cast("Table", vars(row)["__table__"])


def reference(column: str, target: str) -> ForeignKeyConstraint:
    """A foreign key that cannot leave the organisation."""
    return ForeignKeyConstraint(["organisation_id", column], [f"{target}.organisation_id", f"{target}.id"])


def unique(name: str, *columns: str) -> UniqueConstraint:
    """A rule of uniqueness inside an organisation."""
    return UniqueConstraint("organisation_id", *columns, name=name)


def index(name: str, *columns: Any, **options: Any) -> Index:
    """An index that starts with the organisation."""
    return Index(name, "organisation_id", *columns, **options)


def check(name: str, condition: str) -> CheckConstraint:
    """A rule that one row can be held to."""
    return CheckConstraint(condition, name=name)
