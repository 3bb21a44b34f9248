"""Labels, which are the same for every organisation: a constant of the statement that answers."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, FromClause, literal
from sqlalchemy.dialects.postgresql import JSONB

from service.domain.labels.model import labels
from service.domain.labels.views import LabelsView
from service.repo.organisations import OrganisationRow
from service.repo.reading.source import Source
from service.repo.tables import table


def _enums(row: FromClause) -> ColumnElement[Any]:
    del row
    return literal([asdict(one) for one in labels()], JSONB())


LABELS = Source(view=LabelsView, table=table(OrganisationRow), columns={"enums": _enums})
