"""The queries that both doors of the conventional stack share."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy.orm import selectinload
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from benchmarks.contenders.conventional.tables import Engagement, Person, Talent, UnitClosure


def talents(first: int, *, live: bool | None, within: UUID | None, latest: bool) -> SelectOfScalar[Talent]:
    """The first talents, narrowed and ordered."""
    wanted = select(Talent)
    if live is not None:
        wanted = wanted.where(col(Talent.ended_on).is_(None) if live else col(Talent.ended_on).is_not(None))
    if within is not None:
        below = select(UnitClosure.descendant_id).where(UnitClosure.ancestor_id == within)
        there = select(Engagement.person_id).where(Engagement.is_primary, col(Engagement.unit_id).in_(below))
        wanted = wanted.where(col(Talent.person_id).in_(there))
    order = (col(Talent.updated_at).desc(), col(Talent.id).desc()) if latest else (col(Talent.since), col(Talent.id))
    return wanted.order_by(*order).limit(first)


def named(first: int, name: str) -> SelectOfScalar[Person]:
    """The first persons whose given or family name starts so."""
    folded = name.casefold()
    starts = or_(col(Person.given_folded).startswith(folded), col(Person.family_folded).startswith(folded))
    return select(Person).where(starts).order_by(col(Person.name_key), col(Person.id)).limit(first)


def with_unit(persons: SelectOfScalar[Person]) -> SelectOfScalar[Person]:
    """Load the unit of each person, too."""
    return persons.options(selectinload(_ENGAGEMENTS).selectinload(_UNIT))


def nested(wanted: SelectOfScalar[Talent]) -> SelectOfScalar[Talent]:
    """Load what is nested under talents with a statement for each relationship."""
    person = selectinload(_PERSON)
    return wanted.options(
        person.selectinload(_ENGAGEMENTS).selectinload(_UNIT),
        person.selectinload(_PLACEMENTS),
        person.selectinload(_CANDIDACIES),
    )


# SQLModel types a relationship as what it leads to; on the class it is an attribute of the mapping.
_PERSON = cast("Any", Talent.person)
_ENGAGEMENTS = cast("Any", Person.engagements)
_PLACEMENTS = cast("Any", Person.placements)
_CANDIDACIES = cast("Any", Person.candidacies)
_UNIT = cast("Any", Engagement.unit)
