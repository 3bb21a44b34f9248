"""Sessions by themselves: times, who teaches, and what calendars have to learn."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from service.domain.errors import Conflict, Invalid
from service.domain.ids import new_id
from service.domain.learning import LearningForm
from service.domain.sessions.model import SESSION, Attendance, Presence, Session, SessionState

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = Session(
    id=new_id(),
    cohort_id=new_id(),
    module=1,
    title="At give feedback",
    learning_form=LearningForm.WORKSHOP,
    starts_at=NOON,
    ends_at=NOON + timedelta(hours=4),
    facilitator_id=new_id(),
)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ends_at": NOON}, "session_ends_before_it_starts"),
        ({"starts_at": datetime(2027, 3, 1, 12)}, "offset_missing"),  # noqa: DTZ001  -- what is refused
        ({"external_facilitator": "En konsulent"}, "facilitator_twice"),
    ],
)
def test_a_session_that_cannot_be_is_refused(values: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        replace(DAY, **values)


def test_each_change_counts_for_calendars_and_a_change_to_the_same_does_not() -> None:
    moved = DAY.changed(place="Rådhuset").changed(starts_at=NOON + timedelta(hours=1))
    assert moved.sequence == 2
    same_moment = NOON.astimezone(timezone(timedelta(hours=1)))
    assert moved.changed(place="Rådhuset").sequence == 2
    assert DAY.changed(starts_at=same_moment) is DAY


def test_a_cancelled_session_is_a_change_and_the_end_of_changes() -> None:
    cancelled = DAY.cancelled()
    assert (cancelled.state, cancelled.sequence) == (SessionState.CANCELLED, 1)
    facts = frozenset({"hr", "programmeNotOver", "begun"})
    for action in ("change", "cancel", "recordAttendance"):
        with pytest.raises(Conflict, match="wrong_state"):
            SESSION.permit(action, facts, cancelled.state)


def test_nobody_is_there_before_it_has_begun() -> None:
    with pytest.raises(Conflict, match="session_ahead"):
        SESSION.permit("recordAttendance", frozenset({"facilitator"}), DAY.state)


def test_a_correction_names_who_said_so_last_and_a_repetition_changes_nothing() -> None:
    first, second = new_id(), new_id()
    said = Attendance(
        id=new_id(),
        session_id=DAY.id,
        participation_id=new_id(),
        person_id=new_id(),
        presence=Presence.ABSENT,
        recorded_by_id=first,
    )
    assert said.corrected(Presence.ABSENT, second) is said
    assert said.corrected(Presence.EXCUSED, second).recorded_by_id == second
