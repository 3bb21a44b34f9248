"""Archives, and what of candidacies outlives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Field, SQLModel

from service.domain.archives.model import Archive
from service.domain.archives.views import ArchiveView
from service.repo.forgetting import NEVER_ACCEPTED, RETAINED, forget, forget_nominations
from service.repo.reading.source import Source
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, TenantRow, index, reference, table

AT_ONCE = 300
"""Candidacies that one look deletes, so that no transaction is long."""


class ArchiveRow(AggregateRow, table=True):
    """An archive."""

    __table_args__ = (index("ix_archive_state", "state", "id"), index("ix_archive_updated", "updated_at", "id"))

    state: str
    candidacies: int
    confirm_by: date
    confirmed_on: date | None
    deleted_on: date | None


class ArchivedCandidacyRow(SQLModel, table=True):
    """A candidacy that waits in an archive."""

    __tablename__ = "archived_candidacy"  # pyright: ignore[reportAssignmentType]  # SQLModel's documented way
    __table_args__ = (
        reference("candidacy_id", "candidacy"),
        reference("archive_id", "archive"),
        index("ix_archived_candidacy_archive", "archive_id"),
    )

    organisation_id: UUID = Field(primary_key=True)
    candidacy_id: UUID = Field(primary_key=True)
    archive_id: UUID


class FormerCandidacyRow(TenantRow, table=True):
    """What stays of a candidacy for statistics: nothing that leads back to a person, and no time.

    Its id is random, not one that tells when the row was made.
    """

    __table_args__ = (
        reference("programme_id", "programme"),
        reference("administration_id", "unit"),
        index("ix_former_candidacy_programme", "programme_id"),
        index("ix_former_candidacy_administration", "administration_id"),
    )

    programme_id: UUID
    administration_id: UUID | None
    gender: str
    age_band: str
    way: str | None
    reached: str


ARCHIVES = Source(view=ArchiveView, table=table(ArchiveRow))

_DUE = f"""
SELECT d.id FROM {RETAINED}
  AND NOT EXISTS (SELECT FROM archived_candidacy a WHERE a.candidacy_id = d.id)
ORDER BY d.updated_at, d.id LIMIT $2 FOR UPDATE OF c, d SKIP LOCKED
"""  # noqa: S608  -- words of the domain
_DUE_STILL = f"SELECT d.id FROM {RETAINED} AND d.id = ANY ($2::uuid[]) ORDER BY d.updated_at, d.id"  # noqa: S608
_NEVER_ACCEPTED = f"SELECT n.id FROM {NEVER_ACCEPTED} ORDER BY n.id LIMIT $2 FOR UPDATE OF c, n SKIP LOCKED"  # noqa: S608
_PUT_IN = """
INSERT INTO archived_candidacy (organisation_id, archive_id, candidacy_id) SELECT $1, $2, unnest($3::uuid[])
"""
_READY = """
SELECT * FROM archive WHERE state = 'confirmed' OR (state = 'open' AND confirm_by < $1) ORDER BY id
FOR UPDATE SKIP LOCKED
"""
_KEPT = "SELECT candidacy_id FROM archived_candidacy WHERE archive_id = $1 ORDER BY candidacy_id"
_LIVING = f"""
DELETE FROM archived_candidacy WHERE archive_id = $2 AND candidacy_id NOT IN (SELECT d.id FROM {RETAINED})
"""  # noqa: S608
_DELETABLE = """
SELECT d.id FROM archived_candidacy a JOIN candidacy d ON d.id = a.candidacy_id JOIN cohort c ON c.id = d.cohort_id
WHERE a.archive_id = $1 ORDER BY d.id FOR UPDATE OF c, d SKIP LOCKED
"""


@dataclass(eq=False)
class PostgresArchives(Rows[Archive]):
    """`service.domain.archives.ports.Archives` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, ARCHIVES, Archive)

    async def due(self) -> Sequence[UUID]:
        """Candidacies whose retention period is over and that are in no archive, locked."""
        connection, now = self.session.connection, self.session.now
        locked = [row["id"] for row in await connection.fetch(_DUE, now, AT_ONCE)]
        # Somebody may have been nominated anew after the list was seen and before it was locked.
        return [row["id"] for row in await connection.fetch(_DUE_STILL, now, locked)]

    async def put_in(self, archive: UUID, candidacies: Sequence[UUID]) -> None:
        """Let them wait in the archive."""
        await self.session.connection.execute(_PUT_IN, self.session.actor.organisation, archive, candidacies)

    async def ready(self, today: date) -> Sequence[Archive]:
        """Archives that need wait no longer, locked."""
        return [self.load(row) for row in await self.session.connection.fetch(_READY, today)]

    async def kept_in(self, archive: UUID) -> Sequence[UUID]:
        """The candidacies that wait in it."""
        return [row["candidacy_id"] for row in await self.session.connection.fetch(_KEPT, archive)]

    async def take_out_living(self, archive: UUID) -> None:
        """Let go of those for which the period is not over after all."""
        await self.session.connection.execute(_LIVING, self.session.now, archive)

    async def deletable(self, archive: UUID) -> Sequence[UUID]:
        """Those that wait in it, locked."""
        return [row["id"] for row in await self.session.connection.fetch(_DELETABLE, archive)]

    async def forget(self, candidacies: Sequence[UUID]) -> None:
        """Delete all that is known through them."""
        await forget(self.session, candidacies)

    async def forget_never_accepted(self) -> int:
        """Delete nominations whose time is over and that came to no candidacy; answers how many."""
        rows = await self.session.connection.fetch(_NEVER_ACCEPTED, self.session.now, AT_ONCE)
        await forget_nominations(self.session, [row["id"] for row in rows])
        return len(rows)

    async def forget_late_readings(self) -> None:
        """Delete who read what was deleted in the moment of reading: that row came after the deletion had looked."""
        await self.session.connection.execute("SELECT forget_late_readings()")
