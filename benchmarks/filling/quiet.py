"""What keeps the data as it is: columns that are not spoken of get an empty value, and nothing falls due."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from service.domain.agenda import named
from service.domain.days import begin
from service.repo.queue import Wake, enqueue

_YEARS_AHEAD = timedelta(days=3650)
_EMPTY = {"int4": "0", "int8": "0", "numeric": "0", "bool": "false", "text": "''", "varchar": "''", "jsonb": "'[]'"}
_WITHOUT = """
SELECT c.oid::regclass::text AS name, a.attname AS column, t.typname AS type
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  AND a.attnum > 0 AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AND NOT a.attisdropped
  AND a.attname NOT IN ('version', 'state', 'kind', 'name') AND t.typname = ANY($1::text[])
"""


@asynccontextmanager
async def lenient(connection: Any) -> AsyncGenerator[None]:
    """While the block lasts, what a newer schema asks for beyond what is said has an empty default."""
    found = await connection.fetch(_WITHOUT, list(_EMPTY))
    for row in found:
        await connection.execute(
            f'ALTER TABLE {row["name"]} ALTER COLUMN "{row["column"]}" SET DEFAULT {_EMPTY[row["type"]]}'
        )
    yield
    for row in found:
        await connection.execute(f'ALTER TABLE {row["name"]} ALTER COLUMN "{row["column"]}" DROP DEFAULT')


async def nothing_falls_due(connection: Any) -> None:
    """Put off the next day of every organisation, at which a worker would look at all that goes by dates."""
    await connection.execute("DELETE FROM queue.pgqueuer")
    now = datetime.now(UTC)
    for row in await connection.fetch("SELECT id FROM organisation"):
        await enqueue(connection, row["id"], [Wake(named(begin), now + _YEARS_AHEAD)], now)
