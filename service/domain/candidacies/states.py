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

FALLS_TO: Mapping[CandidacyState, CandidacyState] = {
    _S.DRAFT: _S.WITHDRAWN,
    _S.SUBMITTED: _S.DECLINED,
    _S.ASSESSED: _S.DECLINED,
    _S.WAITLISTED: _S.DECLINED,
    _S.OFFERED: _S.LAPSED,
}
"""What becomes of a candidacy without a final answer when its programme is cancelled."""

CALL_OPEN = Condition(name="callOpen", code="call_closed", detail="The call takes no applications any more.")
_NOMINATED = Condition(name="nominationPending", code="no_nomination", detail="There is no nomination to answer.")
_UNSTATED = Condition(name="unstated", code="statement_given", detail="The manager's statement is given already.")
_PROGRAMME_RUNS = Condition(
    name="programmeNotOver", code="programme_over", detail="The programme is completed or cancelled."
)

_ANOTHERS = Condition(name="anothers", code="own_candidacy", detail="Nobody decides on their own candidacy.")

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
            when=(CALL_OPEN,),
        ),
        Action(
            name="acceptNomination",
            by=("self",),
            sources=(_S.DRAFT, _S.SUBMITTED),
            target=_S.SUBMITTED,
            when=(_NOMINATED, CALL_OPEN),
        ),
        Action(
            name="refuseNomination",
            by=("self",),
            sources=(_S.DRAFT, _S.SUBMITTED),
            targets=(_S.WITHDRAWN, _S.DRAFT, _S.SUBMITTED),
            when=(_NOMINATED,),
        ),
        Action(name="giveStatement", by=("nearestManager",), sources=(_S.SUBMITTED,), when=(_UNSTATED,)),
        Action(name="assignAssessors", by=("hr",), sources=(_S.SUBMITTED,), when=(_ANOTHERS,)),
        Action(name="conclude", by=(), sources=(_S.SUBMITTED,), target=_S.ASSESSED),
        Action(
            name="offer",
            by=("hr",),
            sources=(_S.ASSESSED, _S.WAITLISTED),
            target=_S.OFFERED,
            when=(_ANOTHERS, _PROGRAMME_RUNS),
        ),
        Action(
            name="waitlist",
            by=("hr",),
            sources=(_S.ASSESSED, _S.WAITLISTED),
            target=_S.WAITLISTED,
            when=(_ANOTHERS,),
        ),
        Action(name="decline", by=("hr",), sources=(_S.ASSESSED,), target=_S.DECLINED, when=(_ANOTHERS,)),
        Action(name="accept", by=("self",), sources=(_S.OFFERED,), target=_S.ACCEPTED, when=(_PROGRAMME_RUNS,)),
        Action(name="turnDown", by=("self",), sources=(_S.OFFERED,), target=_S.TURNED_DOWN),
        Action(
            name="withdraw",
            by=("self",),
            sources=(_S.DRAFT, _S.SUBMITTED, _S.ASSESSED, _S.OFFERED, _S.WAITLISTED),
            target=_S.WITHDRAWN,
        ),
        Action(name="fall", by=(), sources=tuple(FALLS_TO), targets=(_S.WITHDRAWN, _S.DECLINED, _S.LAPSED)),
    ),
)
"""`conclude` is nobody's command: it follows from the last assessment (domain.md §3); `fall` follows from the
cancelling of the programme."""
