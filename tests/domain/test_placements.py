"""Placements by themselves: terms, signatures, dates and loads."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id
from service.domain.placements.model import (
    EndedBy,
    Party,
    Placement,
    PlacementKind,
    PlacementState,
    peak_load,
)

FIRST = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def placement(**other: Any) -> Placement:
    terms: dict[str, Any] = {
        "id": new_id(),
        "kind": PlacementKind.PROJECT,
        "person_id": new_id(),
        "home_unit_id": new_id(),
        "host_unit_id": new_id(),
        "start_on": FIRST,
        "end_on": FIRST + timedelta(days=30),
        **other,
    }
    return Placement(**terms)


def day(days: int) -> date:
    return FIRST + timedelta(days=days)


def test_L4_the_kinds_grow_from_shadowing_to_secondment() -> None:
    assert list(PlacementKind)[:6] == [
        "shadowing", "internship", "project", "rotation", "acting_leader", "secondment",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"end_on": FIRST}, "period_ends_before_it_starts"),
        ({"load_percent": 0}, "bad_percent"),
        ({"load_percent": 101}, "bad_percent"),
        ({"home_salary_share": 101}, "bad_percent"),
        ({"kind": PlacementKind.ACTING_LEADER}, "position_missing"),
        ({"home_unit_id": None}, "wrong_home_unit"),
        ({"kind": PlacementKind.SCHOLARSHIP}, "wrong_home_unit"),
    ],
)
def test_terms_that_cannot_be_are_no_placement(terms: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        placement(**terms)
    assert caught.value.code == code


def test_it_is_agreed_only_with_every_signature() -> None:
    one = placement().signed([Party.TALENT, Party.TALENT], new_id(), NOW)
    assert one.unsigned == {Party.HOME_MANAGER, Party.HOST_MANAGER}
    with pytest.raises(Conflict, match="not_signed"):
        one.agreed()
    both = one.signed([Party.HOST_MANAGER, Party.HOME_MANAGER, Party.TALENT], new_id(), NOW)
    assert [signature.party for signature in both.signatures] == ["talent", "home_manager", "host_manager"]
    assert both.agreed().state is PlacementState.AGREED


def test_other_terms_lose_the_signatures_and_the_same_terms_keep_them() -> None:
    signed = placement().signed(Party, new_id(), NOW)
    assert signed.changed(load_percent=signed.load_percent) is signed
    assert signed.changed(load_percent=50).signatures == ()


def test_dates_move_it_one_step_at_a_time() -> None:
    agreed = replace(placement(), state=PlacementState.AGREED)
    assert agreed.at(day(-1)) is agreed
    active = agreed.at(day(0))
    assert active.state is PlacementState.ACTIVE
    assert agreed.at(day(99)).state is PlacementState.ACTIVE
    assert active.at(day(29)) is active
    assert active.at(day(30)).state is PlacementState.COMPLETED
    for state in (PlacementState.PROPOSED, PlacementState.CANCELLED, PlacementState.COMPLETED):
        still = replace(agreed, state=state)
        assert still.at(day(99)) is still


def test_an_early_end_comes_at_once_or_on_its_day() -> None:
    active = replace(placement(), state=PlacementState.ACTIVE)
    assert active.ended_early(day(5), EndedBy.TALENT, None, day(5)).state is PlacementState.ENDED_EARLY
    ahead = active.ended_early(day(9), EndedBy.HOST_MANAGER, "Sparerunde", day(5))
    assert (ahead.state, ahead.until) == (PlacementState.ACTIVE, day(9))
    assert ahead.at(day(9)).state is PlacementState.ENDED_EARLY
    for outside in (day(-1), day(30)):
        with pytest.raises(Invalid, match="not_early"):
            active.ended_early(outside, EndedBy.HR, None, day(5))


def test_an_extension_follows_on_and_is_to_be_signed_anew() -> None:
    first = replace(placement().signed(Party, new_id(), NOW), state=PlacementState.ACTIVE, version=7)
    new = first.extension(new_id(), day(60))
    assert (new.start_on, new.end_on, new.extends_id) == (day(30), day(60), first.id)
    assert (new.state, new.signatures, new.version) == (PlacementState.PROPOSED, (), 0)


def test_an_early_end_frees_the_load_from_its_day_on() -> None:
    cut = replace(placement(), state=PlacementState.ACTIVE, ended_on=day(10))
    assert peak_load([cut, placement(start_on=day(9))]) == 200
    assert peak_load([cut, placement(start_on=day(10))]) == 100


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40), st.integers(1, 100)), max_size=6))
def test_the_peak_is_the_heaviest_day_of_all(drawn: list[tuple[int, int, int]]) -> None:
    placements = [
        placement(start_on=day(start), end_on=day(start + length), load_percent=load) for start, length, load in drawn
    ]
    days = [
        sum(one.load_percent for one in placements if one.start_on <= day(number) < one.end_on) for number in range(81)
    ]
    assert peak_load(placements) == max(days)
