"""From the staging tables into the real ones: inserted, or updated where something differs; set by set."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from service.domain.imports.mapping import ImportMapping
from service.domain.imports.said import fields_said
from service.repo.database import Connection


@dataclass(frozen=True)
class Column:
    """A column of a table: its value in a new row (`s` is the staged one), and in one that is there (`t`)."""

    new: str
    known: str


def same(name: str, *, said: bool = True) -> Column:
    """What the export says, or, where it says nothing about it, what is stored."""
    return Column(f"s.{name}", f"s.{name}" if said else f"t.{name}")


@dataclass(frozen=True)
class Merge:
    """Writes for one organisation; `now` stamps what changes, `today` is the date where it is."""

    connection: Connection
    mapping: ImportMapping
    organisation: UUID
    now: datetime
    today: date

    async def units(self) -> tuple[int, int]:
        """Units, and the closure of their tree if it changed. How many were added and changed."""
        said = fields_said(self.mapping, "units")
        grew = await self.connection.fetchval(_TREE_CHANGES)
        merged = await self._merge(
            "unit",
            "staged_unit",
            {
                "name": same("name"),
                "name_key": same("name_key"),
                "name_folded": same("name_folded"),
                "kind": Column(_KIND, "coalesce(s.kind, t.kind)"),
                "parent_id": same("parent_id"),
                "cost_centre": same("cost_centre", said="cost_centre" in said),
                "closed_on": Column("NULL::date", "CASE WHEN t.closed_on <= $4 THEN NULL ELSE t.closed_on END"),
            },
        )
        if grew:
            await self.connection.execute("DELETE FROM unit_closure WHERE organisation_id = $1", self.organisation)
            await self.connection.execute(_CLOSURE, self.organisation)
        return merged

    async def persons(self) -> tuple[int, int]:
        """Persons; who left and works here again has not left. How many were added and changed."""
        said = fields_said(self.mapping, "persons")
        named = not said.isdisjoint({"full_name", "given_name", "family_name"})
        names = ("given_name", "family_name", "name_key", "given_folded", "family_folded")
        other = ("email", "birth_date", "professional_field", "first_hired_on")
        birth_year = "s.birth_year" if "birth_year" in said else "t.birth_year"
        return await self._merge(
            "person",
            "staged_person",
            {
                **{name: same(name, said=named) for name in names},
                **{name: same(name, said=name in said) for name in other},
                "birth_year": Column(
                    "CASE WHEN s.birth_date IS NULL THEN s.birth_year END",
                    f"CASE WHEN s.birth_date IS NULL THEN {birth_year} END",
                ),
                "gender": Column("coalesce(s.gender, 'undisclosed')", "coalesce(s.gender, t.gender)"),
                "left_on": Column("NULL::date", f"CASE WHEN {_BACK} THEN NULL ELSE t.left_on END"),
                "left_reason": Column("NULL::text", f"CASE WHEN {_BACK} THEN NULL ELSE t.left_reason END"),
                "external": Column("false", "t.external"),
                "protected_identity": Column("false", "t.protected_identity"),
            },
        )

    async def positions(self) -> tuple[int, int]:
        """Leadership positions; those that head no unit first, so that at no moment two head one."""
        said = fields_said(self.mapping, "leaders")
        title, title_key = "coalesce(s.title, u.name)", "coalesce(s.title_key, u.name_key)"
        unit = "JOIN unit u ON u.id = s.unit_id"
        columns = {
            "unit_id": same("unit_id"),
            "level": same("level"),
            "title": Column(title, title if "title" in said else "t.title"),
            "title_key": Column(title_key, title_key if "title" in said else "t.title_key"),
            "heads_unit": Column("s.heads", "s.heads"),
            "criticality": Column("'medium'", "t.criticality"),
            "vacant_since": Column("NULL::date", _VACANT_SINCE),
        }
        await self.connection.execute(_STEP_DOWN, self.mapping.source, self.now)
        await self.connection.execute(_MOVING_HEADS)
        added = changed = 0
        for heads in ("NOT s.heads", "s.heads"):
            more = await self._merge("position", "staged_leader", columns, joined=unit, only=heads)
            added, changed = added + more[0], changed + more[1]
        return added, changed

    async def engagements(self, lost: Collection[UUID]) -> tuple[int, int]:
        """Engagements; each holds the position that the leaders gave it, or keeps one that they do not speak of.

        `lost` are positions that a snapshot no longer has.
        """
        said = fields_said(self.mapping, "engagements")
        await self.connection.execute(_HOLDS)
        await self.connection.execute(_KEEPS_HOLDING, list(lost))
        return await self._merge(
            "engagement",
            "staged_engagement",
            {
                "person_id": same("person_id"),
                "unit_id": same("unit_id"),
                "position_id": same("position_id"),
                "position_title": same("title"),
                "start_on": same("start_on"),
                "end_on": same("end_on"),
                "is_primary": same('"primary"'),
                "employment_type": same("employment_type", said="employment_type" in said),
                "weekly_hours": same("weekly_hours", said="weekly_hours" in said),
                "filled_by": Column(
                    "NULL::text", "CASE WHEN t.position_id IS NOT DISTINCT FROM s.position_id THEN t.filled_by END"
                ),
            },
        )

    async def _merge(
        self, target: str, staged: str, columns: Mapping[str, Column], *, joined: str = "", only: str = "true"
    ) -> tuple[int, int]:
        new = ", ".join(column.new for column in columns.values())
        known = ", ".join(column.known for column in columns.values())
        setters = ", ".join(f"{name} = {column.known}" for name, column in columns.items())
        stored = ", ".join(f"t.{name}" for name in columns)
        parameters = (self.organisation, self.mapping.source, self.now, self.today)
        typed = "($1::uuid, $2::text, $3::timestamptz, $4::date) IS NOT NULL"  # every statement knows all four
        # New rows first: those that are there may come to refer to them.
        inserted = await self.connection.execute(
            f"INSERT INTO {target} (organisation_id, id, version, created_at, updated_at, source, external_id,"  # noqa: S608  -- names from code
            f" {', '.join(columns)}) SELECT $1, s.id, 1, $3, $3, $2::text, s.key, {new} FROM {staged} s {joined}"
            f" WHERE NOT s.known AND NOT s.refused AND {only} AND {typed} ORDER BY s.seq",
            *parameters,
        )
        updated = await self.connection.execute(
            f"UPDATE {target} t SET {setters}, version = t.version + 1, updated_at = $3"  # noqa: S608
            f" FROM {staged} s {joined} WHERE t.organisation_id = $1 AND t.id = s.id AND s.known AND NOT s.refused"
            f" AND {only} AND {typed} AND ({stored}) IS DISTINCT FROM ({known})",
            *parameters,
        )
        return rows_of(inserted), rows_of(updated)


def rows_of(status: str) -> int:
    """How many rows a statement touched, by its command tag."""
    return int(status.rpartition(" ")[2])


_TREE_CHANGES = """
SELECT EXISTS (SELECT FROM staged_unit s LEFT JOIN unit u ON u.id = s.id
               WHERE NOT s.refused AND (u.id IS NULL OR u.parent_id IS DISTINCT FROM s.parent_id))
