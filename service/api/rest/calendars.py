"""Calendars by their private addresses. Knowing the address is all it takes, so it is written into no log."""

import hashlib
from datetime import UTC
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.api.ical import MEDIA_TYPE, text_of
from service.api.rest.routes import route
from service.domain.calendars.model import digest
from service.domain.calendars.ports import Feeds
from service.domain.errors import NotFound

PREFIX = "/calendars/"
PATH = f"{PREFIX}{{organisation:identity}}/{{secret}}.ics"

_HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Disposition": 'inline; filename="talentspor.ics"',
}


def calendar_routes(feeds: Feeds) -> list[Route]:
    """The route of all calendars: no token, an ETag, and one answer for whatever leads nowhere."""

    async def read(request: Request) -> Response:
        secret = digest(request.path_params["secret"])
        feed = await feeds.find(request.path_params["organisation"], secret)
        if feed is None:
            raise NotFound("calendar", "at this address")
        body = text_of(feed)
        tag = f'"{hashlib.blake2s(body, digest_size=8).hexdigest()}"'
        headers = {**_HEADERS, "ETag": tag}
        if feed.entries:
            changed = max(one.revised_at for one in feed.entries)
            headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
        held = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
        if not held.isdisjoint({tag, "*"}):
            return Response(None, 304, headers)
        return Response(body, 200, headers, MEDIA_TYPE)

    return [route(PATH, "GET", read)]
