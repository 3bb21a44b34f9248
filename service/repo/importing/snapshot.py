"""A snapshot is everything that its source holds: what it no longer has is ended, within a stated share."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from service.domain.errors import Conflict
from service.domain.imports.mapping import ImportMapping
from service.domain.imports.said import Section, makes
from service.repo.database import Connection
from service.repo.importing.merging import rows_of
from service.repo.importing.posts import MADE

SECTIONS: Mapping[Section, str] = {
    "units": "Unit",
    "persons": "Person",
    "engagements": "Engagement",
    "leaders": "Position",
}


@dataclass
class Snapshot:
    """Ends what is gone. What refused rows are about is not gone.

    They are staged, whether they could not be read or did not fit the others. Where not even their key could be told
    (`nameless` has such kinds of records), nothing of that kind is ended: nobody knows whom they are about.
    """

    connection: Connection
    mapping: ImportMapping
    nameless: Collection[str]
    now: datetime
    today: date
    ended: dict[str, int] = field(default_factory=dict[str, int])
    lost: list[UUID] = field(default_factory=list[UUID])

    def covers(self, section: Section) -> bool:
        """The export has all of these records."""
        return makes(self.mapping, section) and section not in self.nameless

    async def measure(self, share: Decimal, *, force: bool) -> None:
        """Look at how much is gone. Raises Conflict (`snapshot_too_large`) for more than the share of a concept."""
        for section, concept in SECTIONS.items():
            if makes(self.mapping, section) and not self.covers(section):
                await self.connection.execute(_NOT_ALL_READ, section, concept)
            if not self.covers(section):
                continue
            row = await self.connection.fetchrow(_MEASURE[section], *self._known(section))
            gone, held = row["gone"], row["held"]
            if gone > held * share and not force:
                raise Conflict(
                    "snapshot_too_large",
                    f"The snapshot would end {gone} of {held} {section} of {self.mapping.source}, more than the share"
                    f" of {share * 100:f} % that it may. If that is right, force it.",
                )
        if self.covers("leaders"):
            rows = await self.connection.fetch(_LOST, *self._known("leaders"))
            self.lost = [row["id"] for row in rows]

    async def end_engagements(self) -> None:
        """Engagements end today; those that have not begun are removed."""
        if self.covers("engagements"):
            await self._end_engagements("engagements", _GONE_ENGAGEMENT, self.mapping.source, MADE)

    async def end_the_rest(self) -> None:
        """Positions are vacated, persons leave with every engagement they have, units that are empty close."""
        if self.lost:
            await self._end_engagements("", _OF_LOST, self.mapping.source, MADE, self.lost)
            done = await self.connection.execute(_VACATE, self.lost, self.now, self.today)
            self.ended["leaders"] = rows_of(done)
        if self.covers("persons"):
            left = await self.connection.fetch(_LEAVE, self.mapping.source, self.now, self.today)
            self.ended["persons"] = len(left)
            await self._end_engagements("engagements", _OF_LEFT, [row["id"] for row in left])
        if self.covers("units"):
            await self.connection.execute(_IN_USE, self.mapping.source, self.today)
            done = await self.connection.execute(_CLOSE, self.mapping.source, self.now, self.today)
            self.ended["units"] = rows_of(done)

    async def _end_engagements(self, counted: str, which: str, *known: Any) -> None:
        place = len(known) + 1
        removed = await self.connection.execute(
            f"DELETE FROM engagement t WHERE {which} AND t.start_on >= ${place}",  # noqa: S608  -- constants
            *known,
            self.today,
        )
        ended = await self.connection.execute(
            f"UPDATE engagement t SET end_on = ${place}, version = t.version + 1, updated_at = ${place + 1}"  # noqa: S608
            f" WHERE {which} AND (t.end_on IS NULL OR t.end_on > ${place})",
            *known,
            self.today,
            self.now,
        )
        if counted:
            self.ended[counted] = self.ended.get(counted, 0) + rows_of(removed) + rows_of(ended)

    def _known(self, section: Section) -> tuple[Any, ...]:
        extra = (MADE,) if section == "engagements" else ()
        return (self.mapping.source, self.today, *extra)


_GONE_ENGAGEMENT = (
    "t.source = $1 AND NOT starts_with(t.external_id, $2)"
    " AND NOT EXISTS (SELECT FROM staged_engagement s WHERE s.key = t.external_id)"
)
_OF_LOST = "t.source = $1 AND starts_with(t.external_id, $2) AND t.position_id = ANY($3::uuid[])"
_OF_LEFT = "t.person_id = ANY($1::uuid[])"
_HELD = (
    "EXISTS (SELECT FROM engagement e WHERE e.position_id = t.id AND e.source = $1"
    " AND (e.end_on IS NULL OR e.end_on > $2))"
)


def _measure(table: str, staged: str, there: str) -> str:
    return (
        f"SELECT count(*) AS held, count(*) FILTER (WHERE s.key IS NULL) AS gone FROM {table} t"  # noqa: S608
        f" LEFT JOIN (SELECT DISTINCT key FROM {staged}) s ON s.key = t.external_id WHERE t.source = $1 AND {there}"
    )


# Whoever works here according to the export is here, whether or not its file of people says so.
_PERSONS = """
(SELECT key FROM staged_person UNION ALL
 SELECT p.external_id FROM staged_engagement e JOIN person p ON p.id = e.person_id
 WHERE p.source = $1 AND NOT e.refused) named
