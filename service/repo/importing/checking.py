"""Checks across rows: what a row says must fit the other rows and what is stored. Misfits are noted and left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.domain.errors import Conflict
from service.domain.imports.mapping import ImportMapping
from service.domain.imports.problems import ProblemCode
from service.domain.imports.said import fields_said
from service.repo.database import Connection
from service.repo.importing.staging import survey

DEEPEST = 40
"""Levels of a unit tree; its closure grows with their square."""

_COMPARED = {
    "unit": ("parent_key", "name", "kind", "cost_centre"),
    "person": (
        *("given_name", "family_name", "email", "birth_date", "birth_year", "gender"),
        *("professional_field", "first_hired_on"),
    ),
}
_TARGETS = {"unit": "unit", "person": "person", "engagement": "engagement", "leader": "position"}


@dataclass(frozen=True)
class Check:
    """The checks of one import; `today` is the date where the organisation is."""

    connection: Connection
    mapping: ImportMapping
    today: date

    async def everything(self) -> None:
        """Refuse what does not fit, in the order in which concepts depend on each other."""
        for name, target in _TARGETS.items():
            await self._duplicates(name)
            await self.connection.execute(_UNREAD.format(name=name))
            await self.connection.execute(_KNOWN.format(name=name, target=target), self.mapping.source)
        await self._units()
        await self._references("engagement")
        await self._references("leader")
        await survey(self.connection)
        await self.connection.execute(_NO_UNIT)
        await self._periods()
        await self.connection.execute(_LOCK_PERSONS)
        await self.connection.execute(_SEVERAL_PRIMARY)
        await self.connection.execute(_PRIMARY_ELSEWHERE, self.mapping.source)
        await self.connection.execute(_SEVERAL_HEADS, self.mapping.source)

    async def _duplicates(self, name: str) -> None:
        if compared := _COMPARED.get(name):
            values = {"name": name, **{side: ", ".join(f"{side}.{one}" for one in compared) for side in ("s", "f")}}
            await self.connection.execute(_REPEATS.format(**values))
            await self.connection.execute(_DUPLICATES.format(name=name, repeats="s.repeats AND f.repeats"))
        else:
            await self.connection.execute(_DUPLICATES.format(name=name, repeats="false"))

    async def _units(self) -> None:
        if "parent" in fields_said(self.mapping, "units"):
            await self.connection.execute(_PARENT_STAGED)
            await self.connection.execute(_PARENT_STORED, self.mapping.source)
            await self.connection.execute(_NO_PARENT)
        else:
            await self.connection.execute(_PARENT_KEPT)
        await self.connection.execute(_BELOW_REFUSED)
        while unreached := {row["id"]: row["parent_id"] for row in await self.connection.fetch(_UNREACHED, DEEPEST)}:
            circular = _on_a_circle(unreached)
            top = {one for one, above in unreached.items() if above not in unreached}
            done = await self.connection.execute(_REFUSE_UNITS, list(circular), ProblemCode.UNIT_CYCLE)
            also = await self.connection.execute(_REFUSE_UNITS, list(top), ProblemCode.UNIT_TOO_DEEP)
            if done == also == "INSERT 0 0":
                raise Conflict("unit_too_deep", f"With this export the units would be more than {DEEPEST} levels deep.")
            await self.connection.execute(_BELOW_REFUSED)

    async def _references(self, name: str) -> None:
        for what, table in (("person", "person"), ("unit", "unit")):
            words = {"name": name, "section": f"{name}s", "what": what, "table": table}
            await self.connection.execute(_REFERENCE_STAGED.format(**words))
            await self.connection.execute(_REFERENCE_STORED.format(**words), self.mapping.source)
            await self.connection.execute(_REFERENCE_UNKNOWN.format(**words))

    async def _periods(self) -> None:
        """Dates that the mapping does not read stay as they are stored, where they still make sense."""
        said = fields_said(self.mapping, "engagements")
        if "start_on" not in said:
            await self.connection.execute(_START_KEPT)
        if "end_on" not in said:
            await self.connection.execute(_END_KEPT, self.today)


def _on_a_circle(parents: Mapping[Any, Any]) -> set[Any]:
    """Those of the units that are above themselves."""
    found: set[Any] = set()
    seen: set[Any] = set()
    for start in parents:
        path: list[Any] = []
        at = start
        while at in parents and at not in seen:
            seen.add(at)
            path.append(at)
            at = parents[at]
        if at in path:
            found.update(path[path.index(at) :])
    return found


_FIRST = "(SELECT DISTINCT ON (key) * FROM staged_{name} ORDER BY key, seq)"
_REPEATS = f"""
DELETE FROM staged_{{name}} s USING {_FIRST} f
WHERE s.key = f.key AND s.seq > f.seq AND s.repeats AND f.repeats AND ({{s}}) IS NOT DISTINCT FROM ({{f}})
"""  # noqa: S608  -- names from code
_DUPLICATES = f"""
WITH gone AS (
    DELETE FROM staged_{{name}} s USING {_FIRST} f WHERE s.key = f.key AND s.seq > f.seq
    RETURNING s.file, s.line, s.key, f.file AS other_file, f.line AS other_line,
              CASE WHEN {{repeats}} THEN 'differing_repeat' ELSE 'duplicate_key' END AS code
)
INSERT INTO staged_problem SELECT '{{name}}s', 'key', file, line, code, key, key, other_file, other_line FROM gone
"""  # noqa: S608
_UNREAD = """
INSERT INTO staged_{name} (seq, id, file, line, key, refused)
SELECT DISTINCT ON (key) seq, id, file, line, key, true FROM staged_unread u
WHERE section = '{name}s' AND NOT EXISTS (SELECT FROM staged_{name} s WHERE s.key = u.key) ORDER BY key, seq
"""
_KNOWN = """
UPDATE staged_{name} s SET id = t.id, known = true FROM {target} t WHERE t.source = $1 AND t.external_id = s.key
"""
_PARENT_STAGED = "UPDATE staged_unit s SET parent_id = p.id FROM staged_unit p WHERE p.key = s.parent_key"
_PARENT_STORED = """
UPDATE staged_unit s SET parent_id = u.id FROM unit u
WHERE s.parent_key IS NOT NULL AND s.parent_id IS NULL AND u.source = $1 AND u.external_id = s.parent_key
"""
_PARENT_KEPT = "UPDATE staged_unit s SET parent_id = u.parent_id FROM unit u WHERE u.id = s.id AND s.known"
_NO_PARENT = """
WITH refused AS (
    UPDATE staged_unit SET refused = true WHERE parent_key IS NOT NULL AND parent_id IS NULL
    RETURNING file, line, key, parent_key
)
INSERT INTO staged_problem SELECT 'units', 'parent', file, line, 'unknown_parent', key, parent_key FROM refused
"""
_BELOW_REFUSED = """
WITH RECURSIVE bad AS (
    SELECT id, known FROM staged_unit WHERE refused
    UNION
    SELECT s.id, s.known FROM staged_unit s JOIN bad ON s.parent_id = bad.id WHERE NOT bad.known
), refused AS (
    UPDATE staged_unit s SET refused = true FROM bad WHERE s.id = bad.id AND NOT s.refused
    RETURNING s.file, s.line, s.key, s.parent_key
)
INSERT INTO staged_problem SELECT 'units', 'parent', file, line, 'unknown_parent', key, parent_key FROM refused
"""
_UNREACHED = """
WITH RECURSIVE tree AS (
    SELECT id, parent_id FROM staged_unit WHERE NOT refused
    UNION ALL
    SELECT u.id, u.parent_id FROM unit u
    WHERE NOT EXISTS (SELECT FROM staged_unit s WHERE s.id = u.id AND NOT s.refused)
), reached AS (
    SELECT id, 1 AS depth FROM tree WHERE parent_id IS NULL
    UNION ALL
    SELECT t.id, r.depth + 1 FROM tree t JOIN reached r ON t.parent_id = r.id WHERE r.depth < $1
)
SELECT t.id, t.parent_id FROM tree t LEFT JOIN reached r ON r.id = t.id WHERE r.id IS NULL
"""
_REFUSE_UNITS = """
WITH refused AS (
    UPDATE staged_unit SET refused = true WHERE id = ANY($1::uuid[]) AND NOT refused
    RETURNING file, line, key, parent_key
)
INSERT INTO staged_problem SELECT 'units', 'parent', file, line, $2, key, parent_key FROM refused
"""
_REFERENCE_STAGED = """
UPDATE staged_{name} s SET {what}_id = t.id FROM staged_{table} t
WHERE t.key = s.{what}_key AND (t.known OR NOT t.refused)
"""
_REFERENCE_STORED = """
UPDATE staged_{name} s SET {what}_id = t.id FROM {table} t
WHERE s.{what}_id IS NULL AND s.{what}_key IS NOT NULL AND t.source = $1 AND t.external_id = s.{what}_key
"""
_REFERENCE_UNKNOWN = """
WITH refused AS (
    UPDATE staged_{name} SET refused = true WHERE NOT refused AND {what}_key IS NOT NULL AND {what}_id IS NULL
    RETURNING file, line, key, {what}_key AS said
)
INSERT INTO staged_problem SELECT '{section}', '{what}', file, line, 'unknown_{what}', key, said FROM refused
"""
_NO_UNIT = """
WITH refused AS (
    UPDATE staged_engagement e SET refused = true
    WHERE NOT e.refused AND e.unit_key IS NULL
      AND NOT EXISTS (SELECT FROM staged_leader l WHERE l.person_id = e.person_id AND NOT l.refused)
    RETURNING file, line, key, person_key
)
INSERT INTO staged_problem SELECT 'engagements', 'unit', file, line, 'no_unit', key, person_key FROM refused
"""
_START_KEPT = """
UPDATE staged_engagement s SET start_on = t.start_on FROM engagement t
WHERE t.id = s.id AND s.known AND (s.end_on IS NULL OR t.start_on < s.end_on)
"""
_END_KEPT = """
UPDATE staged_engagement s SET end_on = t.end_on FROM engagement t
WHERE t.id = s.id AND s.known AND t.end_on > $1 AND (s.start_on IS NULL OR t.end_on > s.start_on)
"""
# A use case that begins an engagement locks the person first; so does an import before it looks for overlaps.
_LOCK_PERSONS = """
SELECT count(*) FROM (
    SELECT p.id FROM person p WHERE EXISTS (
        SELECT FROM staged_engagement e LEFT JOIN engagement t ON t.id = e.id
        WHERE e.person_id = p.id AND NOT e.refused AND (
            t.id IS NULL
            OR (t.start_on, t.end_on, t.is_primary) IS DISTINCT FROM (e.start_on, e.end_on, e."primary"))
    ) ORDER BY p.id FOR UPDATE) locked
