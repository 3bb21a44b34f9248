"""Where a text stands in every column of every table: to prove that something was deleted, not only hidden."""

from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast
from urllib.parse import urlsplit

import asyncpg

from service.embedded import EmbeddedPostgres
from service.embedded.cluster import SUPERUSER
from tests.municipality import Municipality

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_QUEUE = "SELECT EXISTS (SELECT FROM queue.pgqueuer q WHERE q::text LIKE '%' || $1 || '%')"


async def everywhere(town: Municipality, text: str) -> list[str]:
    """The tables of the organisation that hold the text, and `queue` where the queue does."""
    async with town.rooms.database.transaction(town.organisation) as connection:
        found: list[str] = []
        for (name,) in await connection.fetch(_TABLES):
            holds = f"SELECT EXISTS (SELECT FROM {name} t WHERE t::text LIKE '%' || $1 || '%')"  # noqa: S608
            found += [name] if await connection.fetchval(holds, text) else []
        return found + (["queue"] if await connection.fetchval(_QUEUE, text) else [])


@asynccontextmanager
async def administrator(postgres: EmbeddedPostgres, database: str) -> AsyncGenerator[Any]:
    """A connection to the database of that URL past row-level security."""
    name = urlsplit(database).path.removeprefix("/")
    connection = cast("Any", await asyncpg.connect(postgres.url(SUPERUSER, name)))
    try:
        yield connection
    finally:
        await connection.close()


async def found_in(admin: Any, wanted: Iterable[object]) -> Mapping[str, set[str]]:
    """Table → those of the words that stand somewhere in one of its rows, as text, in JSON or as an id."""
    words = [str(one) for one in wanted]
    patterns = {word: f"%{word}%" for word in words} | {
        f"{word} as bytes": f"%{word.encode().hex()}%" for word in words
    }
    tables = await admin.fetch(
        "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
        " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    )
    found: dict[str, set[str]] = {}
    for table in tables:
        there = f"EXISTS (SELECT FROM {table['name']} t WHERE t::text LIKE pattern)"
        rows = await admin.fetch(
            f"SELECT word FROM unnest($1::text[], $2::text[]) AS sought (word, pattern) WHERE {there}",  # noqa: S608
            list(patterns),
            list(patterns.values()),
        )
        if rows:
            found[table["name"].removeprefix("public.")] = {row["word"] for row in rows}
    return found
