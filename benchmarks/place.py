"""Where the benchmark works."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import ECKey

from service.embedded import EmbeddedPostgres


@dataclass(frozen=True, kw_only=True)
class Place:
    """The data folder, the server in it, the key of its development issuer, and how to speak.

    `say` tells what is being done, until the next word; what is given to `note` stays.
    """

    folder: Path
    server: EmbeddedPostgres
    key: ECKey
    say: Callable[[str], None]
    note: Callable[[str], None]