"""
_CLOSURE = """
WITH RECURSIVE above AS (
    SELECT id AS descendant_id, id AS ancestor_id, parent_id AS next, 0 AS depth FROM unit
    UNION ALL
    SELECT a.descendant_id, u.id, u.parent_id, a.depth + 1 FROM above a JOIN unit u ON u.id = a.next
)
INSERT INTO unit_closure (organisation_id, ancestor_id, descendant_id, depth)
SELECT $1, ancestor_id, descendant_id, depth FROM above
"""
_KIND = """
coalesce(s.kind, CASE
    WHEN s.parent_id IS NULL THEN 'organisation'
    WHEN EXISTS (SELECT FROM staged_unit p WHERE p.id = s.parent_id AND NOT p.refused AND p.parent_id IS NULL
                    AND coalesce(p.kind, 'organisation') = 'organisation')
      OR EXISTS (SELECT FROM unit p WHERE p.id = s.parent_id AND p.kind = 'organisation') THEN 'administration'
    ELSE 'department' END)
"""
_BACK = """
(t.left_on <= $4 AND EXISTS (SELECT FROM staged_engagement e WHERE e.person_id = t.id AND NOT e.refused
                             AND (e.end_on IS NULL OR e.end_on > $4)))
"""
_VACANT_SINCE = """
CASE WHEN s.engagement_id IS NOT NULL OR s.held_elsewhere THEN NULL
     ELSE coalesce(t.vacant_since, CASE WHEN EXISTS (
         SELECT FROM engagement e WHERE e.position_id = t.id AND (e.end_on IS NULL OR e.end_on > $4)) THEN $4 END)
END
"""
_STEP_DOWN = """
UPDATE position t SET heads_unit = false, version = t.version + 1, updated_at = $2
WHERE t.source = $1 AND t.heads_unit AND NOT EXISTS (SELECT FROM staged_leader s WHERE s.id = t.id)
  AND EXISTS (SELECT FROM staged_leader s WHERE s.unit_id = t.unit_id AND s.heads AND NOT s.refused)
"""
_MOVING_HEADS = """
UPDATE position t SET heads_unit = false FROM staged_leader s
WHERE s.id = t.id AND NOT s.refused AND s.heads AND t.heads_unit AND t.unit_id <> s.unit_id
"""
_HOLDS = "UPDATE staged_engagement e SET position_id = l.id FROM staged_leader l WHERE l.engagement_id = e.id"
_KEEPS_HOLDING = """
UPDATE staged_engagement e SET position_id = t.position_id FROM engagement t
WHERE t.id = e.id AND NOT e.refused AND e.position_id IS NULL AND t.position_id IS NOT NULL
  AND NOT t.position_id = ANY($1::uuid[])
  AND NOT EXISTS (SELECT FROM staged_leader l WHERE l.id = t.position_id AND NOT l.refused)
"""
