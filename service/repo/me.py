"""Who is asking, read off the token's parameters and the data."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, FromClause, Text, bindparam, case, exists, func, null, select
from sqlalchemy.sql.expression import CTE

from service.domain.me.views import MeView
from service.repo import assessments, leading, placements
from service.repo.organisations import OrganisationRow
from service.repo.reading.access import words
from service.repo.reading.source import ME, ROLES, SUBJECT, Source, constant, is_among
from service.repo.tables import table

_SCOPES = bindparam("scopes", type_=ARRAY(Text()))


_FOLLOW: Mapping[str, CTE] = {
    "manager": leading.MY_PEOPLE,
    "assessor": assessments.MY_ASSESSED,
    "host": placements.MY_HOSTED,
}
"""Roles that no token grants: whose nearest manager, assessor or host somebody is follows from data."""


def _roles(row: FromClause) -> ColumnElement[Any]:
    del row  # roles are the token's and the person's, whatever the organisation
    listed = [
        case((exists(select(*known.c).correlate(None)), constant(name)), else_=null())
        for name, known in _FOLLOW.items()
    ]
    return func.to_json(func.array_cat(ROLES, func.array_remove(words(listed), null())))


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
        "nearestManagerOf": lambda _, target: is_among(target.c.id, leading.MY_PEOPLE),
    },
)
