"""Brings a schema to the head, and says where it stands."""

from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from service.repo.revisions import MIGRATIONS

_APPEND_ONLY = ("event", "access_log")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _engine(url: str) -> Any:
    """An engine with a statement cache of none, so that it also goes through PgBouncer."""
    parsed = make_url(url).set(drivername="postgresql+asyncpg")
    return create_async_engine(parsed, connect_args={"statement_cache_size": 0})


async def migrate(owner_url: str, *, service_role: str, to: str = "head") -> None:
    """Upgrade (or downgrade) the schema as its owner, and grant the service's role what it needs.

    Events and the access log can be added to and read, never changed.
    """
    engine = _engine(owner_url)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('talentspor migrate', 0))"))
            await connection.run_sync(_move, to)
            if to == "head":
                await connection.run_sync(_grant, service_role)
    finally:
        await engine.dispose()


def _move(connection: Connection, to: str) -> None:
    config = _config(connection)
    if to == "head":
        command.upgrade(config, to)
    else:
        command.downgrade(config, to)


def _grant(connection: Connection, role: str) -> None:
    quoted = connection.dialect.identifier_preparer.quote(role)
    for schema in ("public", "queue"):
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}"))
        connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {quoted}"))
        connection.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}"))
    connection.execute(text(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {quoted}"))
    for name in _APPEND_ONLY:
        connection.execute(text(f"REVOKE UPDATE, DELETE ON {name} FROM {quoted}"))
    connection.execute(text(f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {quoted}"))


async def current(url: str) -> str | None:
    """The revision that a database is at, or None for an empty one."""
    engine = _engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_revision)
    finally:
        await engine.dispose()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
