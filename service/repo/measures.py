"""What the database's side of the service tells Prometheus: how long a connection, a reading and a transaction take."""

from typing import Any

from prometheus_client import Gauge, Histogram

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

READING = Histogram(
    "talentspor_statement_seconds",
    "Time of a reading: one statement, and the wait for a connection.",
    ["reading"],
    buckets=_SECONDS,
)
TRANSACTION = Histogram(
    "talentspor_transaction_seconds",
    "Time of a command's transaction, from its connection to its commit.",
    buckets=_SECONDS,
)
WAIT = Histogram(
    "talentspor_pool_wait_seconds", "Time until a connection of the pool was there to be used.", buckets=_SECONDS
)
CONNECTIONS = Gauge("talentspor_pool_connections", "Connections of this worker to Postgres.", ["state"])


def watch(pool: Any) -> None:
    """Let the gauge ask the pool when Prometheus asks the service."""
    CONNECTIONS.labels("idle").set_function(pool.get_idle_size)
    CONNECTIONS.labels("used").set_function(lambda: pool.get_size() - pool.get_idle_size())
