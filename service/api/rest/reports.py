"""Openness reports over REST as a table and as a chart, beside the resource itself."""

import csv
import hashlib
import io
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.api.context import Context
from service.api.drawing import Charts
from service.api.errors import InputError, Malformed
from service.api.pages.language import LANGUAGES, preferred
from service.api.rest.routes import PREFIX, actor_of, etag, route
from service.api.selections import expanded
from service.domain.errors import NotFound
from service.domain.reports.openness.views import OpennessReportView
from service.domain.reports.openness.wording import word

_BASE = f"{PREFIX}/{OpennessReportView.path}/{{id}}"
TABLE = f"{_BASE}/table.csv"
CHARTS: Mapping[str, str] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/vnd.vegalite.v6+json",
}
"""Each form of a chart and its media type."""
COLUMNS = ("record", "dimension", "group", "label", "stage", "count", "percent", "text")

Report = Mapping[str, Any]
_Make = Callable[[str, Report, str], Awaitable[bytes]]


def chart_path(form: str) -> str:
    """Where the chart of that form is."""
    return f"{_BASE}/chart.{form}"


def report_routes(context: Context) -> list[Route]:
    """The routes that no view and no operation makes."""
    charts = Charts()

    async def table(_: str, report: Report, language: str) -> bytes:
        return as_csv(report, language)

    def chart(form: str) -> _Make:
        async def make(tag: str, report: Report, language: str) -> bytes:
            return await charts.drawn(tag, report, language, form)

        return make

    return [
        route(TABLE, "GET", _answers(context, table, "text/csv; charset=utf-8", "csv")),
        *(
            route(chart_path(form), "GET", _answers(context, chart(form), media_type, form))
            for form, media_type in CHARTS.items()
        ),
    ]


def _answers(context: Context, make: _Make, media_type: str, suffix: str) -> Callable[[Request], Awaitable[Response]]:
    async def handler(request: Request) -> Response:
        actor = await actor_of(context, request)
        language = _language(request)
        which: UUID = request.path_params["id"]
        reading = await context.reader.one(OpennessReportView, which, expanded(OpennessReportView), actor)
        if reading is None:
            raise NotFound(OpennessReportView.name, which)
        report = orjson.loads(reading.json)
        # What the reader may do with it stands in the reading, and not in what is made of it.
        figures = orjson.dumps({**report, "allowedActions": None})
        version = etag(reading).strip('"').partition(".")[0]
        tag = f'"{version}.{hashlib.blake2s(figures + f"{language} {suffix}".encode(), digest_size=8).hexdigest()}"'
        headers = {
            "Cache-Control": "private, no-cache",
            "Vary": "Authorization, Accept-Language",
            "ETag": tag,
            "Content-Language": language,
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
            "Content-Disposition": f'inline; filename="openness-{which}.{suffix}"',
        }
        if tag in {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}:
            return Response(None, 304, headers)
        return Response(await make(tag, report, language), 200, headers, media_type)

    return handler


def _language(request: Request) -> str:
    """The language asked for by `language`, else by the header. Raises Malformed."""
    unknown = [name for name in request.query_params if name != "language"]
    errors = [InputError(pointer=f"/{name}", detail="There is no such parameter.") for name in unknown]
    chosen = request.query_params.get("language", "")
    if "language" in request.query_params and chosen not in LANGUAGES:
        errors.append(InputError(pointer="/language", detail=f"One of: {', '.join(LANGUAGES)}."))
    if errors:
        raise Malformed(errors)
    return preferred(request.headers.get("accept-language", ""), chosen)


def as_csv(report: Report, language: str) -> bytes:
    """The report as spreadsheets open it: a row per figure, then what the words mean; with a byte order mark."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows(tuple(_plain(cell) for cell in row) for row in _records(report, language))
    return text.getvalue().encode("utf-8-sig")


def _records(report: Report, language: str) -> Iterator[tuple[object, ...]]:
    hidden = getattr(word("suppressed"), language)

    def figures(dimension: str, group: str, label: str, stages: list[Report]) -> Iterator[tuple[object, ...]]:
        for one in stages:
            note = hidden if one["count"] is None else None
            yield "figure", dimension, group, label, one["stage"], one["count"], one["percent"], note

    yield "report", None, None, getattr(word("title"), language), None, None, None, report["name"]
    yield "report", None, None, "asOf", None, None, None, report["asOf"]
    yield "report", None, None, "completionAsOf", None, None, None, report["completionAsOf"]
    yield "report", None, None, "threshold", None, None, None, report["threshold"]
    yield from figures("total", "", getattr(word("total"), language), report["total"])
    for dimension in report["dimensions"]:
        for group in dimension["groups"]:
            yield from figures(dimension["dimension"], group["group"], group["labels"][language], group["stages"])
    for one in report["definitions"]:
        yield "definition", None, one["term"], one["labels"][language], None, None, None, one["meaning"][language]


def _plain(cell: object) -> object:
    """No cell that a spreadsheet would take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
