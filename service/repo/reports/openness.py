"""Openness reports, and what they count."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, exists, select
from sqlmodel import Field, SQLModel

from service.domain.candidacies.states import CandidacyState
from service.domain.programmes.model import OVER
from service.domain.reports.openness.model import NOWHERE, Dimension, OpennessReport
from service.domain.reports.openness.views import OpennessReportView
from service.repo.programmes import ProgrammeRow
from service.repo.reading.source import Source, among
from service.repo.reports.candidates import CANDIDATES, listed
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, Instant, Json, JsonList, OptionalInstant, index, reference, table


class OpennessReportRow(AggregateRow, table=True):
    """An openness report. `counted` is never read by anybody: the figures before their suppression."""

    __table_args__ = (index("ix_openness_report_updated", "updated_at", "id"),)

    name: str
    as_of: Instant
    completion_as_of: OptionalInstant
    threshold: int
    total: JsonList
    dimensions: JsonList
    definitions: JsonList
    counted: Json


class ReportedProgrammeRow(SQLModel, table=True):
    """A programme whose candidates a report counts; one report for each, so that none can be taken from another."""

    __tablename__ = "reported_programme"  # pyright: ignore[reportAssignmentType]  # SQLModel's documented way
    __table_args__ = (
        reference("programme_id", "programme"),
        reference("report_id", "openness_report"),
        index("ix_reported_programme_report", "report_id"),
    )

    organisation_id: UUID = Field(primary_key=True)
    programme_id: UUID = Field(primary_key=True)
    report_id: UUID


def _covers(row: FromClause, programme: ColumnElement[UUID]) -> ColumnElement[bool]:
    covered = table(ReportedProgrammeRow).alias()
    wanted = select(covered.c.report_id).where(covered.c.report_id == row.c.id, covered.c.programme_id == programme)
    return exists(wanted.correlate_except(covered))


def _programmes_over(row: FromClause) -> ColumnElement[bool]:
    covered, programme = table(ReportedProgrammeRow).alias(), table(ProgrammeRow).alias()
    running = (
        select(programme.c.id)
        .select_from(covered.join(programme, programme.c.id == covered.c.programme_id))
        .where(covered.c.report_id == row.c.id, ~among(programme.c.state, OVER))
    )
    return ~exists(running.correlate(row))


OPENNESS_REPORTS = Source(
    view=OpennessReportView,
    table=table(OpennessReportRow),
    named={
        "withoutCompletion": lambda row: row.c.completion_as_of.is_(None),
        "programmesOver": _programmes_over,
    },
    joins={"programmes": lambda row, target: _covers(row, target.c.id)},
    filters={"programmeId": _covers},
)

_S = CandidacyState

_COVER = "INSERT INTO reported_programme (organisation_id, report_id, programme_id) SELECT $1, $2, unnest($3::uuid[])"
_COVERED = "SELECT programme_id FROM reported_programme WHERE report_id = $1 ORDER BY programme_id"
_UNDECIDED = f"""
SELECT count(*) FROM candidacy d JOIN cohort c ON c.id = d.cohort_id JOIN programme p ON p.id = c.programme_id
WHERE p.id = ANY ($1::uuid[]) AND p.state NOT IN ({listed(OVER)})
  AND (d.state IN ({listed((_S.SUBMITTED, _S.ASSESSED, _S.OFFERED))})
       OR EXISTS (SELECT FROM reconsideration r WHERE r.candidacy_id = d.id AND r.answered_at IS NULL))
"""  # noqa: S608  -- words of the domain
_FURTHEST = f"""
WITH candidate AS (
    SELECT programme_id, administration_id, gender, age_band, way, reached FROM ({CANDIDATES}) k
    WHERE programme_id = ANY ($1::uuid[]) AND ($2::timestamptz IS NULL OR EXISTS (
        SELECT FROM event e WHERE e.resource_id = k.id AND e.type = 'candidacy.{_S.ACCEPTED}' AND e.time <= $2))
    UNION ALL
    SELECT programme_id, administration_id, gender, age_band, way, reached FROM former_candidacy
    WHERE programme_id = ANY ($1::uuid[]) AND $2 IS NULL
)
SELECT CASE grouping(administration_id, gender, age_band, way)
            WHEN 7 THEN '{Dimension.ADMINISTRATION}' WHEN 11 THEN '{Dimension.GENDER}'
            WHEN 13 THEN '{Dimension.AGE_BAND}' ELSE '{Dimension.WAY}' END AS dimension,
       coalesce(administration_id::text, gender, age_band, way, '{NOWHERE}') AS part, reached, count(*) AS people
FROM candidate
GROUP BY GROUPING SETS ((administration_id, reached), (gender, reached), (age_band, reached), (way, reached))
"""  # noqa: S608
_ADMINISTRATIONS = """
SELECT id, name FROM unit
WHERE id = ANY ($1::uuid[]) OR kind = 'administration' AND (closed_on IS NULL OR closed_on > $2) ORDER BY name_key, id
"""


@dataclass(eq=False)
class PostgresOpennessReports(Rows[OpennessReport]):
    """`service.domain.reports.openness.ports.OpennessReports` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, OPENNESS_REPORTS, OpennessReport)

    async def cover(self, report: UUID, programmes: Sequence[UUID]) -> None:
        """Say which programmes it is about."""
        await self._execute(_COVER, self.session.actor.organisation, report, programmes)

    async def programmes_of(self, report: UUID) -> Sequence[UUID]:
        """The programmes that it is about."""
        return [row["programme_id"] for row in await self.session.connection.fetch(_COVERED, report)]

    async def undecided(self, programmes: Sequence[UUID]) -> int:
        """How many wait for an answer."""
        return await self.session.connection.fetchval(_UNDECIDED, programmes)

    async def furthest(
        self, programmes: Sequence[UUID], accepted_by: datetime | None = None
    ) -> Mapping[Dimension, Mapping[str, Mapping[str, int]]]:
        """How many came to which stage and no further."""
        found: dict[Dimension, dict[str, dict[str, int]]] = {one: defaultdict(dict) for one in Dimension}
        for row in await self.session.connection.fetch(_FURTHEST, programmes, accepted_by):
            found[Dimension(row["dimension"])][row["part"]][row["reached"]] = row["people"]
        return found

    async def administrations(self, also: Collection[str]) -> Mapping[str, str]:
        """The open administrations and those units."""
        units = [UUID(one) for one in also]
        rows = await self.session.connection.fetch(_ADMINISTRATIONS, units, self.session.now.date())
        return {str(row["id"]): row["name"] for row in rows}
