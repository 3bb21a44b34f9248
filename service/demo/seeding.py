"""What a first start puts into an empty database.

Each step is one transaction, and any start makes up what an earlier one was kept from.
"""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from service.demo import DEMO
from service.demo.export import bring_in, note_vacancies
from service.demo.municipality import EMPLOYEES, generate
from service.demo.places import MUNICIPALITY
from service.demo.records import Municipality
from service.demo.story import BEGINS, tell
from service.demo.story.telling import telling
from service.domain.clock import utc_now
from service.domain.errors import Conflict
from service.domain.ids import new_id
from service.domain.organisations.model import Country, Language, Organisation, OrganisationKind
from service.main import Rooms, rooms
from service.repo.database import Database
from service.repo.founding import found, organisation_of
from service.settings import Settings

ZONE = ZoneInfo("Europe/Copenhagen")

_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('talentspor demo', 0))"


def today() -> date:
    """The date in the synthetic municipality."""
    return utc_now().astimezone(ZONE).date()


async def seed(
    database_url: str, settings: Settings, say: Callable[[str], None], settle: Callable[[], Awaitable[None]]
) -> UUID:
    """The synthetic municipality's organisation, with its people and their story in it.

    It is drawn up as it is on the day of the first start: whoever is 61 then can leave within six years of that day,
    and from then on it ages with the calendar, as a real one does. Its people come in when the story begins, a good
    year before. `settle` is called when they have. Raises DomainError.
    """
    before = timedelta(days=BEGINS)
    drawn = cache(lambda: generate(as_of=today(), scale=settings.demo_scale))
    async with rooms(database_url, settings, clock=lambda: utc_now() - before) as joined:
        organisation = await _founded(joined.database)
        if not await joined.database.run(organisation, _holds_people):
            say(f"Drawing up {MUNICIPALITY}: {round(EMPLOYEES * settings.demo_scale):,} employees")
            await bring_in(joined, organisation, drawn())
            await settle()
        if not await joined.database.run(organisation, _holds_a_story):
            say("Telling how one of them became a leader")
            await _tell(joined, organisation, drawn())
        return organisation


async def _holds_people(connection: Any) -> bool:
    return await connection.fetchval("SELECT EXISTS (SELECT FROM person)")


async def _holds_a_story(connection: Any) -> bool:
    return await connection.fetchval("SELECT EXISTS (SELECT FROM programme)")


async def _tell(joined: Rooms, organisation: UUID, municipality: Municipality) -> None:
    async def work(connection: Any) -> None:
        await connection.execute(_ALONE)
        if not await _holds_a_story(connection):
            await note_vacancies(connection, municipality)
            address = joined.transactions.address
            await tell(telling(joined.database, connection, organisation, ZONE, today(), address=address))

    await joined.database.run(organisation, work)


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
        time_zone=ZONE.key,
    )
    try:
        await found(database, organisation)
    except Conflict:  # another start was quicker
        return await _founded(database)
    return organisation.id
