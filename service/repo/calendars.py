"""Calendars, and what stands in them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, FromClause, Text, case, func, literal_column

from service.domain.calendars.model import Calendar
from service.domain.calendars.ports import Entry, Feed
from service.domain.calendars.views import CalendarView
from service.repo.database import Database
from service.repo.reading.source import ME, Source, constant
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, OptionalInstant, check, index, reference, table, unique


class CalendarRow(AggregateRow, table=True):
    """A calendar that somebody subscribes to."""

    __table_args__ = (
        reference("person_id", "person"),
        reference("cohort_id", "cohort"),
        unique("uq_calendar_secret", "secret_digest"),
        check("ck_calendar_hr", "cohort_id IS NOT NULL OR NOT for_hr"),
        index("ix_calendar_person", "person_id"),
        index("ix_calendar_cohort", "cohort_id"),
        index("ix_calendar_updated", "updated_at", "id"),
    )

    person_id: UUID
    cohort_id: UUID | None
    for_hr: bool
    secret_digest: str
    revoked_at: OptionalInstant


_SETTING = "app.disclosed"
_DISCLOSED = literal_column(f"current_setting('{_SETTING}', true)", Text())


def _address(row: FromClause) -> ColumnElement[Any]:
    """The address, where its secret was made in this transaction; only the digest is kept."""
    made = func.encode(func.sha256(func.convert_to(_DISCLOSED, constant("UTF8"))), constant("hex"))
    folder, between, ending = (literal_column(f"'{part}'", Text()) for part in ("/calendars/", "/", ".ics"))
    address = func.concat(folder, row.c.organisation_id, between, _DISCLOSED, ending)
    return case((row.c.secret_digest == made, address))


CALENDARS = Source(
    view=CalendarView,
    table=table(CalendarRow),
    named={"self": lambda row: row.c.person_id == ME, "unrevoked": lambda row: row.c.revoked_at.is_(None)},
    columns={"address": _address},
    filters={"revoked": lambda row, value: row.c.revoked_at.is_not(None) == value},
)

KEPT = timedelta(days=400)
"""How long what is over stands in a person's own calendar."""

_FEED = """
SELECT k.id AS calendar_id, o.time_zone, o.default_language AS language, h.name,
  (SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.starts_at, e.session_id), '[]') FROM (
    SELECT s.id AS session_id, s.sequence, s.created_at AS planned_at, s.state = 'cancelled' AS cancelled,
           greatest(s.updated_at, c.updated_at, p.updated_at, f.updated_at) AS revised_at,
           s.starts_at, s.ends_at, s.title, s.learning_form, s.place, s.module, c.name AS cohort, p.name AS programme,
           (SELECT m ->> 'name' FROM jsonb_array_elements(c.modules) m WHERE (m ->> 'number')::int = s.module)
             AS module_name,
           coalesce(s.external_facilitator, CASE WHEN NOT f.protected_identity THEN
             nullif(concat_ws(' ', f.given_name, f.family_name), '') END) AS facilitator
    FROM session s JOIN cohort c ON c.id = s.cohort_id JOIN programme p ON p.id = c.programme_id
    LEFT JOIN person f ON f.id = s.facilitator_id
    WHERE s.id IN (
      SELECT x.id FROM session x WHERE x.cohort_id = k.cohort_id
      UNION SELECT x.id FROM session x
        WHERE k.cohort_id IS NULL AND x.facilitator_id = k.person_id AND x.ends_at > $3
      UNION SELECT x.id FROM session x JOIN participation t ON t.cohort_id = x.cohort_id
        WHERE k.cohort_id IS NULL AND t.person_id = k.person_id AND t.state <> 'withdrawn' AND x.ends_at > $3
      UNION SELECT x.id FROM session x JOIN attendance a ON a.session_id = x.id
        WHERE k.cohort_id IS NULL AND a.person_id = k.person_id AND x.ends_at > $3)
  ) e) AS entries
FROM calendar k CROSS JOIN organisation o JOIN person n ON n.id = k.person_id LEFT JOIN cohort h ON h.id = k.cohort_id
WHERE k.secret_digest = $1 AND k.revoked_at IS NULL
  AND (n.left_on IS NULL OR n.left_on > timezone(o.time_zone, $2::timestamptz)::date)
  AND (k.cohort_id IS NULL OR k.for_hr OR EXISTS (
    SELECT FROM participation t
    WHERE t.person_id = k.person_id AND t.cohort_id = k.cohort_id AND t.state <> 'withdrawn'))
"""


@dataclass(eq=False)
class PostgresCalendars(Rows[Calendar]):
    """`service.domain.calendars.ports.Calendars` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, CALENDARS, Calendar)

    async def disclose(self, secret: str) -> None:
        """Let what is read in this transaction show the address that the secret makes."""
        await self.session.connection.execute("SELECT set_config($1, $2, true)", _SETTING, secret)


@dataclass(frozen=True)
class PostgresFeeds:
    """`service.domain.calendars.ports.Feeds` in Postgres: an address names its organisation."""

    database: Database

    async def find(self, organisation: UUID, digest: str) -> Feed | None:
        """The calendar at that address, read in one statement: whole, or not at all."""
        now = self.database.clock()
        row: Any = await self.database.fetch_row(organisation, _FEED, [digest, now, now - KEPT])
        if row is None:
            return None
        entries = msgspec.convert(row["entries"], tuple[Entry, ...])
        known = {name: row[name] for name in ("calendar_id", "name", "language", "time_zone")}
        return Feed(**known, entries=entries)
