"""Who leads what: levels, who heads a unit, and which engagement holds which leadership position."""

from dataclasses import dataclass
from datetime import date, datetime

from service.domain.imports.mapping import ImportMapping
from service.domain.imports.said import makes
from service.repo.database import Connection

MADE = "leader//"
"""How the key of an engagement begins that follows from a leader alone; no joined key has an empty part."""


@dataclass(frozen=True)
class Posts:
    """Fills positions from the staged leaders; `now` stamps what changes, `today` is the date where it is."""

    connection: Connection
    mapping: ImportMapping
    now: datetime
    today: date

    async def settle(self) -> None:
        """Decide levels, heads and holders, once units and persons are merged.

        An engagement that holds a position is in the position's unit. A leader whose engagement is in the unit, in
        none, or further down in it holds the position with that one; any other leads beside their work, with an
        engagement of its own.
        """
        if not makes(self.mapping, "leaders"):
            return
        await self.connection.execute(_LEFT, self.today)
        await self.connection.execute(_LEVELS)
        await self.connection.execute(_HEADS, self.mapping.source)
        await self.connection.execute(_HELD_ELSEWHERE, self.mapping.source, self.today)
        await self.connection.execute(_IN_THE_UNIT, self.today)
        await self.connection.execute(_WITHOUT_UNIT, self.today)
        await self.connection.execute(_UNIT_OF_LEADERS)
        await self.connection.execute(_FURTHER_DOWN, self.today)
        await self.connection.execute(_UNIT_OF_POSITION)
        await self.connection.execute(_HELD_STILL, MADE, self.today)
        await self.connection.execute(_MAKE, MADE, self.today)
        await self.connection.execute(_MADE_KNOWN, self.mapping.source, self.today)
        await self.connection.execute(_MADE_PRIMARY, self.today)
        await self.connection.execute(_MADE_HOLDS)

    async def clear(self) -> None:
        """Let go of positions that somebody else has got, or nobody; once the engagements are merged."""
        await self.connection.execute(_MADE_BEFORE_IT_BEGAN, self.mapping.source, MADE, self.today)
        await self.connection.execute(_MADE_ENDS, self.mapping.source, MADE, self.now, self.today)
        await self.connection.execute(_LETS_GO, self.mapping.source, self.now, self.today)


