"""How the contract describes imports, whose routes no view and no operation makes."""

from collections.abc import Mapping
from inspect import getdoc
from typing import Any

from service.api.rest.imports import LARGEST_FIELD, PATH, REPORT
from service.api.rest.schemas import Schema, reference
from service.api.rest.shared import header, identity_of, parameter, problems, shown
from service.domain.imports.commands import QUEUE
from service.domain.imports.model import DEFAULT_SHARE
from service.domain.imports.problems import ProblemCode, RowProblem
from service.domain.imports.report import as_csv
from service.domain.imports.views import ImportView


def import_paths(about: Mapping[str, Any]) -> dict[str, Schema]:
    """The operations on imports beside the readings that follow from their view; `about` is an example of one."""
    return {PATH: {"post": _receives()}, REPORT: {"get": _reports(about), "parameters": [identity_of(ImportView)]}}


def _receives() -> Schema:
    doc = getdoc(QUEUE.use_case) or QUEUE.mutation
    return {
        "operationId": QUEUE.mutation,
        "tags": [ImportView.name],
        "summary": "Import an export",
        "description": doc,
        "parameters": [parameter("IdempotencyKey"), parameter("AcceptLanguage")],
        "requestBody": {
            "required": True,
            "description": f"A form. Fields other than the file have at most {LARGEST_FIELD} bytes.",
            "content": {"multipart/form-data": {"schema": _FORM, "example": _SENT}},
        },
        "responses": {
            "202": {
                "description": "The import as it is now: it runs in the background, read it again to follow it.",
                "headers": {
                    "ETag": header("ETag"),
                    "Location": header("Location"),
                    "X-Request-Id": header("RequestId"),
                },
                "content": {"application/json": shown(ImportView.name)},
            },
            **problems(401, 403, 409, 413, 415, 422),
        },
    }


def _reports(about: Mapping[str, Any]) -> Schema:
    return {
        "operationId": "getImportReport",
        "tags": [ImportView.name],
        "summary": "Download the problems of an import's rows",
        "description": "Each problem with its file, line and column, and what to do about it.",
        "parameters": [parameter("AcceptLanguage")],
        "responses": {
            "200": {
                "description": "The report: CSV with a byte order mark unless `Accept` prefers JSON.",
                "headers": {"X-Request-Id": header("RequestId")},
                "content": {
                    "text/csv": {"schema": {"type": "string"}, "example": as_csv([_PROBLEM]).decode("utf-8-sig")},
                    "application/json": {
                        "schema": _REPORT,
                        "example": {"import": about, "problems": [_PROBLEM._asdict()]},
                    },
                },
            },
            **problems(401, 403, 404),
        },
    }


_FORM: Schema = {
    "type": "object",
    "properties": {
        "file": {
            "type": "string",
            "contentMediaType": "application/octet-stream",
            "description": "The export: one CSV file, or a zip of several.",
        },
        "mapping": {
            "type": "string",
            "pattern": "^[^\\u0000]*[!-~][^\\u0000]*$",
            "description": "The name of a mapping that ships with the service, or the whole text of one.",
            "examples": ["plan2learn"],
        },
        "dryRun": {"type": "boolean", "default": False, "description": "Show what would be done and keep nothing."},
        "snapshot": {
            "type": "boolean",
            "default": False,
            "description": "The export is everything there is: what it no longer has is ended.",
        },
        "share": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "default": float(DEFAULT_SHARE),
            "description": "How large a part of a concept a snapshot may end.",
        },
        "force": {"type": "boolean", "default": False, "description": "A snapshot may end more than that."},
    },
    "required": ["file", "mapping"],
    "additionalProperties": False,
}

_SENT: Schema = {"file": "Medarbejdernr;Navn\n1017;Mette Sørensen\n", "mapping": "plan2learn", "dryRun": True}

_REPORT: Schema = {
    "type": "object",
    "description": "An import with the problems of its rows.",
    "properties": {
        "import": reference(ImportView.name),
        "problems": {
            "type": "array",
            "description": "The first ten thousand of them, in the order of the export.",
            "items": {
                "type": "object",
                "properties": {
                    "file": {"type": "string", "description": "The file of the export."},
                    "line": {"type": "integer", "description": "Its line, counted from 1, the header's included."},
                    "column": {
                        "type": ["string", "null"],
                        "description": "The column's name; null where no single column is to blame.",
                    },
                    "code": {
                        "type": "string",
                        "enum": [str(one) for one in ProblemCode],
                        "description": "Its stable code.",
                    },
                    "message": {"type": "string", "description": "What is wrong, and what to do."},
                },
                "required": ["file", "line", "column", "code", "message"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["import", "problems"],
    "additionalProperties": False,
}

_PROBLEM = RowProblem(
    file="medarbejdere.csv",
    line=17,
    column="Fødselsdato",
    code=ProblemCode.BAD_DATE,
    message="31-02-1988 is no date; write it as 2026-01-31.",
)
