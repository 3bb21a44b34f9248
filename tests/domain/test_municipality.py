"""The synthetic municipality behind the first start, as its own records show it."""

import re
import unicodedata
from collections import Counter
from dataclasses import astuple
from datetime import date
from hashlib import sha256
from itertools import groupby

import pytest

from service.demo.drawing import apportioned, years_before
from service.demo.municipality import generate
from service.demo.records import EngagementRecord, Municipality, PersonRecord, UnitRecord

AS_OF = date(2026, 1, 15)


@pytest.fixture(scope="module")
def whole() -> Municipality:
    return generate(as_of=AS_OF)


@pytest.fixture(scope="module", params=[(2010, AS_OF, 1.0), (7, date(2028, 2, 29), 0.1), (1, date(2031, 12, 31), 0.05)])
def any_municipality(request: pytest.FixtureRequest) -> Municipality:
    seed, as_of, scale = request.param
    return generate(seed=seed, as_of=as_of, scale=scale)


def digest(municipality: Municipality) -> str:
    return sha256(repr(municipality).encode()).hexdigest()


def holders(municipality: Municipality) -> list[PersonRecord]:
    persons = {person.external_id: person for person in municipality.persons}
    return [persons[seat.holder_external_id] for seat in municipality.positions if seat.holder_external_id]


def primary_engagements(municipality: Municipality) -> dict[str, EngagementRecord]:
    return {each.person_external_id: each for each in municipality.engagements if each.primary}


def administrations(municipality: Municipality) -> dict[str, str]:
    """Unit to the name of its administration; the root is left out."""
    found: dict[str, str] = {}
    for unit in municipality.units:
        if unit.kind == "administration":
            found[unit.external_id] = unit.name
        elif unit.parent_external_id:
            found[unit.external_id] = found[unit.parent_external_id]
    return found


def share_retiring(people: list[PersonRecord], *, within: int) -> float:
    return sum(years_before(one.birth_date, -67) <= years_before(AS_OF, -within) for one in people) / len(people)


def test_the_same_seed_and_day_give_the_same_municipality_for_ever(whole: Municipality) -> None:
    assert digest(whole) == digest(generate(as_of=AS_OF))
    assert digest(whole) == "2c22575f8441bf997a735420d3c0b798c92ce71da5876d011efce082d9544fc3"


def test_another_seed_gives_other_people_in_the_same_administrations(whole: Municipality) -> None:
    other = generate(seed=2011, as_of=AS_OF)
    assert [one.family_name for one in other.persons[:50]] != [one.family_name for one in whole.persons[:50]]
    assert set(administrations(other).values()) == set(administrations(whole).values())


def test_there_are_20_000_employees_nearly_900_leaders_and_seven_administrations(whole: Municipality) -> None:
    kinds = Counter(unit.kind for unit in whole.units)
    assert len(whole.persons) == 20_000
    assert 870 <= len(holders(whole)) <= 900
    assert 900 <= len(whole.units) <= 1_100
    assert kinds["administration"] == 7
    assert kinds["municipality"] == 1
    assert min(kinds["institution"], kinds["department"], kinds["team"]) > 200


def test_a_scale_multiplies_the_employees_and_keeps_the_administrations() -> None:
    small = generate(as_of=AS_OF, scale=0.1)
    assert len(small.persons) == 2_000
    assert len(set(administrations(small).values())) == 7


def test_a_scale_with_more_leaders_than_employees_is_refused() -> None:
    with pytest.raises(ValueError, match="more leaders than employees"):
        generate(as_of=AS_OF, scale=0.01)


def test_a_third_of_the_leaders_can_leave_in_five_years_and_46_percent_in_ten(whole: Municipality) -> None:
    assert share_retiring(holders(whole), within=5) == pytest.approx(1 / 3, abs=0.015)
    assert share_retiring(holders(whole), within=10) == pytest.approx(0.46, abs=0.015)


def test_the_employees_are_younger_than_their_leaders(whole: Municipality) -> None:
    assert share_retiring(list(whole.persons), within=5) < 0.2
    assert 0.1 < sum(years_before(AS_OF, 30) < one.birth_date for one in whole.persons) / len(whole.persons) < 0.25


def test_three_of_four_employees_are_women_but_not_on_the_roads(whole: Municipality) -> None:
    women = {one.external_id for one in whole.persons if one.gender == "female"}
    belongs = administrations(whole)
    by_administration: dict[str, list[bool]] = {}
    for person, engagement in primary_engagements(whole).items():
        if engagement.unit_external_id in belongs:
            by_administration.setdefault(belongs[engagement.unit_external_id], []).append(person in women)
    share = {name: sum(each) / len(each) for name, each in by_administration.items()}
    assert len(women) / len(whole.persons) == pytest.approx(0.76, abs=0.02)
    assert share["By- og Miljøforvaltningen"] < 0.5
    assert share["Ældre- og Sundhedsforvaltningen"] > 0.85


