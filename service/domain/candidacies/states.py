"""The life of a candidacy, as data."""

from collections.abc import Mapping
from enum import StrEnum

from service.domain.states import Action, Condition, StateMachine


class CandidacyState(StrEnum):
    """The life of a candidacy."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ASSESSED = "assessed"
    OFFERED = "offered"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    TURNED_DOWN = "turned_down"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


_S = CandidacyState

DECIDED = (_S.OFFERED, _S.WAITLISTED, _S.DECLINED, _S.ACCEPTED, _S.TURNED_DOWN, _S.LAPSED)
"""The states in which the candidate has an answer, and may read how it came about."""

NOT_ADMITTED = (_S.DECLINED, _S.TURNED_DOWN, _S.LAPSED, _S.WITHDRAWN)
"""The states in which it has come to an end without a place: what is known is deleted after the retention period."""

TAKING_PLACE = (_S.OFFERED, _S.ACCEPTED)
"""The states that take one of the cohort's places."""

AWAITING_ANSWER = (_S.SUBMITTED, _S.ASSESSED)
"""The states in which the candidate waits to hear (F5)."""

OPEN_TO_WAYS = (_S.DRAFT, _S.SUBMITTED, _S.WITHDRAWN)
"""The states in which one more way in can be added."""

FALLS_TO: Mapping[CandidacyState, CandidacyState] = {
    _S.DRAFT: _S.WITHDRAWN,
    _S.SUBMITTED: _S.DECLINED,
    _S.ASSESSED: _S.DECLINED,
    _S.WAITLISTED: _S.DECLINED,
    _S.OFFERED: _S.LAPSED,
}
"""What becomes of a candidacy without a final answer when its programme is cancelled."""

CALL_OPEN = Condition(name="callOpen", code="call_closed", detail="The call takes no applications any more.")
IN_TARGET_GROUP = Condition(
    name="inTargetGroup", code="not_in_target_group", detail="The call is for another group of employees."
)
ANSWERABLE = Condition(name="answerable", code="offer_lapsed", detail="The time to answer the offer is over.")
RECONSIDERABLE = Condition(
    name="reconsiderable", code="reconsideration_too_late", detail="The time to ask for a reconsideration is over."
)
PROGRAMME_RUNS = Condition(
    name="programmeNotOver", code="programme_over", detail="The programme is completed or cancelled."
)
PLACE_FREE = Condition(
    name="placeFree", code="cohort_full", detail="No place is free that a candidate from there can have."
)
_UNSTATED = Condition(name="unstated", code="statement_given", detail="The manager's statement is given already.")
_NEXT_IN_LINE = Condition(
    name="nextInLine", code="not_next", detail="Somebody before them on the waitlist can have the place."
)
_ANOTHERS = Condition(name="anothers", code="own_candidacy", detail="Nobody decides on their own candidacy.")
_UNRELATED = Condition(name="unrelated", code="related_to_candidate", detail="Who is related does not decide.")
_ONCE = Condition(
    name="unreconsidered", code="reconsideration_asked", detail="A candidacy is reconsidered once, and that was asked."
)

_DECIDING = (_ANOTHERS, _UNRELATED)

CANDIDACY = StateMachine[CandidacyState](
    concept="candidacy",
    initial=(_S.DRAFT,),
    actions=(
        Action(name="change", by=("self",), sources=(_S.DRAFT,)),
        Action(
            name="submit",
            by=("self",),
            sources=(_S.DRAFT, _S.WITHDRAWN),
            target=_S.SUBMITTED,
            when=(CALL_OPEN, IN_TARGET_GROUP),
        ),
        Action(name="giveStatement", by=("nearestManager",), sources=(_S.SUBMITTED,), when=(_UNSTATED,)),
        Action(name="assignAssessors", by=("hr",), sources=(_S.SUBMITTED,), when=_DECIDING),
        Action(name="conclude", by=(), sources=(_S.SUBMITTED,), target=_S.ASSESSED),
        Action(
            name="offer",
            by=("hr",),
            sources=(_S.ASSESSED, _S.WAITLISTED),
            target=_S.OFFERED,
            when=(*_DECIDING, PROGRAMME_RUNS, PLACE_FREE, _NEXT_IN_LINE),
        ),
        Action(
            name="waitlist",
            by=("hr",),
            sources=(_S.ASSESSED, _S.WAITLISTED),
            target=_S.WAITLISTED,
            when=_DECIDING,
        ),
        Action(name="decline", by=("hr",), sources=(_S.ASSESSED, _S.WAITLISTED), target=_S.DECLINED, when=_DECIDING),
        Action(
            name="accept",
            by=("self",),
            sources=(_S.OFFERED,),
            target=_S.ACCEPTED,
            when=(PROGRAMME_RUNS, ANSWERABLE),
        ),
        Action(name="turnDown", by=("self",), sources=(_S.OFFERED,), target=_S.TURNED_DOWN),
        Action(name="lapse", by=(), sources=(_S.OFFERED,), target=_S.LAPSED),
        Action(name="askReconsideration", by=("self",), sources=(_S.DECLINED,), when=(_ONCE, RECONSIDERABLE)),
        Action(name="reopen", by=(), sources=(_S.DECLINED,), target=_S.ASSESSED),
        Action(
            name="withdraw",
            by=("self",),
            sources=(_S.DRAFT, _S.SUBMITTED, _S.ASSESSED, _S.OFFERED, _S.WAITLISTED),
            target=_S.WITHDRAWN,
        ),
        Action(name="fall", by=(), sources=tuple(FALLS_TO), targets=(_S.WITHDRAWN, _S.DECLINED, _S.LAPSED)),
    ),
)
"""Four steps are nobody's command (domain.md §3): `conclude` follows from the last assessment, `lapse` from the time
that an offer stands, `reopen` from a reconsideration that succeeds, `fall` from the cancelling of the programme.
"""
