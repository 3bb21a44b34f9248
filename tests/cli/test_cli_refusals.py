"""What keeps the program from its work is said in one sentence, without a traceback."""

import asyncio
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, cast

import asyncpg
import pytest

import service.databases
from service.embedded import EmbeddedPostgres
from service.repo.migrating import migrate
from tests.cli.programs import refusal, run
from tests.servers import create_database

_NUMBERS = count(1)


def execute(url: str, *statements: str) -> None:
    async def work() -> None:
        connection = cast("Any", await asyncpg.connect(url))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(work())


@contextmanager
def made(postgres: EmbeddedPostgres, template: str = "template0") -> Generator[str]:
    """The name of a database that exists meanwhile."""
    name = f"refusals_{os.getpid()}_{next(_NUMBERS)}"
    asyncio.run(create_database(postgres, name, template=template))
    yield name
    execute(postgres.admin_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty(postgres: EmbeddedPostgres) -> Generator[str]:
    """A database of the test's own, without a schema."""
    with made(postgres) as name:
        yield name


@pytest.fixture(scope="module")
def template(postgres: EmbeddedPostgres) -> Generator[str]:
    """A database at this release's schema, to which nobody is connected."""
    with made(postgres) as name:
        asyncio.run(migrate(postgres.url("talentspor_owner", name), service_role="talentspor"))
        yield name


@pytest.fixture
def migrated(postgres: EmbeddedPostgres, template: str) -> Generator[str]:
    """A database of the test's own at this release's schema."""
    with made(postgres, template) as name:
        yield name


@pytest.mark.slow
def test_a_database_out_of_reach_is_said_in_one_sentence_by_the_real_program() -> None:
    ended = run("serve", "--port", "0", TALENTSPOR_DATABASE_URL="postgresql://talentspor:secret@127.0.0.1:1/talentspor")

    assert ended.returncode == 1
    assert ended.stderr == "The database at 127.0.0.1:1 cannot be reached: Connection refused.\n"
    assert not ended.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve"],
        ["organisation", "create", "by", "--name", "By", "--country", "dk", "--language", "da"],
        ["token", "--role", "hr"],
    ],
    ids=["serve", "organisation create", "token"],
)
def test_every_command_says_that_the_database_is_out_of_reach(arguments: list[str]) -> None:
    said = refusal(
        *arguments,
        TALENTSPOR_DATABASE_URL="postgresql://talentspor@127.0.0.1:1/talentspor",
        TALENTSPOR_ENV="development",
    )

    assert said == "The database at 127.0.0.1:1 cannot be reached: Connection refused."


@pytest.mark.parametrize("url", ["mysql://a:hemmeligt@h/d", "postgresql://a:hemme/ligt@h:p/d", "hemmeligt"])
def test_an_address_that_is_none_is_refused_without_showing_its_password(url: str) -> None:
    said = refusal("serve", TALENTSPOR_DATABASE_URL=url)

    assert "postgresql://role:password@host:5432/database" in said
    assert "hemme" not in said


def test_a_wrong_setting_is_named() -> None:
    said = refusal("serve", TALENTSPOR_PORT="nine", TALENTSPOR_LOG_LEVEL="loud")

    assert said.startswith("A setting is wrong: TALENTSPOR_PORT: ")
    assert "TALENTSPOR_LOG_LEVEL" in said


def test_a_service_without_a_database_says_how_to_give_it_one() -> None:
    assert "TALENTSPOR_DATABASE_URL" in refusal("serve")


def test_behind_a_pooler_the_queue_needs_an_address_of_its_own(postgres: EmbeddedPostgres) -> None:
    said = refusal(
        "serve",
        TALENTSPOR_DATABASE_URL=postgres.url("talentspor", "postgres"),
        TALENTSPOR_DATABASE_BINDING="transaction",
    )

    assert said.startswith("Set TALENTSPOR_QUEUE_DATABASE_URL to the database itself: ")


def test_a_wrong_password_or_database_is_said(postgres: EmbeddedPostgres) -> None:
    said = refusal("serve", TALENTSPOR_DATABASE_URL=postgres.url("talentspor", "atlantis"))

    assert said == 'The database cannot be used: database "atlantis" does not exist.'


def test_an_empty_database_wants_to_be_migrated(postgres: EmbeddedPostgres, empty: str) -> None:
    said = refusal("serve", TALENTSPOR_DATABASE_URL=postgres.url("talentspor", empty))

    assert said == "The database has no schema yet: run `talentspor migrate`."


def test_a_schema_from_a_newer_release_is_left_alone(postgres: EmbeddedPostgres, migrated: str) -> None:
    owner = postgres.url("talentspor_owner", migrated)
    execute(owner, "UPDATE alembic_version SET version_num = '9999'")

    served = refusal("serve", TALENTSPOR_DATABASE_URL=postgres.url("talentspor", migrated))
    moved = refusal("migrate", TALENTSPOR_MIGRATION_DATABASE_URL=owner)

    assert served == moved
    assert served == "The schema is at 9999, from a newer release of Talentspor than this: upgrade it."


