"""How the contract describes the export of an archive, whose route no view and no operation makes."""

from collections.abc import Mapping
from typing import Any

from service.api.rest.archives import EXPORT
from service.api.rest.schemas import Schema, reference
from service.api.rest.shared import header, identity_of, parameter, problems
from service.domain.archives.views import ArchiveView
from service.domain.candidacies.views import CandidacyView


def archive_paths(about: Mapping[str, Any], candidacy: Mapping[str, Any]) -> dict[str, Schema]:
    """The export; `about` is an example of an archive, `candidacy` of one in it."""
    return {EXPORT: {"get": _exports(about, candidacy), "parameters": [identity_of(ArchiveView)]}}


def _exports(about: Mapping[str, Any], candidacy: Mapping[str, Any]) -> Schema:
    shown = {name: value for name, value in candidacy.items() if name != "allowedActions"}
    return {
        "operationId": "exportArchive",
        "tags": [ArchiveView.name],
        "summary": "Download the export of an archive",
        "description": "Everything that is known through its candidacies, as one document for the organisation's "
        "archive. Sensitive values are in it, and the access log says who took it. Confirm the archive when the "
        "export is safe.",
        "parameters": [parameter("AcceptLanguage")],
        "responses": {
            "200": {
                "description": "The export.",
                "headers": {"X-Request-Id": header("RequestId")},
                "content": {
                    "application/json": {
                        "schema": _EXPORT,
                        "example": {"archive": about, "candidacies": [{**shown, "person": {"name": "Mette Sørensen"}}]},
                    }
                },
            },
            **problems(401, 404, 409),
        },
    }


_EXPORT: Schema = {
    "type": "object",
    "description": "An archive with its candidacies.",
    "properties": {
        "archive": reference(ArchiveView.name),
        "candidacies": {
            "type": "array",
            "description": f"Each as a {CandidacyView.name} without `allowedActions`, with everything that belongs "
            "to it; a person by name and external id.",
            "items": {
                "type": "object",
                "description": f"The fields and relations of a {CandidacyView.name}.",
                "properties": {"id": {"type": "string", "format": "uuid", "description": "Its identity."}},
                "required": ["id"],
                "additionalProperties": True,
            },
        },
    },
    "required": ["archive", "candidacies"],
    "additionalProperties": False,
}
