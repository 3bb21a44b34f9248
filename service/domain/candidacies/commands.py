"""What can be done to candidacies, as the doors list it."""

from service.domain.candidacies.answering import accept, turn_down
from service.domain.candidacies.assigning import assign_assessors
from service.domain.candidacies.deciding import decline, offer, waitlist
from service.domain.candidacies.intake import apply, change, submit, withdraw
from service.domain.candidacies.statements import give_statement, remind_of_statements
from service.domain.candidacies.views import CandidacyView
from service.domain.candidacies.waitlist import lapse_offers
from service.domain.operations import acts, changes, creates
from service.domain.reconsiderations.asking import ask_reconsideration

OPERATIONS = (
    creates(CandidacyView, apply, "applyForCohort"),
    changes(CandidacyView, change, "changeCandidacy"),
    acts(CandidacyView, submit, "submitCandidacy"),
    acts(CandidacyView, give_statement, "giveStatement"),
    acts(CandidacyView, assign_assessors, "assignAssessors"),
    acts(CandidacyView, offer, "offerPlace"),
    acts(CandidacyView, waitlist, "waitlistCandidacy"),
    acts(CandidacyView, decline, "declineCandidacy"),
    acts(CandidacyView, accept, "acceptOffer"),
    acts(CandidacyView, turn_down, "turnDownOffer"),
    acts(CandidacyView, ask_reconsideration, "askReconsideration"),
    acts(CandidacyView, withdraw, "withdrawCandidacy"),
)

DUTIES = (remind_of_statements, lapse_offers)
