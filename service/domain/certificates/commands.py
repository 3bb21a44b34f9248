"""What can be done to certificates."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.certificates.model import CERTIFICATE
from service.domain.certificates.views import CertificateView
from service.domain.operations import acts

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class RevokeCertificate:
    """Why it holds no longer."""

    reason: Annotated[str, Len(1, 1000), Doc("Why; HR and the holder read it, no verifier learns it.")]


async def revoke(identity: UUID, command: RevokeCertificate, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Revoke a certificate that should not have been issued: whoever verifies it from now on learns that."""
    found = await uow.certificates.get(identity, expected_version)
    CERTIFICATE.permit("revoke", found.facts)
    await uow.certificates.save(found.it.revoked(command.reason, uow.now), "revoked")
    return identity


OPERATIONS = (acts(CertificateView, revoke, "revokeCertificate"),)
