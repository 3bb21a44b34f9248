"""How the contract describes the text of a certificate, whose route no view makes."""

from service.api.rest.certificates import CREDENTIAL, JWT
from service.api.rest.schemas import Schema
from service.api.rest.shared import header, identity_of, parameter, problems
from service.domain.certificates.views import CertificateView


def certificate_paths() -> dict[str, Schema]:
    """The operation on certificates beside those that follow from their view."""
    return {CREDENTIAL: {"get": _SHOWN, "parameters": [identity_of(CertificateView)]}}


_SHOWN: Schema = {
    "operationId": "getCredential",
    "tags": [CertificateView.name],
    "summary": "Download the text of a certificate",
    "description": "The Open Badges 3.0 credential as a signed JWT, for its holder and HR. Whoever is shown it can "
    "verify it with the key that its header names by address; nobody needs a token for that.",
    "parameters": [parameter("AcceptLanguage")],
    "responses": {
        "200": {
            "description": "The credential.",
            "headers": {"X-Request-Id": header("RequestId")},
            "content": {
                JWT: {
                    "schema": {"type": "string"},
                    "example": "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiUMOlIHZlaiJ9.c2lnbmF0dXJl",
                }
            },
        },
        **problems(401, 403, 404),
    },
}
