"""What a first start puts into an empty database.

Each step is one transaction, and any start makes up what an earlier one was kept from.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from service.demo import DEMO
from service.demo.export import bring_in
from service.demo.municipality import EMPLOYEES, generate
from service.demo.places import MUNICIPALITY
from service.domain.errors import Conflict
from service.domain.ids import new_id
from service.domain.organisations.model import Country, Language, Organisation, OrganisationKind
from service.main import Rooms
from service.repo.database import Database, local_date
from service.repo.founding import found, organisation_of

ZONE = "Europe/Copenhagen"
_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('talentspor demo', 0))"


async def seed(joined: Rooms, scale: float, say: Callable[[str], None]) -> tuple[UUID, bool]:
    """The synthetic municipality's organisation, with everything in it, and whether this start put something there.

    It is drawn up as it is on the day of the first start: whoever is 61 then can leave within six years of that day,
    and from then on the municipality ages with the calendar, as a real one does.
    """
    organisation = await _founded(joined.database)

    async def lacking(connection: Any) -> bool:
        return not await connection.fetchval("SELECT EXISTS (SELECT FROM person)")

    fresh = await joined.database.run(organisation, lacking)
    if fresh:
        say(f"Drawing up {MUNICIPALITY}: {round(EMPLOYEES * scale):,} employees")
        today = local_date(joined.database.clock(), ZONE)
        await bring_in(joined, organisation, generate(as_of=today, scale=scale))
    return organisation, fresh


async def _founded(database: Database) -> UUID:
    known = await organisation_of(database, DEMO)
    if known is not None:
        return known
    organisation = Organisation(
        id=new_id(),
        slug=DEMO,
        name=MUNICIPALITY,
        kind=OrganisationKind.MUNICIPALITY,
        country=Country.DK,
        default_language=Language.DA,
        time_zone=ZONE,
    )
    try:
        await found(database, organisation)
    except Conflict:  # another start was quicker
        return await _founded(database)
    return organisation.id
