"""What may be read of certificates."""

from datetime import datetime
from uuid import UUID

from service.domain.certificates.model import CERTIFICATE
from service.domain.reading import Field, Filter, One, Order, View

CertificateView = View(
    name="Certificate",
    plural="Certificates",
    path="certificates",
    doc="What a participant gets for completing a programme: an Open Badges 3.0 credential that the organisation has "
    "signed. Whoever is shown its text can verify it with what the organisation publishes.",
    visible_to=("hr", "top_management", "self", "nearestManager"),
    subject="personId",
    machine=CERTIFICATE,
    fields=(
        Field("name", str, "The programme that was completed, as it was called then.", example="På vej mod ledelse"),
        Field(
            "credential",
            str,
            "The credential, a signed JWT: for the holder, who shows it to whom they want, and for HR.",
            ("hr", "self"),
            example="eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiUMOlIHZlaiJ9.c2lnbmF0dXJl",
        ),
        Field("issuedAt", datetime, "When it was issued."),
        Field("revokedAt", datetime | None, "When it was revoked."),
        Field("revokeReason", str | None, "Why it was revoked.", ("hr", "self"), sensitive=True),
    ),
    relations=(
        One("participation", "Participation", "The participation that was completed."),
        One("person", "Person", "Who holds it."),
        One("programme", "Programme", "The programme that was completed."),
    ),
    filters=(
        Filter("participationId", UUID, "The certificate of this participation."),
        Filter("personId", UUID, "Certificates of this person."),
        Filter("programmeId", UUID, "Certificates for this programme."),
        Filter("revoked", bool, "Certificates that are revoked, or that hold."),
        Filter("issuedFrom", datetime, "Certificates issued at this time or later.", match="from", field="issuedAt"),
        Filter("issuedBefore", datetime, "Certificates issued before this time.", match="before", field="issuedAt"),
    ),
    orders=(Order("issuedAt", ("issuedAt",), "By when they were issued."),),
)