def test_an_older_schema_wants_to_be_migrated(
    postgres: EmbeddedPostgres, migrated: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.databases, "head", lambda: "0099")

    said = refusal("serve", TALENTSPOR_DATABASE_URL=postgres.url("talentspor", migrated))

    assert said.endswith("this release needs 0099: run `talentspor migrate`.")


@pytest.mark.parametrize("role", ["postgres", "talentspor_owner"])
def test_a_role_that_could_see_every_organisation_is_refused(
    postgres: EmbeddedPostgres, migrated: str, role: str
) -> None:
    said = refusal("serve", TALENTSPOR_DATABASE_URL=postgres.url(role, migrated))

    assert said.startswith(f"The database role {role} is too powerful: ")


@pytest.mark.parametrize("power", ["BYPASSRLS", "IN ROLE talentspor_owner", "IN ROLE postgres"])
def test_a_role_that_could_become_too_powerful_is_refused(
    postgres: EmbeddedPostgres, migrated: str, power: str
) -> None:
    role = f"mighty_{next(_NUMBERS)}_{id(power)}"
    grants = [f"GRANT CONNECT ON DATABASE {migrated} TO {role}", f"GRANT talentspor TO {role}"]
    execute(postgres.admin_url, f"CREATE ROLE {role} LOGIN {power}", *grants)
    try:
        said = refusal("serve", TALENTSPOR_DATABASE_URL=postgres.url(role, migrated))
    finally:
        execute(postgres.admin_url, f"REVOKE CONNECT ON DATABASE {migrated} FROM {role}", f"DROP ROLE {role}")

    assert said.startswith(f"The database role {role} is too powerful: ")


def test_a_role_without_grants_is_told_to_migrate(postgres: EmbeddedPostgres, migrated: str) -> None:
    execute(postgres.url("talentspor_owner", migrated), "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM talentspor")

    said = refusal("serve", TALENTSPOR_DATABASE_URL=postgres.url("talentspor", migrated))

    assert said.startswith("The database role talentspor may not read the schema: run `talentspor migrate`")


def test_a_locale_without_nordic_letters_is_refused(postgres: EmbeddedPostgres) -> None:
    execute(
        postgres.admin_url,
        "CREATE DATABASE deaf OWNER talentspor_owner TEMPLATE template0"
        " ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'",
    )
    try:
        served = refusal("serve", TALENTSPOR_DATABASE_URL=postgres.url("talentspor", "deaf"))
        moved = refusal("migrate", TALENTSPOR_MIGRATION_DATABASE_URL=postgres.url("talentspor_owner", "deaf"))
    finally:
        execute(postgres.admin_url, "DROP DATABASE deaf WITH (FORCE)")

    assert served == moved
    assert "æøå" in served


def test_an_old_server_is_refused(postgres: EmbeddedPostgres, empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.databases, "OLDEST", 99)

    said = refusal("serve", TALENTSPOR_DATABASE_URL=postgres.url("talentspor", empty))

    assert said == "The database is Postgres 18; Talentspor needs 99 or newer."


def test_a_port_that_is_taken_is_named(postgres: EmbeddedPostgres, migrated: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal("serve", "--port", str(port), TALENTSPOR_DATABASE_URL=postgres.url("talentspor", migrated))

    assert said.startswith(f"Port {port} of 127.0.0.1 cannot be used: Address already in use;")


def test_a_host_that_is_not_here_is_named(postgres: EmbeddedPostgres, migrated: str) -> None:
    said = refusal("serve", "--host", "192.0.2.1", TALENTSPOR_DATABASE_URL=postgres.url("talentspor", migrated))

    assert "192.0.2.1 cannot be used" in said


def test_the_service_does_not_migrate_as_itself(postgres: EmbeddedPostgres, empty: str) -> None:
    said = refusal("migrate", TALENTSPOR_DATABASE_URL=postgres.url("talentspor", empty))

    assert said.startswith("Set TALENTSPOR_MIGRATION_DATABASE_URL")


def test_the_demo_does_not_start_in_production() -> None:
    assert refusal("demo", TALENTSPOR_ENV="production").startswith("The demo is for development")


def test_a_folder_without_a_database_is_named(tmp_path: Path) -> None:
    said = refusal("token", "--role", "hr", TALENTSPOR_DATA_DIR=str(tmp_path))

    assert said.startswith(f"There is no database in {tmp_path} yet: run `talentspor demo`")


@pytest.mark.slow
def test_migrating_grants_the_service_what_it_needs(postgres: EmbeddedPostgres, empty: str) -> None:
    urls = {
        "TALENTSPOR_DATABASE_URL": postgres.url("talentspor", empty),
        "TALENTSPOR_MIGRATION_DATABASE_URL": postgres.url("talentspor_owner", empty),
    }

    first, again = (run("migrate", **urls) for _ in range(2))

    assert (first.returncode, again.returncode) == (0, 0)
    assert "it was at nothing" in first.stderr
    assert "it was at" not in again.stderr
    assert refusal("serve", "--host", "192.0.2.1", **urls).startswith("Port")
