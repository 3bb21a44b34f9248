"""What the limit connects as: a role that row-level security does not bind, over one organisation's rows by name.

The views have the tables' names and an organisation written into them, and stand first in the role's search path: the
service's own SQL runs on them unchanged, with the predicate of tenancy but not its policy.
"""

from typing import Any
from uuid import UUID

ROLE = "talentspor_bare"
SCHEMA = "bare"

_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id'
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname
"""


async def bare(connection: Any, organisation: UUID) -> None:
    """Make the role and its views of one organisation."""
    if not await connection.fetchval("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", ROLE):
        await connection.execute(f"CREATE ROLE {ROLE} LOGIN BYPASSRLS")
    database = await connection.fetchval("SELECT quote_ident(current_database())")
    await connection.execute(f"CREATE SCHEMA {SCHEMA}")
    for row in await connection.fetch(_TABLES):
        name = row["relname"]
        await connection.execute(
            f"CREATE VIEW {SCHEMA}.{name} AS SELECT * FROM public.{name} WHERE organisation_id = '{organisation}'"  # noqa: S608  -- names of tables
        )
    await connection.execute(
        f"GRANT CONNECT ON DATABASE {database} TO {ROLE};"
        f"GRANT USAGE ON SCHEMA public, {SCHEMA} TO {ROLE};"
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, {SCHEMA} TO {ROLE};"
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE};"
        f"ALTER ROLE {ROLE} IN DATABASE {database} SET search_path = {SCHEMA}, public"
    )
