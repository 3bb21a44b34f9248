"""The openness report's figures: what was counted, what of it is shown, and what the last stage adds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.api.problems import LANGUAGES
from service.domain.candidacies.model import WayIn
from service.domain.errors import Invalid
from service.domain.ids import new_id
from service.domain.labels.model import Words
from service.domain.persons.model import Gender
from service.domain.reports.openness.figures import Figures, figures, with_completion
from service.domain.reports.openness.model import (
    NOWHERE,
    SELECTION,
    AgeBand,
    Counted,
    Dimension,
    OpennessReport,
    Stage,
)
from service.domain.reports.openness.wording import definitions, labels, word

LABELS: Mapping[str, Words] = {**labels(), "care": Words(da="Omsorg", sv="Omsorg", nb="Omsorg", en="Omsorg")}


def counted(*genders: tuple[int, ...]) -> Counted:
    """Everybody from one place, of one age and way in, and of as many genders."""
    together = tuple(sum(column) for column in zip(*genders, strict=True))
    return {
        Dimension.ADMINISTRATION: {"care": together},
        Dimension.GENDER: dict(zip(Gender, genders, strict=False)),
        Dimension.AGE_BAND: {AgeBand.FROM_40: together},
        Dimension.WAY: {WayIn.APPLICATION: together},
    }


def done(*genders: int) -> Mapping[Dimension, Mapping[str, int]]:
    return {
        dimension: {group: people for group, (people,) in groups.items()}
        for dimension, groups in counted(*((one,) for one in genders)).items()
    }


def of(shown: Figures, group: str) -> list[tuple[int | None, int | None]]:
    (found,) = [one for dimension in shown[1] for one in dimension.groups if one.group == group]
    return [(one.count, one.percent) for one in found.stages]


def test_each_figure_has_its_share_of_those_who_applied() -> None:
    shown = figures(counted((40, 30, 15, 10), (27, 21, 12, 7)), SELECTION, 5, LABELS)
    assert [(one.stage, one.count, one.percent) for one in shown[0]] == [
        (Stage.APPLIED, 67, 100),
        (Stage.ASSESSED, 51, 76),
        (Stage.OFFERED, 27, 40),
        (Stage.ACCEPTED, 17, 25),
    ]
    assert of(shown, Gender.FEMALE) == [(40, 100), (30, 75), (15, 38), (10, 25)]
    assert of(shown, "care") == [(one.count, one.percent) for one in shown[0]]


def test_what_is_small_is_hidden_with_its_share_and_so_is_another_with_it() -> None:
    shown = figures(counted((40, 30, 15, 10), (27, 21, 12, 7), (2, 2, 0, 0)), SELECTION, 5, LABELS)
    hidden = [of(shown, one)[0] for one in (Gender.FEMALE, Gender.MALE, Gender.OTHER)]
    assert hidden.count((None, None)) == 2
    assert hidden[2] == (None, None)
    for one in (Gender.FEMALE, Gender.MALE):
        if of(shown, one)[0] == (None, None):
            assert all(percent is None for _, percent in of(shown, one))


def test_a_total_that_is_small_is_hidden_everywhere() -> None:
    shown = figures(counted((9, 9, 2, 2), (6, 6, 1, 1)), SELECTION, 5, LABELS)
    assert [one.count for one in shown[0]] == [15, 15, None, None]
    assert of(shown, Gender.FEMALE)[2:] == [(None, None)] * 2
    nothing = figures(counted((3, 3, 2, 2)), SELECTION, 5, LABELS)
    assert {one.count for one in nothing[0]} == {None}
    assert of(nothing, "care") == [(None, None)] * 4


def test_nobody_applied() -> None:
    shown = figures(counted((0, 0, 0, 0), (0, 0, 0, 0)), SELECTION, 5, LABELS)
    assert of(shown, Gender.MALE) == [(0, None)] * 4


def test_the_last_stage_is_added_beside_what_was_shown() -> None:
    before = counted((40, 30, 15, 15), (27, 21, 12, 12))
    shown = figures(before, SELECTION, 5, LABELS)
    after = with_completion(shown, before, done(9, 7), 5)
    assert of(after, Gender.FEMALE) == [*of(shown, Gender.FEMALE), (9, 23)]
    assert after[0][:-1] == shown[0]
    assert (after[0][-1].stage, after[0][-1].count) == (Stage.COMPLETED, 16)


def test_the_last_stage_is_left_out_where_its_total_would_tell_who_stopped() -> None:
    before = counted((40, 30, 15, 15), (27, 21, 12, 12))
    shown = figures(before, SELECTION, 5, LABELS)
    assert of(shown, Gender.FEMALE)[3] == (15, 38)
    after = with_completion(shown, before, done(14, 12), 5)
    assert after[0][-1].count in {None, 26}
    assert of(after, Gender.FEMALE)[-1] == of(after, Gender.MALE)[-1] == (None, None)
    few = with_completion(shown, before, done(2, 1), 5)
    assert few[0][-1].count is None


def test_a_group_that_was_corrected_meanwhile_shows_nothing_of_the_last_stage() -> None:
    before = counted((40, 30, 15, 10), (27, 21, 12, 12))
    shown = figures(before, SELECTION, 5, LABELS)
    after = with_completion(shown, before, done(11, 7), 5)
    assert of(after, Gender.FEMALE)[-1] == of(after, Gender.MALE)[-1] == (None, None)
    assert of(after, "care")[-1] == (18, 27)


def test_every_code_has_a_label_and_every_word_a_meaning_in_each_language() -> None:
    codes = {*Stage, *Dimension, *AgeBand, *Gender, *WayIn, NOWHERE}
    assert codes <= set(labels())
    told = definitions(7)
    assert {one.term for one in told} == {*Stage, *Dimension, "percent", "suppression", "as_of"}
    for language in LANGUAGES:
        assert all(getattr(one, language) for one in labels().values())
        assert all(getattr(one.meaning, language).endswith(".") for one in told)
        assert getattr(word("title"), language)
        (suppression,) = [one for one in told if one.term == "suppression"]
        assert "7" in getattr(suppression.meaning, language)


def test_a_report_has_a_name() -> None:
    report = OpennessReport(
        id=new_id(),
        name="2026",
        as_of=datetime(2026, 9, 7, tzinfo=UTC),
        threshold=5,
        total=(),
        dimensions=(),
        definitions=(),
        counted={},
    )
    with pytest.raises(Invalid, match="name_missing"):
        replace(report, name="  ")
