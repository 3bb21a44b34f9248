"""Projects between modules by themselves."""

from datetime import date

import pytest

from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id
from service.domain.projects.model import PROJECT, Project, ProjectState

PROJECT_1 = Project(
    id=new_id(),
    cohort_id=new_id(),
    after_module=1,
    feeds_module=2,
    title="Led et møde",
    assignment="Led et møde, du ellers deltager i.",
    due_on=date(2027, 3, 1),
)


@pytest.mark.parametrize("feeds", [1, 0])
def test_L3_a_project_feeds_a_module_after_the_one_it_follows(feeds: int) -> None:
    with pytest.raises(Invalid, match="feeds_no_later_module"):
        PROJECT_1.changed(feeds_module=feeds)
    assert PROJECT_1.changed(feeds_module=3).feeds_module == 3


def test_what_is_dropped_is_handed_in_no_more() -> None:
    dropped = PROJECT_1.dropped()
    assert dropped.state is ProjectState.DROPPED
    with pytest.raises(Conflict, match="wrong_state"):
        PROJECT.permit("handIn", frozenset({"activeParticipant", "owed"}), dropped.state)
