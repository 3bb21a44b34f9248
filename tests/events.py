"""The events of an organisation as they are kept: the feed itself holds them back while anything older is open."""

from typing import Any

from tests.municipality import Municipality

_KEPT = "SELECT type, concept, resource_id::text, actor, data FROM event ORDER BY transaction_id, sequence"


async def told(town: Municipality, *types: str) -> list[dict[str, Any]]:
    """What happened, in order: all of it, or what is of these types."""
    async with town.rooms.database.transaction(town.organisation) as connection:
        kept = [dict(row) for row in await connection.fetch(_KEPT)]
    return [one for one in kept if not types or one["type"] in types]
