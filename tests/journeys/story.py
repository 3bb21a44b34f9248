"""What is said and decided in the journey, the same over both doors, and the events that must tell it."""

from typing import Any

from tests.journeys.cast import APPLICANTS, CANDIDATES

COMPETENCES = ("Vil lede", "Har overblik", "Når i mål med andre")
REVISED = "Vil gå foran"
"""What the first competence is called in the next edition."""

ADMITTED = CANDIDATES[:12]
WAITLISTED = ("Kaj", "Liv", "Morten")
DECLINED = "Nanna"
RELUCTANT = "Aksel"
"""Offered a place, and turns it down."""

NEXT = "Morten"
"""Put first on the waitlist by HR, though assessed after Kaj and Liv."""

PARTICIPANTS = (*(name for name in ADMITTED if name != RELUCTANT), NEXT)

MOTIVATION = "Jeg vil gerne stå i spidsen for noget."
RATIONALE = "Kollegerne går til ham."
STATEMENT = "Har overblik, når det brænder på."
SEEN = "Det viste samtalen."
OFFERED = "En klar styrke på alle tre punkter."
WAITING = "Plads, hvis en bliver ledig."
NOT_NOW = "Andre er længere denne gang."
WORK_ON = "Vent et år, og prøv en mindre opgave først."
SPOKEN = (MOTIVATION, RATIONALE, STATEMENT, SEEN, OFFERED, WAITING, NOT_NOW, WORK_ON)
"""Free text, which no event may carry."""


def competences() -> list[dict[str, Any]]:
    """What a good leader is here, each at five levels."""
    return [
        {
            "name": name,
            "description": f"{name}: det ser man i hverdagen.",
            "levels": [f"{name}, {level} af 5" for level in range(1, 6)],
        }
        for name in COMPETENCES
    ]


def criteria(framework: dict[str, Any]) -> list[dict[str, Any]]:
    """Every competence counts; the wish to lead counts twice."""
    return [
        {"competenceId": one["id"], "weight": 2 if one["name"] == COMPETENCES[0] else 1}
        for one in framework["competences"]
    ]


def scores(candidate: str, assessor: str, programme: dict[str, Any]) -> list[dict[str, Any]]:
    """What the assessor finds: best of Mette, and Bo a little stricter than Anna."""
    base = 5 if candidate == "Mette" else 4 if candidate in ADMITTED else 3 if candidate in WAITLISTED else 2
    score = base - 1 if assessor == "Bo" else base
    return [{"competenceId": one["competenceId"], "score": score, "reason": SEEN} for one in programme["criteria"]]


def _each(times: int, *types: str) -> tuple[str, ...]:
    return types * times


_IMPORTED = ("import.queued", "import.started", "import.completed")

EVENTS = (
    # 1. A municipality comes in; a second import changes nothing; HR adds what the export does not say.
    "organisation.founded",
    *_each(2, *_IMPORTED),
    "person.changed",
    # 2. A framework, a programme on it, and its call.
    "framework.defined",
    "framework.published",
    "programme.planned",
    "cohort.planned",
    "programme.endorsed",
    "programme.consulted",
    "programme.opened",
    "framework.revised",
    "framework.changed",
    "framework.retired",
    "framework.published",
    # 3. One applies, one is nominated and accepts, the others apply; they are assessed and answered.
    "candidacy.submitted",
    "talent.seen",
    "nomination.made",
    "candidacy.submitted",
    "nomination.accepted",
    "talent.seen",
    *_each(len(APPLICANTS), "candidacy.submitted", "talent.seen"),
    *_each(len(CANDIDATES), "candidacy.statement_given"),
    "programme.selecting_started",
    *_each(len(CANDIDATES), "assessment.assigned", "assessment.assigned"),
    *_each(len(CANDIDATES), "assessment.submitted"),
    *_each(len(CANDIDATES), "assessment.submitted", "candidacy.assessed"),
    *_each(len(ADMITTED), "candidacy.offered"),
    "candidacy.waitlisted",
    "candidacy.waitlisted",
    *("candidacy.moved_back", "candidacy.moved_back", "candidacy.waitlisted"),
    "candidacy.declined",
    *_each(len(ADMITTED) - 1, "candidacy.accepted", "participation.enrolled"),
    "candidacy.turned_down",
    "candidacy.offered",
    "candidacy.accepted",
    "participation.enrolled",
    "programme.started",
    *_each(len(PARTICIPANTS), "participation.started"),
    # 4. Mette leads a vacant unit for a while, and both sides look back on it.
    "placement.proposed",
    "placement.signed",
    "placement.signed",
    "placement.signed",
    "placement.agreed",
    "placement.started",
    *("review.planned", "review_response.asked", "review_response.asked", "review.opened"),
    "placement.completed",
    *("review.opened", "review_response.asked", "review_response.asked"),
    "review_response.answered",
    "review_response.answered",
    "review.submitted",
    "review.shared",
    "review.acknowledged",
    # 5. She completes, and gets a leader job.
    "participation.completed",
    "certificate.issued",
    "engagement.ended",
    "engagement.begun",
    "position.filled",
    "participation.outcome_recorded",
    "next_step.planned",
    "next_step.planned",
)
"""The whole story as the feed tells it."""
