"""The people of the synthetic municipality and what they are engaged as."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from service.demo.drawing import Weighted, day_between, happens, one_of, years_before
from service.demo.leaders import YOUNGEST, Seat
from service.demo.names import draw_name
from service.demo.occupations import Occupation
from service.demo.records import EmploymentType, EngagementRecord, Gender, PersonRecord, UnitRecord
from service.demo.tree import GrownUnit

_MAIL_DOMAIN: Final = "eksempelkommune.example"
_FULL_TIME: Final = 37.0
_YEAR: Final = 365
_PART_TIME: Final = Weighted(((35.0, 3), (34.0, 2), (32.0, 5), (30.0, 5), (28.0, 3), (25.0, 2), (20.0, 1)))
_FEW_HOURS: Final = (4.0, 6.0, 8.0, 10.0)
_SECOND_JOB_UNDER: Final = 30.0
_SECOND_JOB_PERCENT: Final = 15
_FROM_WITHIN_PERCENT: Final = 60
_AGES: Final = Weighted((
    *((age, 10) for age in range(18, 25)),
    *((age, 19) for age in range(25, 30)),
    *((age, 23) for age in range(30, 40)),
    *((age, 27) for age in range(40, 60)),
    *((age, 17) for age in range(60, 65)),
    *((age, 8) for age in range(65, 67)),
    *((age, 2) for age in range(67, 70)),
))  # fmt: skip
_TRAINEE_AGES: Final = Weighted((*((age, 6) for age in range(18, 26)), *((age, 2) for age in range(26, 45))))
_SENIOR_TITLE: Final = "Chefkonsulent"
_DIRECTORS_WOMEN: Final = 42
_CHIEFS_WOMEN: Final = 0.72
_LEADERS_WOMEN: Final = 0.9
_ASCII: Final = str.maketrans({
    "æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ð": "d", "đ": "dj", "ł": "l",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
})  # fmt: skip


class Personnel:
    """Hires people one after the other and numbers them."""

    def __init__(self, rng: Random, *, units: Sequence[GrownUnit], as_of: date) -> None:
        self._rng = rng
        self._as_of = as_of
        self._staffed = tuple(unit for unit in units if unit.blueprint.staff)
        self._by_field: dict[tuple[str, str], list[GrownUnit]] = {}
        for unit in self._staffed:
            self._by_field.setdefault(_branch(unit), []).append(unit)
        self._mailboxes: Counter[str] = Counter()
        self.persons: list[PersonRecord] = []
        self.engagements: list[EngagementRecord] = []

    def hire_leader(self, seat: Seat, born: date) -> PersonRecord:
        """The holder of a leadership position; more than half rose from within and have an ended engagement."""
        field = seat.unit.blueprint.crew.field
        gender = self._gender(_women_among(seat))
        appointed = self._recently(years_before(born, 2 - YOUNGEST[seat.level]), years=18)
        nearby = self._by_field.get(_branch(seat.unit), [])
        if not nearby or not happens(self._rng, _FROM_WITHIN_PERCENT):
            person = self._register(born, gender, field, appointed)
        else:
            hired = day_between(self._rng, years_before(born, -24), appointed - timedelta(days=_YEAR))
            person = self._register(born, gender, field, hired)
            workplace = one_of(self._rng, nearby)
            occupation = workplace.blueprint.crew.grown_from.draw(self._rng)
            title = _SENIOR_TITLE if seat.level in {"N1", "N2"} else occupation.title
            hours = self._hours(occupation)
            self._engage(person, workplace.record, title, hours, hired, appointed, primary=False)
        self._engage(person, seat.unit.record, seat.title, _FULL_TIME, appointed)
        return person

    def hire(self, unit: GrownUnit) -> PersonRecord:
        """An employee of the unit, a few with a second, small engagement elsewhere."""
        occupation = unit.blueprint.crew.occupations.draw(self._rng)
        born = self._born(occupation)
        gender = self._gender(occupation.women)
        if occupation.trainee:
            return self._hire_trainee(unit, occupation, born, gender)
        hired = self._recently(years_before(born, -occupation.min_age), years=40)
        person = self._register(born, gender, occupation.field, hired)
        hours, chance = self._hours(occupation), self._rng.random()
        if chance < 0.05:  # noqa: PLR2004  -- one in twenty is on a fixed term
            start = max(hired, self._days_ago(540))
            end = self._days_ahead(500)
            self._engage(person, unit.record, occupation.title, hours, start, end, employment="fixed_term")
        elif chance < 0.09:  # noqa: PLR2004  -- and nearly as many are paid by the hour
            self._engage(
                person, unit.record, occupation.title, one_of(self._rng, _FEW_HOURS), hired, employment="hourly"
            )
        else:
            moved = happens(self._rng, 35)
            start = day_between(self._rng, hired, self._as_of) if moved else hired
            self._engage(person, unit.record, occupation.title, hours, start)
            if hours <= _SECOND_JOB_UNDER and happens(self._rng, _SECOND_JOB_PERCENT):
                self._engage_elsewhere(person, unit, start)
        return person

    def _hire_trainee(self, unit: GrownUnit, occupation: Occupation, born: date, gender: Gender) -> PersonRecord:
        start = max(self._days_ago(700), years_before(born, -occupation.min_age))
        end = self._days_ahead(700)
        person = self._register(born, gender, occupation.field, start)
        self._engage(person, unit.record, occupation.title, self._hours(occupation), start, end, employment="trainee")
        return person

    def _engage_elsewhere(self, person: PersonRecord, home: GrownUnit, since: date) -> None:
        other = one_of(self._rng, self._staffed)
        occupation = other.blueprint.crew.grown_from.draw(self._rng)
        earliest = max(since, years_before(person.birth_date, -occupation.min_age))
        if other is home or earliest > self._as_of:
            return
        start = day_between(self._rng, earliest, self._as_of)
        hours = one_of(self._rng, _FEW_HOURS[:3])
        self._engage(person, other.record, occupation.title, hours, start, employment="hourly", primary=False)

    def _register(self, born: date, gender: Gender, field: str, hired: date) -> PersonRecord:
        called_like = gender if gender in {"female", "male"} else one_of(self._rng, ("female", "male"))
        name = draw_name(self._rng, gender="female" if called_like == "female" else "male", born=born.year)
        person = PersonRecord(
            external_id=f"p-{len(self.persons) + 1:06d}",
            given_name=name.given,
            family_name=name.family,
            email=self._email(name.given, name.family),
            birth_date=born,
            gender=gender,
            professional_field=field,
            first_hired_on=hired,
        )
        self.persons.append(person)
        return person

    def _engage(
        self,
        person: PersonRecord,
        unit: UnitRecord,
        title: str,
        hours: float,
        start: date,
        end: date | None = None,
        *,
        employment: EmploymentType = "permanent",
        primary: bool = True,
    ) -> None:
        self.engagements.append(
            EngagementRecord(
                external_id=f"e-{len(self.engagements) + 1:06d}",
                person_external_id=person.external_id,
                unit_external_id=unit.external_id,
                position_title=title,
                employment_type=employment,
                weekly_hours=hours,
                start_on=start,
                end_on=end,
                primary=primary,
            )
        )

    def _born(self, occupation: Occupation) -> date:
        ages = _TRAINEE_AGES if occupation.trainee else _AGES
        age = ages.draw(self._rng)
        while age < occupation.min_age:
            age = ages.draw(self._rng)
        return day_between(
            self._rng, years_before(self._as_of, age + 1) + timedelta(days=1), years_before(self._as_of, age)
        )

    def _gender(self, women: float) -> Gender:
        chance = self._rng.random() * 100
        if chance < 1:
            return "other" if chance < 0.25 else "undisclosed"  # noqa: PLR2004  -- one in four hundred
        return "female" if happens(self._rng, women) else "male"

    def _hours(self, occupation: Occupation) -> float:
        return _FULL_TIME if happens(self._rng, occupation.full_time) else _PART_TIME.draw(self._rng)

    def _recently(self, earliest: date, *, years: int) -> date:
        # Most have been in their job for a short time: the square favours the recent past.
        span = min((self._as_of - earliest).days, years * _YEAR)
        return self._as_of - timedelta(days=int(max(span, 0) * self._rng.random() * self._rng.random()))

    def _days_ago(self, most: int) -> date:
        return self._as_of - timedelta(days=int(self._rng.random() * most))

    def _days_ahead(self, most: int) -> date:
        return self._as_of + timedelta(days=20 + int(self._rng.random() * most))

    def _email(self, given: str, family: str) -> str:
        mailbox = f"{_ascii(given.split(maxsplit=1)[0])}.{_ascii(family.rsplit(maxsplit=1)[-1])}"
        self._mailboxes[mailbox] += 1
        number = self._mailboxes[mailbox]
        return f"{mailbox}{number if number > 1 else ''}@{_MAIL_DOMAIN}"


def _branch(unit: GrownUnit) -> tuple[str, str]:
    """Where somebody with the same profession makes a career."""
    return unit.administration.name if unit.administration else "", unit.blueprint.crew.field


def _women_among(seat: Seat) -> float:
    if seat.level == "N1":
        return _DIRECTORS_WOMEN
    return seat.unit.blueprint.crew.women * (_CHIEFS_WOMEN if seat.level == "N2" else _LEADERS_WOMEN)


def _ascii(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.lower().translate(_ASCII))
    return "".join(letter for letter in bare if letter.isascii() and (letter.isalnum() or letter == "-"))
