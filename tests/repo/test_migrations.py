"""The schema's history: up, down and up again, with data in it; and never another schema than the code declares."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

import asyncpg
import httpx
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from service.domain.actor import Role
from service.domain.archives.forgetting import forget_those_not_admitted
from service.domain.candidacies.deciding import Decline, decline
from service.embedded import EmbeddedPostgres
from service.main import application, rooms
from service.repo.all_tables import METADATA
from service.repo.migrating import current, migrate
from service.repo.revisions import MIGRATIONS, head, known
from service.settings import Settings
from tests.clock import MovableClock
from tests.cohort_life import cohort_life
from tests.conftest import RUN
from tests.everywhere import administrator
from tests.municipality import development_key, municipality
from tests.selection import selection
from tests.servers import create_database


@pytest.fixture
async def empty(postgres: EmbeddedPostgres) -> AsyncGenerator[str]:
    """The name of a database of the test's own, with nothing in it."""
    name = f"migrating_{RUN}"
    await create_database(postgres, name)
    yield name
    admin = cast("Any", await asyncpg.connect(postgres.admin_url))
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


def test_the_files_of_the_migrations_are_named_after_their_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == head()
    for script in scripts.walk_revisions():
        assert known(script.revision)
        assert script.path.rpartition("/")[2].startswith(f"{script.revision}_")
    assert not known("9999")


async def test_up_with_data_down_to_nothing_and_up_again(
    postgres: EmbeddedPostgres, empty: str, clock: MovableClock
) -> None:
    owner, url = postgres.url("talentspor_owner", empty), postgres.url("talentspor", empty)
    for _ in range(2):
        await migrate(owner, service_role="talentspor")
        assert await current(owner) == head()
        settings = Settings(env="development", pool_size=2)
        async with (
            rooms(url, settings, development=development_key(), clock=clock) as joined,
            municipality(joined) as town,
        ):
            unit = await town.unit("Skolen")
            await town.leader("Lars", unit)
            assert await joined.context.ready() is None
        await migrate(owner, service_role="talentspor", to="base")
        assert await current(owner) is None
        connection = cast("Any", await asyncpg.connect(owner))
        left = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        functions = await connection.fetch("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
        await connection.close()
        assert [row["tablename"] for row in left] == ["alembic_version"]
        assert functions == []


async def test_a_candidacy_that_waits_in_an_archive_outlives_the_way_back_from_0005(
    postgres: EmbeddedPostgres, empty: str, clock: MovableClock
) -> None:
    owner, url = postgres.url("talentspor_owner", empty), postgres.url("talentspor", empty)
    await migrate(owner, service_role="talentspor")
    settings = Settings(env="development", pool_size=2)
    async with rooms(url, settings, development=development_key(), clock=clock) as joined, municipality(joined) as town:
        chosen = await selection(town)
        candidacy = await chosen.assessed("Mette", "Mads")
        no = Decline(reason="Ikke denne gang.", feedback="Led et projekt først.")
        await town.run(decline, candidacy, no, None)
        await chosen.hr.patch("/v1/organisation", json={"archiveDays": 30})
        clock.forward(days=200)
        await town.rooms.transactions.run(town.hr, forget_those_not_admitted)
        assert (await chosen.hr.get("/v1/archives", params={"count": "true"})).json()["totalCount"] == 1
        async with administrator(postgres, url) as admin:
            kept = "SELECT count(*) FROM candidacy c JOIN event e ON e.resource_id = c.id WHERE c.id = $1"
            before = await admin.fetchval(kept, candidacy)
            await migrate(owner, service_role="talentspor", to="0004")
            assert await admin.fetchval(kept, candidacy) == before > 0
            assert await admin.fetchval("SELECT to_regclass('archive')") is None
        await migrate(owner, service_role="talentspor")
        await chosen.hr.patch("/v1/organisation", json={"archiveDays": None})
        await town.rooms.transactions.run(town.hr, forget_those_not_admitted)
        assert (await chosen.hr.get("/v1/candidacies", params={"count": "true"})).json()["totalCount"] == 0


async def test_without_the_life_of_cohorts_who_takes_part_where_stays_and_with_it_again_it_begins_anew(
    postgres: EmbeddedPostgres, empty: str, clock: MovableClock
) -> None:
    owner, url = postgres.url("talentspor_owner", empty), postgres.url("talentspor", empty)
    await migrate(owner, service_role="talentspor")
    settings = Settings(env="development", pool_size=2)
    async with (
        rooms(url, settings, development=development_key(), clock=clock) as joined,
        municipality(joined) as town,
    ):
        life = await cohort_life(town, clock)
        await life.attended(await life.session(1, -1), life.mette)
        programme = UUID((await life.read(f"cohorts/{life.cohort}"))["programmeId"])
        later = await town.cohort(programme)
        ole = await life.taking_part("Ole", "Mads")
        deferred = await life.hr.post(f"/v1/participations/{ole}/defer", json={"cohortId": str(later)})
        completed = await life.hr.post(f"/v1/participations/{life.mette}/complete", json={})
        assert (deferred.status_code, completed.status_code) == (200, 200)
        assert len(await life.listed("certificates")) == 1
    await migrate(owner, service_role="talentspor", to=_before("0006"))
    await migrate(owner, service_role="talentspor")
    async with rooms(url, settings, development=development_key(), clock=clock) as joined:
        reborn = replace(town, rooms=joined, transport=httpx.ASGITransport(application(joined, settings)))
        hr = reborn.client(None, Role.HR)
        read = (await hr.get("/v1/participations", params={"expand": "cohort,certificate"})).json()["items"]
        assert [(one["state"], one["cohortId"]) for one in read] == [
            ("completed", str(life.cohort)),
            ("deferred", str(later)),
        ]
        assert [(one["cohort"]["modules"], one["certificate"], one["sessionsPlanned"]) for one in read] == [
            ([], None, 0)
        ] * 2
        assert (await hr.get(f"/v1/cohorts/{later}")).json()["seatsTaken"] == 1


def _before(revision: str) -> str:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    found = ScriptDirectory.from_config(config).get_revision(revision)
    assert isinstance(found.down_revision, str)
    return found.down_revision


async def test_the_migrations_make_exactly_the_schema_that_the_code_declares(
    postgres: EmbeddedPostgres, empty: str
) -> None:
    owner = postgres.url("talentspor_owner", empty)
    await migrate(owner, service_role="talentspor")
    engine = create_async_engine(make_url(owner).set(drivername="postgresql+asyncpg"))

    def differences(connection: Connection) -> Any:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


def test_a_revision_of_another_release_is_not_known() -> None:
    assert known(head())
    assert not known("9999")
