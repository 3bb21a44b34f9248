"""Where in an organisation's data a text stands: to prove that something was deleted, not only hidden."""

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
