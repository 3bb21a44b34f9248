"""Who an organisation trusts to say who somebody is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """An OpenID Connect issuer of one organisation, and how its claims are read.

    `roles_claim` is a dotted path such as `realm_access.roles`; `roles` maps the issuer's names to ours, and a
    name that is ours already needs no mapping. The value of `subject_claim` is a person's `id`, `email` or
    `external_id` in `subject_source`. Keys come from `jwks`, or from `jwks_url`.
    """

    organisation: UUID
    url: str
    audience: str
    jwks_url: str | None = None
    jwks: Mapping[str, Any] | None = None
    roles_claim: str = "roles"
    roles: Mapping[str, str] = field(default_factory=dict[str, str])
    subject_claim: str = "email"
    subject_field: Literal["id", "email", "external_id"] = "email"
    subject_source: str | None = None


class Issuers(Protocol):
    """The issuers that organisations trust, and the people they speak of."""

    async def find(self, url: str) -> Issuer | None:
        """The issuer of that URL, or None where no organisation trusts it."""
        ...

    async def person(self, issuer: Issuer, subject: str) -> UUID | None:
        """The one person that the issuer's name stands for; None where there is none, or more than one."""
        ...
