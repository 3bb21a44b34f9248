"""How the contract describes a report as a table and as a chart, whose routes no view and no operation makes."""

from typing import Any

from service.api.pages.language import LANGUAGES
from service.api.rest.reports import CHARTS, COLUMNS, TABLE, chart_path
from service.api.rest.schemas import Schema
from service.api.rest.shared import header, identity_of, parameter, problems
from service.domain.reports.openness.views import OpennessReportView


def report_paths() -> dict[str, Schema]:
    """The table and each form of the chart."""
    table = _gets("getOpennessTable", "Download the report as CSV", _TABLE, "text/csv", ",".join(COLUMNS))
    charts = {
        chart_path(form): _gets(
            f"getOpennessChart{form.title()}", f"Draw the report as {said}", _CHART, CHARTS[form], _EXAMPLES[form]
        )
        for form, said in {"svg": "SVG", "png": "PNG", "json": "Vega-Lite"}.items()
    }
    return {
        path: {"get": gets, "parameters": [identity_of(OpennessReportView)]}
        for path, gets in {TABLE: table, **charts}.items()
    }


def _gets(operation: str, summary: str, description: str, media_type: str, example: Any) -> Schema:
    schema: Schema = (
        {"type": "object", "additionalProperties": True} if isinstance(example, dict) else {"type": "string"}
    )
    if media_type == CHARTS["png"]:
        schema = {"type": "string", "contentMediaType": media_type}
    return {
        "operationId": operation,
        "tags": [OpennessReportView.name],
        "summary": summary,
        "description": description,
        "parameters": [_LANGUAGE, parameter("IfNoneMatch"), parameter("AcceptLanguage")],
        "responses": {
            "200": {
                "description": "The report.",
                "headers": {"ETag": header("ETag"), "X-Request-Id": header("RequestId")},
                "content": {media_type: {"schema": schema, "example": example}},
            },
            "304": {"description": "The reader has it already."},
            **problems(401, 404, 422, *((503,) if media_type != "text/csv" else ())),
        },
    }


_LANGUAGE: Schema = {
    "name": "language",
    "in": "query",
    "description": "The language of the words; without it, what `Accept-Language` asks for.",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
}

_TABLE = (
    "A row per figure (`record` is `figure`; nothing in `count` is suppressed), about the report (`report`) and what "
    "its words mean (`definition`). UTF-8 with a byte order mark, commas."
)
_CHART = (
    "A row per group, a column of bars per stage, with the words of a language. Drawn when it is first asked for, "
    "which takes seconds; `ETag` and `If-None-Match` spare drawing it again."
)
_EXAMPLES: dict[str, Any] = {
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1094" height="636">…</svg>',
    "png": "…",
    "json": {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "vconcat": []},
}