def test_women_are_fewer_among_directors_than_among_employees(whole: Municipality) -> None:
    assert 0.55 < sum(one.gender == "female" for one in holders(whole)) / len(holders(whole)) < 0.74


def test_every_gender_is_one_the_service_knows(any_municipality: Municipality) -> None:
    assert {one.gender for one in any_municipality.persons} <= {"female", "male", "other", "undisclosed"}


def test_the_units_are_one_tree_with_parents_before_children(any_municipality: Municipality) -> None:
    seen: dict[str, UnitRecord] = {}
    for unit in any_municipality.units:
        assert (unit.parent_external_id is None) == (unit.kind == "municipality") == (not seen)
        assert unit.parent_external_id is None or unit.parent_external_id in seen
        seen[unit.external_id] = unit
    for unit in any_municipality.units:
        parent = seen.get(unit.parent_external_id or "")
        assert unit.kind != "administration" or (parent is not None and parent.kind == "municipality")
        assert unit.kind != "institution" or (parent is not None and parent.kind == "department")


def test_every_id_mail_address_and_unit_name_is_its_own(any_municipality: Municipality) -> None:
    town = any_municipality
    for records in (town.units, town.persons, town.engagements, town.positions):
        assert len({one.external_id for one in records}) == len(records)
    assert len({one.email for one in town.persons}) == len(town.persons)
    assert len({one.name for one in town.units}) == len(town.units)


def test_every_leader_has_a_primary_engagement_in_the_unit_under_the_title(any_municipality: Municipality) -> None:
    primary = primary_engagements(any_municipality)
    for seat in any_municipality.positions:
        if seat.holder_external_id:
            engagement = primary[seat.holder_external_id]
            assert (engagement.unit_external_id, engagement.position_title) == (seat.unit_external_id, seat.title)
            assert engagement.end_on is None


def test_nobody_holds_two_leadership_positions(any_municipality: Municipality) -> None:
    held = [seat.holder_external_id for seat in any_municipality.positions if seat.holder_external_id]
    assert len(held) == len(set(held))


def test_a_unit_with_leaders_has_exactly_one_that_heads_it(any_municipality: Municipality) -> None:
    ordered = sorted(any_municipality.positions, key=lambda seat: seat.unit_external_id)
    for _, seats in groupby(ordered, key=lambda seat: seat.unit_external_id):
        assert sum(seat.heads_unit for seat in seats) == 1


def test_the_chief_executive_heads_the_root_and_directors_the_administrations(whole: Municipality) -> None:
    units = {unit.external_id: unit for unit in whole.units}
    directors = [seat for seat in whole.positions if seat.level == "N1"]
    assert [seat.title for seat in directors if units[seat.unit_external_id].kind == "municipality"] == [
        "Kommunaldirektør"
    ]
    assert sum(units[seat.unit_external_id].kind == "administration" for seat in directors) == 7
    assert len(directors) == 8
    assert all(seat.holder_external_id for seat in directors)


def test_a_leader_stands_no_higher_than_the_leader_above(whole: Municipality) -> None:
    level = {seat.unit_external_id: seat.level for seat in whole.positions if seat.heads_unit}
    for unit in whole.units:
        if unit.external_id in level and unit.parent_external_id in level:
            assert level[unit.parent_external_id] <= level[unit.external_id]


def test_a_position_is_held_or_vacant_for_less_than_a_year_and_every_administration_has_a_vacancy(
    any_municipality: Municipality,
) -> None:
    belongs, vacant = administrations(any_municipality), set[str]()
    for seat in any_municipality.positions:
        assert (seat.holder_external_id is None) == (seat.vacant_since is not None)
        if seat.vacant_since:
            vacant.add(belongs[seat.unit_external_id])
            assert 0 < (any_municipality.as_of - seat.vacant_since).days < 365
    assert vacant == set(belongs.values())


def test_a_few_percent_of_the_positions_are_vacant(whole: Municipality) -> None:
    assert 0.02 < sum(seat.vacant_since is not None for seat in whole.positions) / len(whole.positions) < 0.05


def test_a_leader_comes_from_a_profession_found_in_the_administration(whole: Municipality) -> None:
    belongs, primary = administrations(whole), primary_engagements(whole)
    leaders = {one.external_id for one in holders(whole)}
    fields = {
        (belongs.get(primary[one.external_id].unit_external_id), one.professional_field)
        for one in whole.persons
        if one.external_id not in leaders
    }
    for leader in holders(whole):
        home = belongs.get(primary[leader.external_id].unit_external_id)
        assert home is None or (home, leader.professional_field) in fields


