"""What can be done to candidacies, as the doors list it."""

from service.domain.candidacies.answering import accept, turn_down
from service.domain.candidacies.deciding import assign_assessors, decline, offer, waitlist
from service.domain.candidacies.intake import (
    accept_nomination,
    apply,
    change,
    give_statement,
    nominate,
    refuse_nomination,
    submit,
    withdraw,
)
from service.domain.candidacies.views import CandidacyView
from service.domain.operations import acts, changes, creates

OPERATIONS = (
    creates(CandidacyView, apply, "applyForCohort"),
    creates(CandidacyView, nominate, "nominate", verb="nominate"),
    changes(CandidacyView, change, "changeCandidacy"),
    acts(CandidacyView, submit, "submitCandidacy"),
    acts(CandidacyView, accept_nomination, "acceptNomination"),
    acts(CandidacyView, refuse_nomination, "refuseNomination"),
    acts(CandidacyView, give_statement, "giveStatement"),
    acts(CandidacyView, assign_assessors, "assignAssessors"),
    acts(CandidacyView, offer, "offerPlace"),
    acts(CandidacyView, waitlist, "waitlistCandidacy"),
    acts(CandidacyView, decline, "declineCandidacy"),
    acts(CandidacyView, accept, "acceptOffer"),
    acts(CandidacyView, turn_down, "turnDownOffer"),
    acts(CandidacyView, withdraw, "withdrawCandidacy"),
)
