"""The files that the pages load: our own, and those of Swagger UI from `fastapi-offline`."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

_OURS: Final = Path(__file__).parent / "static"
_THEIRS: Final = ("swagger-ui-bundle.js", "swagger-ui.css")
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

_YEAR: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One file as it is sent."""

    content: bytes
    media_type: str
    etag: str


@cache
def assets() -> Mapping[str, Asset]:
    """Read every asset, by file name; once per process."""
    found = {path.name: path.read_bytes() for path in sorted(_OURS.iterdir()) if path.suffix in _TYPES}
    theirs = _theirs()
    found |= {name: (theirs / name).read_bytes() for name in _THEIRS}
    return {
        name: Asset(content=content, media_type=_TYPES[Path(name).suffix], etag=etag(content))
        for name, content in found.items()
    }


@cache
def edition() -> str:
    """Name the present content of all assets together, for their addresses.

    It stands in front of the file name, so that one script importing another lands in the same edition.
    """
    parts = "".join(f"{name}{asset.etag}" for name, asset in assets().items())
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def etag(content: bytes) -> str:
    """Make the strong entity tag of some content."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def answer_asset(request: Request) -> Response:
    """Send the asset that the path names.

    An address of this edition may be kept for ever. One of another edition (a page loaded before an upgrade,
    two versions behind one balancer) gets what there is, to be asked for again.
    """
    asset = assets().get(request.path_params["name"])
    if asset is None:
        return Response("No such file.\n", status_code=404, media_type="text/plain")
    current = request.path_params["edition"] == edition()
    headers = {
        "Cache-Control": _YEAR if current else _ASK_AGAIN,
        "ETag": asset.etag,
        "X-Content-Type-Options": "nosniff",
    }
    if unchanged(request, asset.etag):
        return Response(status_code=304, headers=headers)
    return Response(asset.content, media_type=asset.media_type, headers=headers)


def unchanged(request: Request, tag: str) -> bool:
    """Tell whether the reader already has what carries this tag (RFC 9110, section 13.1.2)."""
    held = request.headers.get("if-none-match", "")
    return held.strip() == "*" or tag in {each.strip().removeprefix("W/") for each in held.split(",")}


def _theirs() -> Path:
    # The package is found, not imported: importing it would make a second application class for nothing.
    spec = find_spec("fastapi_offline")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package fastapi-offline, which brings Swagger UI, is not installed.")
    return Path(spec.origin).parent / "static"
