"""Who leads whom, as SQL: heads of units, nearest managers, and what somebody manages.

Nearest manager = the manager of the unit of the primary engagement, or, vacant or oneself, the next above
(domain.md §2). While an acting leader or a secondment into a position is active, its holder is the manager.
"""

from typing import Any, cast

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    Subquery,
    TableClause,
    and_,
    column,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    table,
    union_all,
)

from service.repo.reading.source import ME, TODAY, among, constant, is_among


def _lean(name: str, *columns: str) -> TableClause:
    """A table by name alone: the concepts that own the tables are built on this module."""
    listed: list[ColumnClause[Any]] = [column(one) for one in columns]
    return table(name, *listed)


ENGAGEMENT = _lean("engagement", "person_id", "unit_id", "position_id", "start_on", "end_on", "is_primary")
"""Engagements, as far as it says who is where."""

_POSITION = _lean("position", "id", "unit_id", "heads_unit")
_PLACEMENT = _lean("placement", "position_id", "person_id", "state", "kind")
_CLOSURE = _lean("unit_closure", "ancestor_id", "descendant_id", "depth")

ACTING = ("acting_leader", "secondment")
"""The kinds of placement that fill a leadership position for a while."""


def beside(wanted: Select[Any], outer: ColumnElement[Any]) -> Select[Any]:
    """The sub-select, correlated with the row that `outer` is a column of; a parameter has none.

    SQLAlchemy correlates by itself only with the select right around; relations nest deeper than that.
    """
    above = cast("FromClause | None", getattr(outer, "table", None))
    return wanted.correlate(above) if above is not None else wanted


def current(engagement: FromClause) -> ColumnElement[bool]:
    """The engagement runs today."""
    return and_(
        or_(engagement.c.start_on.is_(None), engagement.c.start_on <= TODAY),
        or_(engagement.c.end_on.is_(None), engagement.c.end_on > TODAY),
    )


def primary() -> Subquery:
    """Primary engagements that run today: person and unit."""
    engagement = ENGAGEMENT.alias()
    wanted = select(engagement.c.person_id, engagement.c.unit_id).where(engagement.c.is_primary, current(engagement))
    return wanted.subquery()


def holder(position: ColumnElement[Any]) -> ColumnElement[Any]:
    """Who holds a leadership position today, whether or not somebody acts in it."""
    engagement = ENGAGEMENT.alias()
    wanted = select(engagement.c.person_id).where(engagement.c.position_id == position, current(engagement))
    return beside(wanted.order_by(engagement.c.start_on.desc()).limit(1), position).scalar_subquery()


def heads() -> Subquery:
    """Unit → its manager today; a vacant unit is not in it."""
    position, engagement, placement = _POSITION.alias(), ENGAGEMENT.alias(), _PLACEMENT.alias()
    acting = and_(placement.c.position_id == position.c.id, _acts(placement))
    holding = and_(engagement.c.position_id == position.c.id, current(engagement))
    leader = func.coalesce(placement.c.person_id, engagement.c.person_id)
    return (
        select(position.c.unit_id, leader.label("person_id"))
        .select_from(position.outerjoin(placement, acting).outerjoin(engagement, holding))
        .where(position.c.heads_unit, leader.is_not(None))
        .subquery()
    )


def manager_of_unit(unit: ColumnElement[Any]) -> ColumnElement[Any]:
    """The unit's own manager today, or null."""
    head = heads()
    return beside(select(head.c.person_id).where(head.c.unit_id == unit).limit(1), unit).scalar_subquery()


def nearest_manager(person: ColumnElement[Any]) -> ColumnElement[Any]:
    """The nearest manager of a person, or null at the top."""
    engagement, closure, head = primary(), _CLOSURE.alias(), heads()
    wanted = (
        select(head.c.person_id)
        .select_from(
            engagement.join(closure, closure.c.descendant_id == engagement.c.unit_id).join(
                head, head.c.unit_id == closure.c.ancestor_id
            )
        )
        .where(engagement.c.person_id == person, head.c.person_id != engagement.c.person_id)
        .order_by(closure.c.depth)
        .limit(1)
    )
    return beside(wanted, person).scalar_subquery()


