"""How each contender is started."""

import sys
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.database import Filled
from benchmarks.processes import Running, free_port, running


def ours(database: Filled, folder: Path, name: str = "ours") -> AbstractContextManager[Running]:
    """The service, as `talentspor serve` runs it."""
    port = free_port()
    program = str(Path(sys.executable).with_name("talentspor"))
    environment = {
        "TALENTSPOR_DATABASE_URL": database.service_url,
        "TALENTSPOR_DATA_DIR": str(folder),
        "TALENTSPOR_ENV": "development",
        "TALENTSPOR_LOG_FORM": "json",  # as in production
    }
    return running(name, [program, "serve", "--port", str(port)], port=port, logs=folder, environment=environment)


def limit(database: Filled, folder: Path, recordings: Path) -> AbstractContextManager[Running]:
    """The limit of readings."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.contenders.limit", database.bare_url, str(port), str(recordings)]
    return running("limit", command, port=port, logs=folder)


def bare_commands(database: Filled, folder: Path, templates: Path) -> AbstractContextManager[Running]:
    """The limit of commands."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "benchmarks.contenders.bare_commands",
        database.bare_url,
        str(port),
        str(templates),
    ]
    return running("bare_commands", command, port=port, logs=folder)


def conventional(database: Filled, folder: Path) -> AbstractContextManager[Running]:
    """The conventional stack."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.contenders.conventional.app", database.bare_url, str(port)]
    return running("conventional", command, port=port, logs=folder)
