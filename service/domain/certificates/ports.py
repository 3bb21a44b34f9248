"""The repository of certificates, the keys that they are signed with, and what strangers may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from service.domain.aggregates import Store
from service.domain.certificates.credential import Certified, IssuerAddress
from service.domain.certificates.model import Certificate


class Certificates(Store[Certificate], Protocol):
    """Certificates."""

    async def certified(self, participation: UUID) -> Certified:
        """What a certificate says of the participation."""
        ...

    async def free_index(self) -> int:
        """A place in the lists of what was revoked that no certificate has; nobody else gets one until this is done."""
        ...

    async def sign(self, payload: Mapping[str, Any]) -> str:
        """The payload as a signed JWT, by the organisation's key; its first one is made where there is none."""
        ...

    @property
    def issuer(self) -> IssuerAddress:
        """Where the organisation publishes what a verifier needs."""
        ...


@dataclass(frozen=True, kw_only=True)
class Published:
    """What an organisation that has issued certificates publishes: who it is, and its keys, old ones too."""

    issuer: IssuerAddress
    name: str
    keys: Mapping[str, Mapping[str, Any]]


class Publications(Protocol):
    """What anybody may read, without a token."""

    async def of(self, organisation: UUID) -> Published | None:
        """What the organisation publishes; None where it has never issued a certificate."""
        ...

    async def status_list(self, organisation: UUID, number: int) -> str | None:
        """That list of what was revoked, as a signed JWT; None where there is no such list."""
        ...
