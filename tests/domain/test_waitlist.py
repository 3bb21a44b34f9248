"""The waitlist by itself: who goes a place back."""

from service.domain.candidacies.model import Candidacy
from service.domain.candidacies.states import CandidacyState
from service.domain.candidacies.waitlist import pushed_back
from service.domain.ids import new_id


def waiting(rank: int) -> Candidacy:
    return Candidacy(id=new_id(), person_id=new_id(), cohort_id=new_id(), state=CandidacyState.WAITLISTED, rank=rank)


def test_who_gets_a_rank_pushes_back_those_who_stand_there_and_nobody_beyond_a_gap() -> None:
    first, second, fourth = waiting(1), waiting(2), waiting(4)
    moved = pushed_back([first, second, fourth], 1)
    assert [(one.id, one.rank) for one in moved] == [(first.id, 2), (second.id, 3)]
    assert pushed_back([first, second, fourth], 3) == []
