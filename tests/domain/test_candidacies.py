"""Candidacies by themselves: ways in, nominations, answers."""

from datetime import UTC, date, datetime

import pytest

from service.domain.candidacies.model import Candidacy, NominationState, WayIn
from service.domain.candidacies.states import CANDIDACY, CandidacyState
from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id

NOW = datetime(2026, 9, 7, 8, tzinfo=UTC)
TODAY = date(2026, 9, 7)
MANAGER = new_id()


def draft(way: WayIn | None = WayIn.APPLICATION, motivation: str | None = "Jeg vil lede.") -> Candidacy:
    return Candidacy(
        id=new_id(), person_id=new_id(), cohort_id=new_id(), ways=(way,) if way else (), motivation=motivation
    )


def submitted() -> Candidacy:
    return draft().submitted(WayIn.APPLICATION, None, NOW, TODAY)


def test_a_submitted_candidacy_says_until_when_the_managers_statement_is_awaited() -> None:
    sent = submitted()
    assert sent.state is CandidacyState.SUBMITTED
    assert sent.statement_due_on == date(2026, 9, 21)


def test_who_applies_says_why() -> None:
    with pytest.raises(Invalid, match="motivation_missing"):
        draft(motivation=None).submitted(WayIn.APPLICATION, None, NOW, TODAY)


def test_F2_a_nominee_need_not_explain_themselves() -> None:
    nominated = draft(way=None, motivation=None).nominated(MANAGER, "Tager ansvar.")
    accepted = nominated.accepting_nomination(None, NOW, TODAY)
    assert (accepted.state, accepted.nomination) == (CandidacyState.SUBMITTED, NominationState.ACCEPTED)
    assert accepted.ways == (WayIn.NOMINATION,)


def test_nothing_happens_before_the_nominee_has_answered() -> None:
    nominated = draft(way=None, motivation=None).nominated(MANAGER, "Tager ansvar.")
    assert (nominated.state, nominated.ways) == (CandidacyState.DRAFT, ())


def test_a_refused_nominations_rationale_is_deleted() -> None:
    refused = draft(way=None).nominated(MANAGER, "Tager ansvar.").refusing_nomination()
    assert (refused.state, refused.rationale) == (CandidacyState.WITHDRAWN, None)


def test_F4_an_application_outlives_a_nomination_that_is_refused() -> None:
    refused = submitted().nominated(MANAGER, "Tager ansvar.").refusing_nomination()
    assert (refused.state, refused.ways) == (CandidacyState.SUBMITTED, (WayIn.APPLICATION,))
    begun = draft().nominated(MANAGER, "Tager ansvar.").refusing_nomination()
    assert begun.state is CandidacyState.DRAFT


def test_F4_application_and_nomination_make_one_candidacy_with_two_ways() -> None:
    both = submitted().nominated(MANAGER, "Tager ansvar.").accepting_nomination(None, NOW, TODAY)
    assert both.ways == (WayIn.APPLICATION, WayIn.NOMINATION)


def test_withdrawing_answers_a_waiting_nomination_and_deletes_its_rationale() -> None:
    back = submitted().nominated(MANAGER, "Tager ansvar.").withdrawn()
    assert (back.state, back.nomination, back.rationale) == (CandidacyState.WITHDRAWN, NominationState.REFUSED, None)


def test_somebody_is_nominated_once_and_not_after_the_decision() -> None:
    with pytest.raises(Conflict, match="already_nominated"):
        submitted().nominated(MANAGER, "Igen.").nominated(MANAGER, "Og igen.")
    with pytest.raises(Conflict, match="nomination_too_late"):
        submitted().decided(CandidacyState.DECLINED, "Ikke nu.", NOW).nominated(MANAGER, "For sent.")


def test_only_who_waits_has_a_rank() -> None:
    waiting = submitted().decided(CandidacyState.WAITLISTED, "Næste gang.", NOW, 1)
    assert waiting.rank == 1
    assert waiting.offered_next(NOW).rank is None
    assert waiting.offered_next(NOW).reason == "Næste gang."
    with pytest.raises(Invalid, match="rank_off_list"):
        submitted().decided(CandidacyState.OFFERED, "Plads.", NOW, 1)


def test_what_was_withdrawn_and_sent_in_again_has_no_answer_yet() -> None:
    again = (
        submitted()
        .decided(CandidacyState.OFFERED, "Plads.", NOW)
        .withdrawn()
        .submitted(WayIn.APPLICATION, None, NOW, TODAY)
    )
    assert (again.state, again.reason, again.decided_at) == (CandidacyState.SUBMITTED, None, None)


def test_A3_one_can_withdraw_at_any_point_before_acceptance() -> None:
    before = {"draft", "submitted", "assessed", "offered", "waitlisted"}
    assert set(CANDIDACY.action("withdraw").sources) == before


@pytest.mark.parametrize("action", ["accept", "turnDown", "withdraw", "acceptNomination", "refuseNomination", "submit"])
def test_nobody_answers_for_the_candidate(action: str) -> None:
    assert CANDIDACY.action(action).by == ("self",)
