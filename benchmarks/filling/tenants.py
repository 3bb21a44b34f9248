"""Many organisations like the first one, copied from it inside the database."""

from typing import Any

_ORDER = (
    "unit",
    "unit_closure",
    "person",
    "position",
    "engagement",
    "framework",
    "programme",
    "cohort",
    "talent",
    "candidacy",
    "assessment",
    "participation",
    "placement",
)
_OTHERS = """
INSERT INTO organisation (organisation_id, id, slug, name, {names})
SELECT other.id, other.id, 'kommune-' || n, 'Kommune ' || n, {names}
FROM (SELECT uuidv7() AS id, n FROM generate_series(2, $1::int) n) other, (SELECT {names} FROM organisation) first
"""
# The time stays, what is random is drawn anew from both: ids sort as those of real organisations would.
_CLONE = """
CREATE FUNCTION pg_temp.clone(organisation uuid, id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
SELECT (left(id::text, 19) || '8' || substr(md5(organisation::text || id::text), 1, 3) || '-'
        || substr(md5(organisation::text || id::text), 4, 12))::uuid
$$
"""
_COLUMNS = """
SELECT attname, atttypid = 'uuid'::regtype AS is_id FROM pg_attribute
WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'organisation_id'
"""


async def multiply(connection: Any, tenants: int) -> None:
    """Let there be that many organisations, each with people of its own, in place of the only one."""
    first = await connection.fetchval("SELECT id FROM organisation")
    rows = await connection.fetch(_COLUMNS, "organisation")
    names = ", ".join(row["attname"] for row in rows if row["attname"] not in {"id", "slug", "name"})
    await connection.execute(_OTHERS.format(names=names), tenants)
    await connection.execute(_CLONE)
    # What is copied was checked against the foreign keys when it came in.
    await connection.execute("SET session_replication_role = replica")
    for table in _ORDER:
        rows = await connection.fetch(_COLUMNS, table)
        names = ", ".join(row["attname"] for row in rows)
        values = ", ".join(
            f"pg_temp.clone(other.id, t.{row['attname']})" if row["is_id"] else f"t.{row['attname']}" for row in rows
        )
        await connection.execute(
            f"INSERT INTO {table} (organisation_id, {names}) SELECT other.id, {values}"  # noqa: S608  -- names of columns
            f" FROM {table} t, organisation other WHERE t.organisation_id = $1 AND other.id <> $1",
            first,
        )
    await connection.execute("SET session_replication_role = origin")
