"""Talents by themselves."""

from datetime import date

import pytest

from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id
from service.domain.talents.model import TALENT, Origin, Talent


def talent() -> Talent:
    return Talent(id=new_id(), person_id=new_id(), origins=(Origin.APPLICATION,), since=date(2026, 9, 7))


def test_F4_a_talent_may_be_found_in_several_ways_each_named_once() -> None:
    found = talent().also(Origin.NOMINATION)
    assert found.origins == (Origin.APPLICATION, Origin.NOMINATION)
    assert found.also(Origin.APPLICATION) is found


def test_the_person_may_end_their_profile_and_hr_may() -> None:
    assert TALENT.permit("end", frozenset({"self", "live"}))
    assert TALENT.permit("end", frozenset({"hr", "live"}))


def test_what_has_ended_has_ended() -> None:
    with pytest.raises(Conflict, match="talent_ended"):
        TALENT.permit("change", frozenset({"self"}))


def test_each_interest_is_named_once() -> None:
    with pytest.raises(Invalid, match="duplicate_interest"):
        Talent(
            id=new_id(),
            person_id=new_id(),
            origins=(Origin.TIP,),
            since=date(2026, 9, 7),
            interests=("økonomi", "økonomi"),
        )