"""
_MEASURE: Mapping[Section, str] = {
    "units": _measure("unit", "staged_unit", "(t.closed_on IS NULL OR t.closed_on > $2)"),
    "persons": _measure("person", _PERSONS, "(t.left_on IS NULL OR t.left_on > $2)"),
    "engagements": _measure(
        "engagement",
        "staged_engagement",
        "(t.end_on IS NULL OR t.end_on > $2) AND NOT starts_with(t.external_id, $3)",
    ),
    "leaders": _measure("position", "staged_leader", _HELD),
}
_LOST = (
    "SELECT t.id FROM position t WHERE t.source = $1"  # noqa: S608
    f" AND NOT EXISTS (SELECT FROM staged_leader s WHERE s.key = t.external_id) AND {_HELD}"
)
_NOT_ALL_READ = "INSERT INTO staged_problem (section, code, said) VALUES ($1, 'not_all_read', $2)"
_VACATE = """
UPDATE position t SET vacant_since = $3, version = t.version + 1, updated_at = $2 WHERE t.id = ANY($1::uuid[])
"""
_LEAVE = f"""
UPDATE person t SET left_on = $3, version = t.version + 1, updated_at = $2
WHERE t.source = $1 AND (t.left_on IS NULL OR t.left_on > $3)
  AND t.external_id NOT IN (SELECT key FROM {_PERSONS})
RETURNING t.id
"""  # noqa: S608
_CLOSABLE = """
WITH gone AS (
    SELECT u.id, u.name FROM unit u
    WHERE u.source = $1 AND (u.closed_on IS NULL OR u.closed_on > {today})
      AND NOT EXISTS (SELECT FROM staged_unit s WHERE s.key = u.external_id)
), used AS (
    SELECT DISTINCT c.ancestor_id AS id FROM unit_closure c JOIN unit d ON d.id = c.descendant_id
    WHERE ((d.closed_on IS NULL OR d.closed_on > {today}) AND d.id NOT IN (SELECT id FROM gone))
       OR EXISTS (SELECT FROM engagement e WHERE e.unit_id = d.id AND (e.end_on IS NULL OR e.end_on > {today}))
)
"""
_IN_USE = (
    _CLOSABLE.format(today="$2")  # noqa: S608
    + "INSERT INTO staged_problem (section, code, said) SELECT 'units', 'unit_in_use', gone.name"
    " FROM gone JOIN used USING (id)"
)
_CLOSE = (
    _CLOSABLE.format(today="$3")  # noqa: S608
    + "UPDATE unit t SET closed_on = $3, version = t.version + 1, updated_at = $2"
    " FROM gone WHERE gone.id = t.id AND t.id NOT IN (SELECT id FROM used)"
)