def headed_by(manager: ColumnElement[Any]) -> CompoundSelect[Any]:
    """The units that somebody is the manager of today: those where they act, and those they hold and nobody acts in.

    Two short ways from the person, rather than one condition on every position: the planner sees how few they are.
    """
    position, engagement = _POSITION.alias(), ENGAGEMENT.alias()
    own, others = _PLACEMENT.alias(), _PLACEMENT.alias()
    acts = (
        select(position.c.unit_id)
        .select_from(own.join(position, position.c.id == own.c.position_id))
        .where(_acts(own), own.c.person_id == manager, position.c.heads_unit)
    )
    replaced = exists(select(1).where(_acts(others), others.c.position_id == position.c.id).correlate(position))
    holds = (
        select(position.c.unit_id)
        .select_from(engagement.join(position, position.c.id == engagement.c.position_id))
        .where(engagement.c.person_id == manager, current(engagement), position.c.heads_unit, ~replaced)
    )
    return union_all(acts, holds)


def _acts(placement: FromClause) -> ColumnElement[bool]:
    state = placement.c.state == constant("active")
    return and_(state, among(placement.c.kind, ACTING), placement.c.position_id.is_not(None))


def people_of(manager: ColumnElement[Any]) -> Select[Any]:
    """The persons whose nearest manager somebody is: no other manager stands between.

    Who stands between is found once per unit below (the offset keeps it so), whoever works there; a manager of one
    of them does not stand between themselves and the next above.
    """
    closure, nearer, between = _CLOSURE.alias(), _CLOSURE.alias(), heads()
    standing_between = (
        select(between.c.person_id)
        .select_from(nearer.join(between, between.c.unit_id == nearer.c.ancestor_id))
        .where(nearer.c.descendant_id == closure.c.descendant_id, nearer.c.depth < closure.c.depth)
        .correlate(closure)
    )
    below = (
        select(closure.c.descendant_id, func.array(standing_between.scalar_subquery()).label("between"))
        .where(closure.c.ancestor_id.in_(headed_by(manager)))
        .offset(literal_column("0", Integer()))
        .subquery()
    )
    engagement = primary()
    wanted = (
        select(engagement.c.person_id)
        .select_from(below.join(engagement, engagement.c.unit_id == below.c.descendant_id))
        .where(engagement.c.person_id != manager, not_(engagement.c.person_id != func.any(below.c.between)))
    )
    return beside(wanted, manager)


MY_PEOPLE = people_of(ME).cte("my_people")
"""The persons whose nearest manager the actor is."""

_DOWN = _CLOSURE.alias()
MY_UNITS = select(_DOWN.c.descendant_id).where(_DOWN.c.ancestor_id.in_(headed_by(ME))).cte("my_units")
"""The units that the actor manages, and all below them."""

MY_MANAGER = select(nearest_manager(ME).label("person_id")).cte("my_manager")
"""The actor's own nearest manager."""


def is_nearest_manager_of(person: ColumnElement[Any]) -> ColumnElement[bool]:
    """The actor is the nearest manager of the person."""
    return is_among(person, MY_PEOPLE)


def manages(unit: ColumnElement[Any]) -> ColumnElement[bool]:
    """The actor is the manager of the unit, or of one above it."""
    return is_among(unit, MY_UNITS)


def is_manager_of_unit(unit: ColumnElement[Any]) -> ColumnElement[bool]:
    """The actor is the unit's manager, or, where it is vacant, the next above."""
    closure, head = _CLOSURE.alias(), heads()
    nearest = (
        select(head.c.person_id)
        .select_from(closure.join(head, head.c.unit_id == closure.c.ancestor_id))
        .where(closure.c.descendant_id == unit)
        .order_by(closure.c.depth)
        .limit(1)
    )
    return beside(nearest, unit).scalar_subquery() == ME


def manager_besides(unit: ColumnElement[Any], person: ColumnElement[Any]) -> ColumnElement[Any]:
    """Who leads the unit, or the next above, and is not that person; both are columns of the same row."""
    closure, head = _CLOSURE.alias(), heads()
    nearest = (
        select(head.c.person_id)
        .select_from(closure.join(head, head.c.unit_id == closure.c.ancestor_id))
        .where(closure.c.descendant_id == unit, head.c.person_id != person)
        .order_by(closure.c.depth)
        .limit(1)
    )
    return beside(nearest, unit).scalar_subquery()


def within(unit: ColumnElement[Any], ancestor: ColumnElement[Any]) -> ColumnElement[bool]:
    """The unit is the other one, or below it."""
    closure = _CLOSURE.alias()
    return unit.in_(beside(select(closure.c.descendant_id).where(closure.c.ancestor_id == ancestor), ancestor))


def unit_of(person: ColumnElement[Any]) -> ColumnElement[Any]:
    """The unit of the person's primary engagement today."""
    engagement = primary()
    wanted = select(engagement.c.unit_id).where(engagement.c.person_id == person).limit(1)
    return beside(wanted, person).scalar_subquery()
