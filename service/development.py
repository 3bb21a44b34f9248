"""The local issuer of tokens: a key of its own per data folder, so that a token of one machine is nothing elsewhere."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import orjson
from joserfc.jwk import ECKey

_FILE = "development-issuer.json"


def issuer_key(folder: Path) -> ECKey:
    """The key in the data folder, made once; only the account that runs the program reads it.

    Raises OSError, and ValueError where the file is not such a key.
    """
    file = folder / _FILE
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(file)
    return ECKey.import_key(orjson.loads(file.read_bytes()))


def _make(file: Path) -> None:
    """All or nothing, and the first of two that start together wins: it gets its name when it is complete."""
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"})
    number, name = tempfile.mkstemp(prefix="unfinished-key-", dir=file.parent)  # readable by its owner alone
    unfinished = Path(name)
    try:
        with os.fdopen(number, "wb") as opened:
            opened.write(orjson.dumps(key.as_dict(private=True)))
        with suppress(FileExistsError):
            file.hardlink_to(unfinished)
    finally:
        unfinished.unlink()
