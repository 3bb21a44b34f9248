"""Alembic's entry: runs the migrations on the connection that `service.repo.migrating` hands over."""

from alembic import context

from service.repo.all_tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
