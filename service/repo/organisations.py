"""Organisations: the tenants, and the issuers whose tokens they trust."""

from dataclasses import dataclass

from service.domain.organisations.model import Organisation
from service.domain.organisations.views import OrganisationView
from service.repo.reading.source import Source
from service.repo.store import Rows, Session
from service.repo.tables import AggregateRow, Json, OptionalJson, TenantRow, check, table


class OrganisationRow(AggregateRow, table=True):
    """A tenant. Its id is also its organisation's id."""

    __table_args__ = (check("ck_organisation_own", "id = organisation_id"),)

    slug: str
    name: str
    kind: str
    country: str
    default_language: str
    time_zone: str
    anonymity_threshold: int
    retention_months: int
    statement_days: int
    offer_days: int
    reconsideration_days: int
    answer_days: int
    archive_days: int | None


class IssuerRow(TenantRow, table=True):
    """An OpenID Connect issuer that the organisation trusts, and how its claims are read.

    `subject_claim` is compared with the person's `subject_field`: `id`, `email`, or `external_id` in
    `subject_source`. `roles_claim` is a dotted path; `roles` maps the issuer's role names to ours.
    """

    url: str
    audience: str
    jwks_url: str | None
    jwks: OptionalJson
    roles_claim: str
    roles: Json
    subject_claim: str
    subject_field: str
    subject_source: str | None


ORGANISATIONS = Source(view=OrganisationView, table=table(OrganisationRow))


@dataclass(eq=False)
class PostgresOrganisations(Rows[Organisation]):
    """`service.domain.organisations.ports.Organisations` in Postgres."""

    def __init__(self, session: Session) -> None:
        """Bind to one transaction."""
        super().__init__(session, ORGANISATIONS, Organisation)

    async def language(self) -> str:
        """The language whose alphabet sorts the organisation's names."""
        return await self.session.connection.fetchval("SELECT default_language FROM organisation")