"""
_OVERLAP = (
    "coalesce(e.start_on, '-infinity') < coalesce(o.end_on, 'infinity')"
    " AND coalesce(o.start_on, '-infinity') < coalesce(e.end_on, 'infinity')"
)
_SEVERAL_PRIMARY = f"""
WITH refused AS (
    UPDATE staged_engagement e SET refused = true
    WHERE NOT e.refused AND e."primary" AND EXISTS (
        SELECT FROM staged_engagement o
        WHERE o.person_id = e.person_id AND o.seq < e.seq AND NOT o.refused AND o."primary" AND {_OVERLAP})
    RETURNING file, line, key, person_key
)
INSERT INTO staged_problem SELECT 'engagements', 'primary', file, line, 'several_primary', key, person_key FROM refused
"""  # noqa: S608
_PRIMARY_ELSEWHERE = f"""
WITH refused AS (
    UPDATE staged_engagement e SET refused = true
    WHERE NOT e.refused AND e."primary" AND EXISTS (
        SELECT FROM engagement o
        WHERE o.person_id = e.person_id AND o.is_primary AND o.source IS DISTINCT FROM $1 AND {_OVERLAP})
    RETURNING file, line, key, person_key
)
INSERT INTO staged_problem
SELECT 'engagements', 'primary', file, line, 'primary_elsewhere', key, person_key FROM refused
"""  # noqa: S608
_SEVERAL_HEADS = """
WITH refused AS (
    UPDATE staged_leader l SET refused = true
    WHERE NOT l.refused AND l.heads_unit AND (
        EXISTS (SELECT FROM staged_leader o
                WHERE o.unit_id = l.unit_id AND o.seq < l.seq AND o.heads_unit AND NOT o.refused)
        OR EXISTS (SELECT FROM position p
                   WHERE p.unit_id = l.unit_id AND p.heads_unit AND p.source IS DISTINCT FROM $1))
    RETURNING file, line, key, unit_key
)
INSERT INTO staged_problem SELECT 'leaders', 'heads_unit', file, line, 'several_heads', key, unit_key FROM refused
"""
