"""Who is asking, read off the token's parameters and the data."""

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, FromClause, Text, bindparam, case, exists, func, literal_column

from service.domain.me.views import MeView
from service.repo import leading
from service.repo.organisations import OrganisationRow
from service.repo.reading.source import ME, SUBJECT, Source
from service.repo.tables import table

_ROLES = bindparam("roles", type_=ARRAY(Text()))
_SCOPES = bindparam("scopes", type_=ARRAY(Text()))


def _roles(row: FromClause) -> ColumnElement[Any]:
    del row  # roles are the token's and the person's, whatever the organisation
    words = ARRAY(Text())
    manager = literal_column("'{manager}'::text[]", words)
    follows = case((exists(leading.people_of(ME)), manager), else_=literal_column("'{}'::text[]", words))
    return func.to_json(func.array_cat(_ROLES, follows))


ME_SOURCE = Source(
    view=MeView,
    table=table(OrganisationRow),
    columns={
        "subject": lambda _: SUBJECT,
        "roles": _roles,
        "scopes": lambda _: func.to_json(_SCOPES),
        "organisationId": lambda row: row.c.id,
        "personId": lambda _: ME,
    },
    joins={
        "organisation": lambda row, target: target.c.id == row.c.id,
        "person": lambda _, target: target.c.id == ME,
        "nearestManagerOf": lambda _, target: target.c.id.in_(leading.people_of(ME)),
    },
)
