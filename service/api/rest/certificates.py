"""What holders show and strangers verify: the text of a certificate, and what the organisation publishes for it."""

import hashlib
from typing import Any
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.api.context import Context
from service.api.rest.routes import PREFIX, Handler, actor_of, route
from service.domain.certificates.credential import OPEN_BADGES, VC, profile
from service.domain.certificates.ports import Publications, Published
from service.domain.certificates.views import CertificateView
from service.domain.errors import Forbidden, NotFound
from service.domain.selection import Leaf, Selection

CREDENTIAL = f"{PREFIX}/{CertificateView.path}/{{id}}/credential"
ISSUER = "/issuers/{organisation:identity}"
KEYS = f"{ISSUER}/jwks.json"
KEY = f"{ISSUER}/keys/{{key}}"
STATUS = f"{ISSUER}/status/{{number:int}}"

JWT, KEY_SET, ONE_KEY = "application/jwt", "application/jwk-set+json", "application/jwk+json"
_JSON = "application/json"
_PUBLIC = {"Access-Control-Allow-Origin": "*"}
_LONG, _SHORT = "public, max-age=3600", "public, max-age=300"
_WANTED = Selection((Leaf("credential", "credential"),))
LAST_LIST = 1_000_000


def certificate_routes(context: Context, publications: Publications) -> list[Route]:
    """The routes that no view makes; all but the first are for anybody."""
    return [route(CREDENTIAL, "GET", _shows(context)), *_publishing(publications)]


def _shows(context: Context) -> Handler:
    async def credential(request: Request) -> Response:
        actor = await actor_of(context, request)
        which: UUID = request.path_params["id"]
        reading = await context.reader.one(CertificateView, which, _WANTED, actor)
        if reading is None:
            raise NotFound(CertificateView.name, which)
        text = orjson.loads(reading.json)["credential"]
        if text is None:
            raise Forbidden("not_allowed", "The holder and HR read the text of a certificate.")
        headers = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}
        headers["Content-Disposition"] = f'attachment; filename="certificate-{which}.jwt"'
        return Response(text, 200, headers, JWT)

    return credential


def _publishing(publications: Publications) -> list[Route]:
    async def published(request: Request) -> Published:
        which: UUID = request.path_params["organisation"]
        found = await publications.of(which)
        if found is None:
            raise NotFound("issuer", which)
        return found

    async def issuer(request: Request) -> Response:
        found = await published(request)
        said = {"@context": [VC, OPEN_BADGES], **profile(found.issuer, found.name), "url": found.issuer.url}
        return _public(request, orjson.dumps(said), _JSON, _LONG)

    async def keys(request: Request) -> Response:
        found = await published(request)
        return _public(request, orjson.dumps({"keys": list(found.keys.values())}), KEY_SET, _LONG)

    async def key(request: Request) -> Response:
        found = await published(request)
        name: str = request.path_params["key"]
        if name not in found.keys:
            raise NotFound("key", name)
        return _public(request, orjson.dumps(found.keys[name]), ONE_KEY, _LONG)

    async def status(request: Request) -> Response:
        organisation, number = request.path_params["organisation"], request.path_params["number"]
        found = await publications.status_list(organisation, number) if number <= LAST_LIST else None
        if found is None:
            raise NotFound("status list", number)
        return _public(request, found.encode(), JWT, _SHORT)

    handlers = {ISSUER: issuer, KEYS: keys, KEY: key, STATUS: status}
    return [route(path, "GET", handler) for path, handler in handlers.items()]


def _public(request: Request, body: bytes, media_type: str, cache: str) -> Response:
    tag = f'"{hashlib.blake2s(body, digest_size=8).hexdigest()}"'
    headers: dict[str, Any] = {**_PUBLIC, "Cache-Control": cache, "ETag": tag}
    if tag in {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}:
        return Response(None, 304, headers)
    return Response(body, 200, headers, media_type)