_LEFT = """
UPDATE staged_leader l SET person_id = NULL FROM person p
WHERE p.id = l.person_id AND p.left_on <= $1
"""
_LEVELS = """
UPDATE staged_leader s SET level = coalesce(
    (SELECT p.level FROM position p WHERE p.id = s.id AND s.known),
    (SELECT 'N' || least(greatest(max(c.depth), 1), 5) FROM unit_closure c WHERE c.descendant_id = s.unit_id))
WHERE NOT s.refused AND s.level IS NULL
"""
_HEADS = """
WITH since AS MATERIALIZED (
    SELECT person_id, min(start_on) AS first FROM staged_engagement WHERE NOT refused GROUP BY person_id
), hired AS MATERIALIZED (
    SELECT id, first_hired_on FROM person WHERE id IN (SELECT person_id FROM staged_leader)
), ranked AS MATERIALIZED (
    SELECT l.id, row_number() OVER (
               PARTITION BY l.unit_id ORDER BY l.level, coalesce(h.first_hired_on, since.first) NULLS LAST, l.key
           ) AS place
    FROM staged_leader l LEFT JOIN hired h ON h.id = l.person_id LEFT JOIN since ON since.person_id = l.person_id
    WHERE NOT l.refused AND l.heads_unit IS NULL
), taken AS (
    SELECT unit_id FROM staged_leader WHERE NOT refused AND heads_unit
    UNION ALL
    SELECT p.unit_id FROM position p WHERE p.heads_unit AND (p.source IS DISTINCT FROM $1 OR EXISTS (
        SELECT FROM staged_leader s WHERE s.id = p.id AND s.refused))
)
UPDATE staged_leader l
SET heads = coalesce(l.heads_unit, ranked.place = 1 AND l.unit_id NOT IN (SELECT unit_id FROM taken))
FROM staged_leader s LEFT JOIN ranked USING (id)
WHERE s.id = l.id AND NOT l.refused
"""
_HELD_ELSEWHERE = """
UPDATE staged_leader l SET held_elsewhere = true FROM engagement e
WHERE e.position_id = l.id AND (e.end_on IS NULL OR e.end_on > $2) AND e.source IS DISTINCT FROM $1
"""
_HELD_STILL = """
UPDATE staged_leader l SET held_elsewhere = true FROM engagement e
WHERE l.engagement_id IS NULL AND e.position_id = l.id AND e.person_id = l.person_id
  AND (e.end_on IS NULL OR e.end_on > $2) AND NOT starts_with(e.external_id, $1)
  AND NOT EXISTS (SELECT FROM staged_engagement s WHERE s.id = e.id AND NOT s.refused)
"""
_FREE = "NOT refused AND person_id IS NOT NULL AND NOT held_elsewhere AND engagement_id IS NULL"
_RUNS = "NOT refused AND (end_on IS NULL OR end_on > $1)"
_BEST = '"primary" DESC, start_on NULLS FIRST, key'
_IN_THE_UNIT = f"""
WITH l AS (
    SELECT id, person_id, unit_id, row_number() OVER (PARTITION BY person_id, unit_id ORDER BY level, key) AS n
    FROM staged_leader WHERE {_FREE}
), e AS (
    SELECT id, person_id, unit_id, row_number() OVER (PARTITION BY person_id, unit_id ORDER BY {_BEST}) AS n
    FROM staged_engagement WHERE {_RUNS} AND unit_key IS NOT NULL
)
UPDATE staged_leader s SET engagement_id = e.id FROM l JOIN e USING (person_id, unit_id, n) WHERE s.id = l.id
"""  # noqa: S608  -- constants
_WITHOUT_UNIT = f"""
WITH l AS (
    SELECT id, person_id, row_number() OVER (PARTITION BY person_id ORDER BY level, key) AS n
    FROM staged_leader WHERE {_FREE}
), e AS (
    SELECT id, person_id, row_number() OVER (PARTITION BY person_id ORDER BY {_BEST}) AS n
    FROM staged_engagement WHERE {_RUNS} AND unit_key IS NULL
)
UPDATE staged_leader s SET engagement_id = e.id FROM l JOIN e USING (person_id, n) WHERE s.id = l.id
"""  # noqa: S608
_UNIT_OF_LEADERS = """
UPDATE staged_engagement e SET unit_id = (
    SELECT l.unit_id FROM staged_leader l WHERE l.person_key = e.person_key AND NOT l.refused
    ORDER BY l.engagement_id IS DISTINCT FROM e.id, l.level, l.key LIMIT 1)
WHERE e.unit_key IS NULL AND NOT e.refused
"""
_FURTHER_DOWN = f"""
WITH l AS MATERIALIZED (
    SELECT id, person_id, unit_id, level FROM staged_leader WHERE {_FREE}
), e AS MATERIALIZED (
    SELECT id AS engagement_id, person_id, unit_id AS below, "primary", start_on, key FROM staged_engagement o
    WHERE {_RUNS} AND person_id IN (SELECT person_id FROM l)
      AND NOT EXISTS (SELECT FROM staged_leader t WHERE t.engagement_id = o.id)
), pairs AS (
    SELECT DISTINCT ON (l.id) l.id, l.level, e.engagement_id FROM l JOIN e USING (person_id)
    WHERE EXISTS (SELECT FROM unit_closure c WHERE c.ancestor_id = l.unit_id AND c.descendant_id = e.below)
    ORDER BY l.id, e."primary" DESC, e.start_on NULLS FIRST, e.key
), mutual AS (
    SELECT DISTINCT ON (engagement_id) id, engagement_id FROM pairs ORDER BY engagement_id, level, id
)
UPDATE staged_leader s SET engagement_id = mutual.engagement_id FROM mutual WHERE mutual.id = s.id
"""  # noqa: S608
_UNIT_OF_POSITION = """
UPDATE staged_engagement e SET unit_id = l.unit_id FROM staged_leader l WHERE l.engagement_id = e.id
"""
_MAKE = f"""
INSERT INTO staged_engagement
       (seq, id, file, line, key, person_key, title, start_on, "primary", person_id, unit_id, made)
SELECT l.seq, l.made_id, l.file, l.line, $1 || l.key || '//' || l.person_key, l.person_key,
       coalesce(l.title, u.name), CASE WHEN l.known THEN $2::date END, false, l.person_id, l.unit_id, true
FROM staged_leader l JOIN unit u ON u.id = l.unit_id
WHERE {_FREE}
"""  # noqa: S608
_MADE_KNOWN = """
UPDATE staged_engagement e SET id = t.id, known = true, start_on = t.start_on,
       end_on = CASE WHEN t.end_on > $2 THEN t.end_on END
FROM engagement t WHERE e.made AND t.source = $1 AND t.external_id = e.key
"""
_MADE_PRIMARY = """
WITH first AS (
    SELECT DISTINCT ON (person_id) id, person_id, start_on FROM staged_engagement WHERE made ORDER BY person_id, seq
)
UPDATE staged_engagement e SET "primary" = true FROM first
WHERE e.id = first.id
  AND NOT EXISTS (SELECT FROM staged_engagement o WHERE o.person_id = e.person_id AND NOT o.refused AND NOT o.made
                  AND o."primary" AND (o.end_on IS NULL OR o.end_on > coalesce(e.start_on, '-infinity')))
  AND NOT EXISTS (SELECT FROM engagement t WHERE t.person_id = e.person_id AND t.is_primary
                  AND (t.end_on IS NULL OR t.end_on > coalesce(e.start_on, $1))
                  AND NOT EXISTS (SELECT FROM staged_engagement s WHERE s.id = t.id AND NOT s.refused))
"""
_MADE_HOLDS = """
UPDATE staged_leader l SET engagement_id = e.id FROM staged_engagement e
WHERE e.made AND e.seq = l.seq
"""
_MADE_BEFORE_IT_BEGAN = """
DELETE FROM engagement t USING staged_leader l
WHERE t.position_id = l.id AND NOT l.refused AND t.source = $1 AND starts_with(t.external_id, $2)
  AND t.start_on >= $3 AND l.engagement_id IS DISTINCT FROM t.id
"""
_MADE_ENDS = """
UPDATE engagement t SET end_on = $4, version = t.version + 1, updated_at = $3
FROM staged_leader l
WHERE t.position_id = l.id AND NOT l.refused AND t.source = $1 AND starts_with(t.external_id, $2)
  AND (t.end_on IS NULL OR t.end_on > $4) AND (t.start_on IS NULL OR t.start_on < $4)
  AND l.engagement_id IS DISTINCT FROM t.id
"""
_LETS_GO = """
UPDATE engagement t SET position_id = NULL, filled_by = NULL, version = t.version + 1, updated_at = $2
FROM staged_leader l
WHERE t.position_id = l.id AND NOT l.refused AND NOT l.held_elsewhere AND t.source = $1
  AND (t.end_on IS NULL OR t.end_on > $3) AND l.engagement_id IS DISTINCT FROM t.id
"""
