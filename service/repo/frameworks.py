"""Leadership frameworks."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, text

from service.domain.frameworks.model import Framework, FrameworkState
from service.domain.frameworks.views import FrameworkView
from service.repo.reading.source import Source, among
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, JsonList, index, table, unique


class FrameworkRow(AggregateRow, table=True):
    """An edition of the leadership framework."""

    __table_args__ = (
        unique("uq_framework_edition", "edition"),
        index("uq_framework_published", unique=True, postgresql_where=text("state = 'published'")),
        index("ix_framework_state", "state"),
        index("ix_framework_updated", "updated_at", "id"),
    )

    name: str
    edition: int
    state: str
    competences: JsonList
    published_on: date | None
    description: str | None


FRAMEWORKS = Source(
    view=FrameworkView,
    table=table(FrameworkRow),
    named={
        "issued": lambda row: among(row.c.state, (FrameworkState.PUBLISHED, FrameworkState.RETIRED)),
        "hasCompetences": lambda row: func.jsonb_array_length(row.c.competences) > 0,
    },
)


@dataclass(eq=False)
class PostgresFrameworks(Rows[Framework]):
    """`service.domain.frameworks.ports.Frameworks` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, FRAMEWORKS, Framework)

    async def lock_editions(self) -> None:
        """One at a time: two that publish would each see the same edition to retire."""
        await self.session.connection.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('framework editions ' || $1, 0))",
            str(self.session.actor.organisation),
        )

    async def next_edition(self) -> int:
        """The number after the highest."""
        return await self.session.connection.fetchval("SELECT coalesce(max(edition), 0) + 1 FROM framework")

    async def published(self) -> Framework | None:
        """The published edition, locked."""
        row = await self.session.connection.fetchrow("SELECT * FROM framework WHERE state = 'published' FOR UPDATE")
        return self.load(row) if row else None
