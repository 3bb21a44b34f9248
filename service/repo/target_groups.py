"""Whom a call is for, as SQL: written once for reading a call, for applying and for being nominated."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, FromClause, Text, Uuid, and_, column, exists, func, or_, select
from sqlalchemy import table as lean

from service.repo import leading
from service.repo.reading.source import TODAY

_PERSON = lean(
    "person",
    column("id", Uuid()),
    column("external", Boolean()),
    column("left_on", Date()),
    column("professional_field", Text()),
)
_ENGAGEMENT = lean(
    "engagement",
    column("person_id", Uuid()),
    column("unit_id", Uuid()),
    column("start_on", Date()),
    column("end_on", Date()),
    column("employment_type", Text()),
)
_CLOSURE = lean("unit_closure", column("ancestor_id", Uuid()), column("descendant_id", Uuid()))


def in_target_group(programme: FromClause, person: ColumnElement[Any]) -> ColumnElement[bool]:
    """The person is an employee in the target group of the programme's call (F1).

    `person` is a parameter such as `ME`, or a column of the row that the question is about. A limit that is not set
    asks for nothing: who has no engagement on record is an employee all the same.
    """
    employee = _PERSON.alias()
    fields = programme.c.target_group["professionalFields"]
    wanted = (
        select(employee.c.id)
        .where(
            employee.c.id == person,
            ~employee.c.external,
            or_(employee.c.left_on.is_(None), employee.c.left_on > TODAY),
            or_(_unlimited(fields), fields.op("?", is_comparison=True)(employee.c.professional_field)),
            _engaged(programme, employee),
        )
        .correlate(*{programme, getattr(person, "table", programme)})
    )
    return exists(wanted)


def _engaged(programme: FromClause, employee: FromClause) -> ColumnElement[bool]:
    """An engagement of today is within one of the administrations and of one of the types, where limits are set."""
    units, types = (programme.c.target_group[name] for name in ("administrationIds", "employmentTypes"))
    engagement, closure = _ENGAGEMENT.alias(), _CLOSURE.alias()
    within = exists(
        select(closure.c.ancestor_id)
        .where(
            closure.c.descendant_id == engagement.c.unit_id,
            units.op("?", is_comparison=True)(closure.c.ancestor_id.cast(Text())),
        )
        .correlate(engagement, programme)
    )
    found = (
        select(engagement.c.person_id)
        .where(
            engagement.c.person_id == employee.c.id,
            leading.current(engagement),
            or_(_unlimited(units), within),
            or_(_unlimited(types), types.op("?", is_comparison=True)(engagement.c.employment_type)),
        )
        .correlate(employee, programme)
    )
    return or_(and_(_unlimited(units), _unlimited(types)), exists(found))


def _unlimited(limit: ColumnElement[Any]) -> ColumnElement[bool]:
    return func.jsonb_array_length(limit) == 0


def leads_target_group(programme: FromClause) -> ColumnElement[bool]:
    """The actor is the nearest manager of somebody in the target group, and may nominate them (F2, W3)."""
    mine = leading.MY_PEOPLE.alias()
    return exists(select(mine.c.person_id).where(in_target_group(programme, mine.c.person_id)).correlate(programme))
