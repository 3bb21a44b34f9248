"""The synthetic municipality: about 20,000 invented employees, 900 leaders and seven administrations from a seed."""

from datetime import date
from random import Random
from typing import Final

from service.demo.chart import ORGANISATION
from service.demo.drawing import apportioned
from service.demo.leaders import seats
from service.demo.personnel import Personnel
from service.demo.places import MUNICIPALITY
from service.demo.records import Municipality, PositionRecord
from service.demo.tree import GrownUnit, grow

EMPLOYEES: Final = 20_000
SMALLEST_SCALE: Final = 0.05
_UNEVEN: Final = 0.5


def generate(*, seed: int = 2010, as_of: date, scale: float = 1.0) -> Municipality:
    """Draw up the municipality as it is on a day; the same arguments give the same records on every machine.

    `scale` multiplies employees and the workplaces that come in several copies; areas and administrations stay.
    Of the leaders a third reach the retirement age (67, for everybody) within five years and 46 % within ten, the
    proportions of the guide on leadership talent. Raises ValueError for a scale under 0.05.
    """
    if scale < SMALLEST_SCALE:
        raise ValueError(
            f"A municipality at scale {scale} has more leaders than employees; {SMALLEST_SCALE} is the least."
        )
    rng = Random(seed)  # noqa: S311  -- invented people, not secrets
    units = grow(rng, ORGANISATION, scale=scale)
    planned = seats(rng, units, as_of=as_of)
    leaders = sum(seat.born is not None for seat in planned)
    staff = _staff(rng, units, total=round(EMPLOYEES * scale) - leaders)

    personnel = Personnel(rng, units=units, as_of=as_of)
    positions: list[PositionRecord] = []
    for place, seat in enumerate(planned):
        holder = personnel.hire_leader(seat, seat.born) if seat.born else None
        positions.append(
            PositionRecord(
                external_id=f"l-{place + 1:04d}",
                unit_external_id=seat.unit.record.external_id,
                level=seat.level,
                title=seat.title,
                heads_unit=seat.heads_unit,
                holder_external_id=holder.external_id if holder else None,
                vacant_since=seat.vacant_since,
                criticality=seat.criticality,
            )
        )
    for unit, employed in zip(units, staff, strict=True):
        for _ in range(employed):
            personnel.hire(unit)
    return Municipality(
        name=MUNICIPALITY,
        as_of=as_of,
        units=tuple(unit.record for unit in units),
        persons=tuple(personnel.persons),
        engagements=tuple(personnel.engagements),
        positions=tuple(positions),
    )


def _staff(rng: Random, units: list[GrownUnit], *, total: int) -> list[int]:
    # No two schools are equally large.
    return apportioned(total, [unit.blueprint.staff * (1 - _UNEVEN / 2 + _UNEVEN * rng.random()) for unit in units])
