"""Nominations by themselves: made, accepted, refused, and what is left of them."""

from datetime import UTC, datetime

import pytest

from service.domain.errors import Invalid
from service.domain.ids import new_id
from service.domain.nominations.model import NOMINATION, Nomination, NominationState

NOW = datetime(2026, 9, 7, 8, tzinfo=UTC)


def nomination(rationale: str | None = "Tager ansvar.") -> Nomination:
    return Nomination(id=new_id(), person_id=new_id(), cohort_id=new_id(), nominator_id=new_id(), rationale=rationale)


def test_F2_an_accepted_nomination_keeps_its_rationale_and_names_the_candidacy() -> None:
    candidacy = new_id()
    accepted = nomination().accepted(candidacy, NOW)
    assert (accepted.state, accepted.rationale, accepted.candidacy_id, accepted.answered_at) == (
        NominationState.ACCEPTED, "Tager ansvar.", candidacy, NOW,
    )  # fmt: skip
    assert accepted.forgotten().rationale is None


def test_F2_a_refused_or_unanswered_nomination_has_no_rationale() -> None:
    assert nomination().refused(NOW).rationale is None
    assert nomination().lapsed().rationale is None
    with pytest.raises(Invalid, match="rationale_kept"):
        Nomination(
            id=new_id(), person_id=new_id(), cohort_id=new_id(), nominator_id=new_id(),
            rationale="Tager ansvar.", state=NominationState.REFUSED,
        )  # fmt: skip


@pytest.mark.parametrize("rationale", [None, "", "  "])
def test_a_nomination_says_why(rationale: str | None) -> None:
    with pytest.raises(Invalid, match="rationale_missing"):
        nomination(rationale)


@pytest.mark.parametrize("action", ["accept", "refuse"])
def test_the_nominee_alone_answers(action: str) -> None:
    assert NOMINATION.action(action).by == ("self",)
