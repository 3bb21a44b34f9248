"""The leadership positions of the synthetic municipality: which are vacant, and how old the holders are."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from service.demo.drawing import Weighted, day_between, shuffled, years_before
from service.demo.records import Criticality, Level
from service.demo.tree import GrownUnit

RETIREMENT_AGE: Final = 67
"""Years; one age for everybody, a simplification of the Danish ages by year of birth."""

LEAVING_WITHIN_FIVE: Final = 1 / 3
"""Share of the leaders who reach the retirement age within five years [the guide on talent, Aalborg]."""

LEAVING_WITHIN_TEN: Final = 0.46
"""Share who reach it within ten [the same guide, on the public sector]."""

_VACANT: Final = 0.035
_OLDEST: Final = 69
YOUNGEST: Final[dict[Level, int]] = {"N1": 42, "N2": 38, "N3": 35, "N4": 32, "N5": 29}
"""Years of age under which nobody leads at a level."""

_CRITICALITY: Final[Weighted[Criticality]] = Weighted((("low", 2), ("medium", 5), ("high", 3)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """A leadership position before anybody is put into it: born is its holder's birth date, none when vacant."""

    unit: GrownUnit
    level: Level
    title: str
    heads_unit: bool
    criticality: Criticality
    born: date | None
    vacant_since: date | None


def seats(rng: Random, units: list[GrownUnit], *, as_of: date) -> list[Seat]:
    """Every leadership position, in the order of the units; no administration is without a vacancy."""
    posts = [(unit, post, heads) for unit in units for post, heads in unit.posts()]
    vacant = _vacancies(rng, [(unit, post.level) for unit, post, _ in posts])
    held = [place for place in range(len(posts)) if place not in vacant]
    born = dict(
        zip(
            held,
            _birth_dates(rng, [(posts[place][0], posts[place][1].level) for place in held], as_of=as_of),
            strict=True,
        )
    )
    return [
        Seat(
            unit=unit,
            level=post.level,
            title=post.title,
            heads_unit=heads,
            criticality="high" if post.level in {"N1", "N2"} else _CRITICALITY.draw(rng),
            born=born.get(place),
            vacant_since=None if place in born else as_of - timedelta(days=10 + int(rng.random() * 290)),
        )
        for place, (unit, post, heads) in enumerate(posts)
    ]


def _vacancies(rng: Random, posts: list[tuple[GrownUnit, Level]]) -> frozenset[int]:
    by_administration: dict[str, list[int]] = {}
    for place, (unit, level) in enumerate(posts):
        if unit.administration is not None and level not in {"N1", "N2"}:
            by_administration.setdefault(unit.administration.name, []).append(place)
    return frozenset(
        place
        for places in by_administration.values()
        for place in shuffled(rng, places)[: max(1, int(len(places) * _VACANT + 0.5))]
    )


def _birth_dates(rng: Random, held: list[tuple[GrownUnit, Level]], *, as_of: date) -> list[date]:
    # The shares hold by construction: the leaders are put in an order that their administration's age structure
    # favours but does not dictate, and the first third of it leaves first.
    def remoteness(unit: GrownUnit) -> float:
        near_leaving = unit.administration.near_leaving if unit.administration else None
        return rng.random() / (near_leaving or 1)

    order = sorted((remoteness(unit), place) for place, (unit, _) in enumerate(held))
    within_five, within_ten = round(len(held) * LEAVING_WITHIN_FIVE), round(len(held) * LEAVING_WITHIN_TEN)
    five_away = years_before(as_of, RETIREMENT_AGE - 5)
    ten_away = years_before(as_of, RETIREMENT_AGE - 10)
    born: dict[int, date] = {}
    for rank, (_, place) in enumerate(order):
        if rank < within_five:
            born[place] = day_between(rng, years_before(as_of, _OLDEST), five_away)
        elif rank < within_ten:
            born[place] = day_between(rng, five_away + timedelta(days=1), ten_away)
        else:
            youngest = years_before(as_of, YOUNGEST[held[place][1]])
            born[place] = day_between(rng, ten_away + timedelta(days=1), youngest)
    return [born[place] for place in range(len(held))]