def test_schools_employ_teachers_and_nursing_homes_care_assistants(whole: Municipality) -> None:
    units = {unit.external_id: unit.name for unit in whole.units}
    titles: dict[str, set[str]] = {}
    for engagement in primary_engagements(whole).values():
        titles.setdefault(units[engagement.unit_external_id].split(",")[0], set()).add(engagement.position_title)
    assert "Lærer" in titles["Mellemtrinnet"]
    assert "Social- og sundhedsassistent" in titles["Afdeling A"]
    assert "Lærer" not in titles["Afdeling A"]


def test_everybody_has_one_primary_engagement_that_runs_today(any_municipality: Municipality) -> None:
    primary = [each for each in any_municipality.engagements if each.primary]
    assert Counter(each.person_external_id for each in primary) == Counter(
        one.external_id for one in any_municipality.persons
    )
    for each in primary:
        assert each.start_on <= any_municipality.as_of
        assert each.end_on is None or each.end_on > any_municipality.as_of


def test_every_engagement_is_in_a_known_unit_and_within_the_persons_time_here(any_municipality: Municipality) -> None:
    units = {unit.external_id for unit in any_municipality.units}
    persons = {one.external_id: one for one in any_municipality.persons}
    for each in any_municipality.engagements:
        assert each.unit_external_id in units
        assert persons[each.person_external_id].first_hired_on <= each.start_on <= any_municipality.as_of
        assert each.end_on is None or each.start_on < each.end_on
        assert 0 < each.weekly_hours <= 37
        assert each.employment_type in {"permanent", "fixed_term", "hourly", "trainee"}


def test_a_few_percent_have_a_second_small_job_and_nobody_works_over_48_hours(whole: Municipality) -> None:
    running = [each for each in whole.engagements if each.end_on is None or each.end_on > AS_OF]
    jobs = Counter(each.person_external_id for each in running)
    hours: Counter[str] = Counter()
    for each in running:
        hours[each.person_external_id] += int(each.weekly_hours)
    assert 0.01 < sum(count > 1 for count in jobs.values()) / len(jobs) < 0.05
    assert max(hours.values()) <= 48


def test_some_leaders_rose_from_an_engagement_that_ended_as_the_post_began(whole: Municipality) -> None:
    primary = primary_engagements(whole)
    ended = [each for each in whole.engagements if each.end_on is not None and each.end_on <= AS_OF]
    assert 0.4 < len(ended) / len(holders(whole)) < 0.8
    assert all(primary[each.person_external_id].start_on == each.end_on for each in ended)


def test_nobody_is_under_18_or_over_70_or_was_hired_under_16(any_municipality: Municipality) -> None:
    for one in any_municipality.persons:
        assert years_before(any_municipality.as_of, 70) <= one.birth_date <= years_before(any_municipality.as_of, 18)
        assert one.birth_date <= years_before(one.first_hired_on, 16)


def test_no_string_looks_like_a_national_identity_number(any_municipality: Municipality) -> None:
    town = any_municipality
    for record in (*town.units, *town.persons, *town.engagements, *town.positions):
        for value in astuple(record):
            assert not isinstance(value, str) or not re.search(r"\d{6}[-+ ]?\d{4}", value)


def test_names_are_composed_letters_and_mail_addresses_plain_ascii(whole: Municipality) -> None:
    for one in whole.persons:
        full = f"{one.given_name} {one.family_name}"
        assert unicodedata.is_normalized("NFC", full)
        assert re.fullmatch(r"[^\W\d_]+([ -][^\W\d_]+)*", full)
        assert re.fullmatch(r"[a-z-]+\.[a-z-]+\d*@eksempelkommune\.example", one.email)


def test_names_are_danish_for_the_most_part_and_many(whole: Municipality) -> None:
    family = Counter(one.family_name for one in whole.persons)
    ending_in_sen = sum(count for name, count in family.items() if name.endswith("sen"))
    assert 0.45 < ending_in_sen / len(whole.persons) < 0.65
    assert len(family) > 400
    assert {"Østergaard", "Kjær", "Lynge", "Joensen", "Nguyen"} <= family.keys()
    assert max(Counter((one.given_name, one.family_name) for one in whole.persons).values()) < 40


def test_more_than_120_given_names_of_either_gender_and_150_single_family_names_occur(whole: Municipality) -> None:
    for gender in ("female", "male"):
        assert len({one.given_name.split()[0] for one in whole.persons if one.gender == gender}) >= 120
    assert len({one.family_name for one in whole.persons if one.family_name.isalpha()}) >= 150


def test_a_total_is_apportioned_exactly_and_in_proportion() -> None:
    assert apportioned(10, [1, 1, 1]) == [4, 3, 3]
    assert apportioned(7, [0, 3, 4]) == [0, 3, 4]
    assert apportioned(0, [2, 5]) == [0, 0]
