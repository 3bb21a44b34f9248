"""The organisation of a session is read once per table of a statement, not once for each row that is looked up.

A sub-select without columns of the row is run once and kept; the bare expression is run at each look into an index, of
which a list of fifty has two thousand (docs/decisions/0026).
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_EACH_TIME = "nullif(current_setting(''app.organisation'', true), '''')::uuid"
_ONCE = f"(SELECT {_EACH_TIME})"
_EVERYWHERE = """
DO $$
DECLARE kept record;
BEGIN
    FOR kept IN SELECT schemaname, tablename FROM pg_policies
                WHERE policyname = 'tenant' AND schemaname = current_schema()
    LOOP
        EXECUTE format(
            'ALTER POLICY tenant ON %I.%I USING (organisation_id = {0}) WITH CHECK (organisation_id = {0})',
            kept.schemaname, kept.tablename);
    END LOOP;
END $$
"""


def upgrade() -> None:
    op.execute(_EVERYWHERE.format(_ONCE))


def downgrade() -> None:
    op.execute(_EVERYWHERE.format(_EACH_TIME))
