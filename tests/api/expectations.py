"""Who may do and see what, operation by operation, as domain.md §2 has it: read this like a table of the guide.

The personas: `hr`, `top` (top management), `council` (works council), `admin`; the scopes of a system
(`people:read`, `people:write`, `events:read`); and people without a role of their own: `self` whom it is about,
`manager` their nearest manager, `director` two levels up, `assessor` of their candidacy, `host` who supervises the
placement, `host manager` who leads the unit it goes to, `colleague` with nothing to do with it. A `stranger` is HR of
another organisation.
"""

PEOPLE = "self manager director assessor host host_manager colleague"
EVERYBODY = f"hr top council admin people:read people:write events:read {PEOPLE}"

MAY = {
    "changeOrganisation": "hr admin",
    "defineUnit": "hr people:write",
    "changeUnit": "hr people:write",
    "closeUnit": "hr people:write",
    "registerPerson": "hr people:write",
    "changePerson": "hr people:write",
    "recordLeaving": "hr people:write",
    "protectPerson": "hr",
    "beginEngagement": "hr people:write",
    "changeEngagement": "hr people:write",
    "endEngagement": "hr people:write",
    "definePosition": "hr people:write",
    "changePosition": "hr people:write",
    "appoint": "hr",
    "defineFramework": "hr",
    "changeFramework": "hr",
    "publishFramework": "hr",
    "reviseFramework": "hr",
    "planProgramme": "hr",
    "changeProgramme": "hr",
    "endorseProgramme": "top",
    "recordConsultation": "hr council",
    "openProgramme": "hr",
    "startSelecting": "hr",
    "startProgramme": "hr",
    "completeProgramme": "hr",
    "evaluateProgramme": "hr",
    "cancelProgramme": "hr",
    "planCohort": "hr",
    "changeCohort": "hr",
    "releaseReserved": "hr",
    "changeTalent": "hr self",
    "endTalent": "hr self",
    "applyForCohort": PEOPLE + " top",
    "nominate": "manager",
    "changeCandidacy": "self",
    "submitCandidacy": "self",
    "acceptNomination": "nominee",
    "refuseNomination": "nominee",
    "giveStatement": "manager",
    "assignAssessors": "hr",
    "offerPlace": "hr",
    "waitlistCandidacy": "hr",
    "declineCandidacy": "hr",
    "acceptOffer": "self",
    "turnDownOffer": "self",
    "withdrawCandidacy": "self",
    "submitAssessment": "assessor",
    "startParticipation": "hr",
    "completeParticipation": "hr",
    "notCompleteParticipation": "hr",
    "withdrawParticipation": "hr self",
    "deferParticipation": "hr",
    "resumeParticipation": "hr",
    "recordOutcome": "hr",
    "proposePlacement": "hr manager host_manager",
    "changePlacement": "hr self manager host_manager",
    "signPlacement": "self manager host_manager",
    "cancelPlacement": "hr self manager host_manager",
    "endPlacementEarly": "hr self manager host_manager",
    "extendPlacement": "hr manager host_manager",
    "planReview": "hr manager",
    "openReview": "hr manager",
    "submitReview": "hr",
    "shareReview": "hr manager",
    "acknowledgeReview": "self",
    "closeReview": "hr",
    "answerReview": "self",
}
"""Mutation → the personas whose well-formed request is not refused for who they are."""

SEES = {
    "Me": EVERYBODY,
    "Labels": EVERYBODY,
    "Organisation": EVERYBODY,
    "Unit": EVERYBODY,
    "Position": EVERYBODY,
    "Framework": EVERYBODY,
    "Programme": EVERYBODY,
    "Cohort": EVERYBODY,
    "Person": "hr top people:read people:write self manager host host_manager",  # an assessor until the decision
    "Engagement": "hr top people:read people:write self manager",
    "Talent": "hr top self manager",
    "Candidacy": "hr top self manager assessor",
    "Assessment": "hr top assessor",
    "Participation": "hr top self manager",
    "Placement": "hr top self manager host host_manager",
    "Review": "hr top self manager",
    "ReviewResponse": "hr top self manager",
    "Import": "hr people:write",
    "Event": "hr admin events:read",
    "AccessLogEntry": "hr admin self",
}
"""View → the personas who see the row that is about `self`."""

OF_ONES_OWN = {"defineUnit", "registerPerson", "defineFramework", "changeOrganisation"}
"""What a stranger can do with the same body, in their own organisation."""
