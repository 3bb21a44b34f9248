"""Candidacies by themselves: ways in, answers, and what is forgotten when one is taken back."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from service.domain.candidacies.model import Candidacy, Decision, Statement, WayIn
from service.domain.candidacies.states import CANDIDACY, CandidacyState
from service.domain.errors import Invalid
from service.domain.ids import new_id

NOW = datetime(2026, 9, 7, 8, tzinfo=UTC)
DUE = date(2026, 9, 21)
APPLICATION = (WayIn.APPLICATION,)
NO = Decision(reason="Ikke nu.", feedback="Prøv en opgave på tværs.", at=NOW)


def draft(*ways: WayIn, motivation: str | None = "Jeg vil lede.") -> Candidacy:
    return Candidacy(id=new_id(), person_id=new_id(), cohort_id=new_id(), ways=ways, motivation=motivation)


def submitted() -> Candidacy:
    return draft(*APPLICATION).submitted(APPLICATION, None, NOW, DUE)


def test_W3_a_submitted_candidacy_says_since_when_and_until_when_the_managers_statement_is_awaited() -> None:
    sent = submitted()
    assert sent.state is CandidacyState.SUBMITTED
    assert (sent.statement_requested_at, sent.statement_due_on) == (NOW, DUE)


def test_who_applies_says_why() -> None:
    with pytest.raises(Invalid, match="motivation_missing"):
        draft(motivation=None).submitted(APPLICATION, None, NOW, DUE)


def test_F2_a_nominee_need_not_explain_themselves() -> None:
    sent = draft(motivation=None).submitted((WayIn.NOMINATION,), None, NOW, DUE)
    assert (sent.state, sent.ways) == (CandidacyState.SUBMITTED, (WayIn.NOMINATION,))


def test_an_application_begun_without_a_word_of_why_is_no_way_in() -> None:
    begun = draft(WayIn.APPLICATION, motivation=None).submitted((WayIn.NOMINATION,), None, NOW, DUE)
    assert begun.ways == (WayIn.NOMINATION,)


def test_F4_several_ways_make_one_candidacy_that_names_each_once() -> None:
    both = submitted().submitted((WayIn.NOMINATION,), None, NOW, DUE).submitted((WayIn.NOMINATION,), None, NOW, DUE)
    assert both.ways == (WayIn.APPLICATION, WayIn.NOMINATION)


def test_the_score_is_the_mean_of_the_assessors() -> None:
    assessed = submitted().assessed([Decimal("4.00"), Decimal("3.33"), Decimal("5.00")], NOW)
    assert (assessed.state, assessed.score, assessed.assessed_at) == (CandidacyState.ASSESSED, Decimal("4.11"), NOW)
    later = assessed.assessed([Decimal("4.00")], NOW + timedelta(days=1))
    assert (later.score, later.assessed_at) == (Decimal("4.00"), NOW)


def test_only_who_waits_has_a_rank() -> None:
    waiting = submitted().decided(CandidacyState.WAITLISTED, NO, 1)
    assert waiting.rank == 1
    offered = waiting.offered(NOW + timedelta(days=7), NOW)
    assert (offered.rank, offered.reason) == (None, "Ikke nu.")
    with pytest.raises(Invalid, match="rank_off_list"):
        submitted().decided(CandidacyState.OFFERED, NO, 1)


def test_an_offer_stands_for_a_while() -> None:
    with pytest.raises(Invalid, match="answer_by_over"):
        submitted().offered(NOW, NOW)


def test_F5_every_decision_has_a_reason() -> None:
    with pytest.raises(Invalid, match="decision_without_reason"):
        Decision(reason="  ", at=NOW)


def test_what_is_reopened_has_no_answer_and_keeps_what_was_found() -> None:
    declined = replace(submitted().assessed([Decimal(3)], NOW).decided(CandidacyState.DECLINED, NO), reconsider_by=DUE)
    again = declined.reopened()
    assert (again.state, again.reason, again.feedback, again.decided_at, again.reconsider_by) == (
        CandidacyState.ASSESSED, None, None, None, None,
    )  # fmt: skip
    assert again.score == Decimal(3)


def test_A3_what_is_withdrawn_keeps_no_word_of_anybody() -> None:
    said = Statement(supports=False, reason="Travlt.", by_id=new_id(), given_on=DUE)
    full = replace(submitted().decided(CandidacyState.WAITLISTED, NO, 1), statement=said, score=Decimal(4))
    back = full.withdrawn()
    kept = {one.name for one in fields(back) if getattr(back, one.name) not in {None, ()}}
    assert kept == {"id", "person_id", "cohort_id", "state", "ways", "submitted_at", "version"}
    assert back.state is CandidacyState.WITHDRAWN


def test_A3_one_can_withdraw_at_any_point_before_acceptance() -> None:
    before = {"draft", "submitted", "assessed", "offered", "waitlisted"}
    assert set(CANDIDACY.action("withdraw").sources) == before


@pytest.mark.parametrize("action", ["accept", "turnDown", "withdraw", "submit", "askReconsideration"])
def test_nobody_answers_for_the_candidate(action: str) -> None:
    assert CANDIDACY.action(action).by == ("self",)


@pytest.mark.parametrize("action", ["conclude", "lapse", "reopen"])
def test_some_steps_are_nobodys_command(action: str) -> None:
    assert CANDIDACY.action(action).by == ()
