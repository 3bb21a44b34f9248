"""What it takes to complete a programme, and how it is said what is missing."""

from typing import Any

import pytest

from service.domain.certificates.issuing import narrative
from service.domain.errors import Conflict, Invalid
from service.domain.participations.model import PARTICIPATION
from service.domain.programmes.completion import CompletionRule, Progress
from tests.domain.test_participations import TODAY, taking_part

RULE = CompletionRule(sessions_percent=80, projects_percent=100, elements=1)
COMPLETE = PARTICIPATION.action("complete")


def done(**values: int) -> Progress:
    known = {"sessions": 10, "sessions_attended": 8, "projects": 3, "projects_handed_in": 3, "elements_done": 1}
    return Progress(**{**known, **values})


@pytest.mark.parametrize(
    ("progress", "missing"),
    [
        (done(), []),
        (done(sessions_attended=7), ["7 of 10 sessions"]),
        (done(sessions=9, sessions_attended=7), ["7 of 9 sessions"]),  # 77.8 percent
        (done(projects_handed_in=2), ["2 of 3 projects"]),
        (done(elements_done=0), ["0 elements done where 1"]),
        (done(sessions_attended=0, projects_handed_in=0), ["0 of 10 sessions", "0 of 3 projects"]),
        (done(sessions=0, sessions_attended=0, projects=0, projects_handed_in=0), []),
    ],
)
def test_what_is_missing_is_said_with_its_numbers(progress: Progress, missing: list[str]) -> None:
    gaps = RULE.gaps(progress)
    assert len(gaps) == len(missing)
    assert all(wanted in gap for wanted, gap in zip(missing, gaps, strict=True))


def test_no_rule_asks_for_nothing() -> None:
    assert CompletionRule().gaps(done(sessions_attended=0, projects_handed_in=0, elements_done=0)) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"sessions_percent": 101}, "bad_percent"),
        ({"projects_percent": -1}, "bad_percent"),
        ({"elements": -1}, "bad_number"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(values: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        CompletionRule(**values)


def test_who_has_a_gap_completes_for_a_reason_or_not_at_all() -> None:
    it = taking_part()
    with pytest.raises(Conflict, match=r"completion_gap: 7 of 10 sessions attended .*reason"):
        it.completed(COMPLETE, RULE.gaps(done(sessions_attended=7)), None, TODAY)
    excused = it.completed(COMPLETE, RULE.gaps(done(sessions_attended=7)), "Var syg.", TODAY)
    assert (excused.completed_on, excused.completion_reason) == (TODAY, "Var syg.")


def test_a_reason_that_nobody_needed_is_not_kept() -> None:
    assert taking_part().completed(COMPLETE, (), "Til arkivet", TODAY).completion_reason is None


@pytest.mark.parametrize("language", ["da", "sv", "nb", "en"])
def test_a_certificate_says_what_it_took_in_the_organisations_language(language: str) -> None:
    said = narrative(RULE, language)
    assert ("80 %" in said, "100 %" in said, " 1 " in said) == (True, True, True)
    assert len(narrative(None, language)) < len(said)
