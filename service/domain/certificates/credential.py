"""What a certificate says: an `OpenBadgeCredential` (Open Badges 3.0) of the W3C's data model 2.0, as plain data.

It is the payload of a signed JWT (§8.2 of the specification). Whoever verifies it needs the text and what the service
publishes under the issuer's address, nothing else.
"""

import gzip
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

VC = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
LIST_LENGTH = 131_072
"""Bits of a status list: the shortest that hides which of them was looked up (Bitstring Status List 1.0)."""


@dataclass(frozen=True, kw_only=True)
class Certified:
    """What is certified of whom, in the words of the data. `holder` is the person's name, where one is known."""

    organisation: str
    programme_id: UUID
    programme: str
    purpose: str
    person_id: UUID
    holder: str | None


@dataclass(frozen=True, kw_only=True)
class IssuerAddress:
    """Where an organisation publishes what a verifier needs; `url` is also who it is."""

    url: str

    def key(self, name: str) -> str:
        """Where a public key can be read."""
        return f"{self.url}/keys/{name}"

    def status_list(self, number: int) -> str:
        """Where a list of what was revoked can be read."""
        return f"{self.url}/status/{number}"


def urn(identity: UUID) -> str:
    """An id as a URI."""
    return f"urn:uuid:{identity}"


def moment(at: datetime) -> str:
    """A time as credentials write it: in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def badge(
    identity: UUID, about: Certified, narrative: str, issuer: IssuerAddress, status_index: int, now: datetime
) -> dict[str, Any]:
    """The credential with the registered claims of a JWT beside it. `narrative` is what it took."""
    number, index = divmod(status_index, LIST_LENGTH)
    identifier = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": about.holder or urn(about.person_id),
        "identityType": "name" if about.holder else "identifier",
    }
    credential: dict[str, Any] = {
        "@context": [VC, OPEN_BADGES],
        "id": urn(identity),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": about.programme,
        "issuer": profile(issuer, about.organisation),
        "validFrom": moment(now),
        "credentialSubject": {
            "id": urn(about.person_id),
            "type": ["AchievementSubject"],
            "identifier": [identifier],
            "achievement": {
                "id": urn(about.programme_id),
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": about.programme,
                "description": about.purpose,
                "criteria": {"narrative": narrative},
            },
        },
        "credentialStatus": {
            "id": f"{issuer.status_list(number)}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": issuer.status_list(number),
        },
    }
    return credential | _claims(issuer, urn(identity), now, subject=urn(about.person_id))


def profile(issuer: IssuerAddress, name: str) -> dict[str, Any]:
    """The organisation as an issuer."""
    return {"id": issuer.url, "type": ["Profile"], "name": name}


def status_list(
    issuer: IssuerAddress, name: str, number: int, revoked: Iterable[int], since: datetime
) -> Mapping[str, Any]:
    """The list of what was revoked, as a credential of its own: bit n is 1 where the certificate of index n is.

    `since` is when it last changed.
    """
    bits = bytearray(LIST_LENGTH // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    packed = urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
    url = issuer.status_list(number)
    credential: dict[str, Any] = {
        "@context": [VC],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": profile(issuer, name),
        "validFrom": moment(since),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{packed}",
        },
    }
    return credential | _claims(issuer, url, since, subject=f"{url}#list")


def _claims(issuer: IssuerAddress, identity: str, now: datetime, *, subject: str) -> dict[str, Any]:
    return {"iss": issuer.url, "jti": identity, "sub": subject, "nbf": int(now.timestamp())}
