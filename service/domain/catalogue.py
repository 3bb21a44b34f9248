"""Everything that may be read and done, in the order in which the contract lists it."""

from collections.abc import Mapping

from service.domain.access_log.views import AccessLogView
from service.domain.archives import commands as archives
from service.domain.archives.forgetting import forget_those_not_admitted
from service.domain.archives.views import ArchiveView
from service.domain.assessments import commands as assessments
from service.domain.assessments.views import AssessmentView
from service.domain.calendars import commands as calendars
from service.domain.calendars.views import CalendarView
from service.domain.candidacies import commands as candidacies
from service.domain.candidacies.views import CandidacyView
from service.domain.certificates import commands as certificates
from service.domain.certificates.views import CertificateView
from service.domain.cohorts import commands as cohorts
from service.domain.cohorts.views import CohortView
from service.domain.elements import commands as elements
from service.domain.elements.views import ElementView
from service.domain.engagements import commands as engagements
from service.domain.engagements.views import EngagementView
from service.domain.evaluations import commands as evaluations
from service.domain.evaluations.views import EvaluationResponseView, EvaluationView
from service.domain.events.views import EventView
from service.domain.frameworks import commands as frameworks
from service.domain.frameworks.views import FrameworkView
from service.domain.imports import commands as imports
from service.domain.imports.views import ImportView
from service.domain.labels.views import LabelsView
from service.domain.me.views import MeView
from service.domain.next_steps import commands as next_steps
from service.domain.next_steps.views import NextStepView
from service.domain.nominations import commands as nominations
from service.domain.nominations.views import NominationView
from service.domain.operations import Operation
from service.domain.organisations import commands as organisations
from service.domain.organisations.views import OrganisationView
from service.domain.participations import commands as participations
from service.domain.participations.views import ParticipationView
from service.domain.persons import commands as persons
from service.domain.persons.views import PersonView
from service.domain.placements import commands as placements
from service.domain.placements.views import PlacementView
from service.domain.positions import commands as positions
from service.domain.positions.views import PositionView
from service.domain.programme_templates import commands as programme_templates
from service.domain.programme_templates.views import ProgrammeTemplateView
from service.domain.programmes import commands as programmes
from service.domain.programmes.views import ProgrammeView
from service.domain.projects import commands as projects
from service.domain.projects.views import HandInView, ProjectView
from service.domain.reading import View
from service.domain.reconsiderations import commands as reconsiderations
from service.domain.reconsiderations.views import ReconsiderationView
from service.domain.relations import commands as relations
from service.domain.relations.views import DeclaredRelationView
from service.domain.reports.openness import commands as openness_reports
from service.domain.reports.openness.views import OpennessReportView
from service.domain.reviews import commands as reviews
from service.domain.reviews.views import ReviewResponseView, ReviewView
from service.domain.sessions import commands as sessions
from service.domain.sessions.views import AttendanceView, SessionView
from service.domain.talents import commands as talents
from service.domain.talents.views import TalentView
from service.domain.tips import commands as tips
from service.domain.tips.views import TipView
from service.domain.units import commands as units
from service.domain.units.views import UnitView

VIEWS: Mapping[str, View] = {
    view.name: view
    for view in (
        MeView,
        LabelsView,
        OrganisationView,
        UnitView,
        PersonView,
        EngagementView,
        PositionView,
        FrameworkView,
        ProgrammeTemplateView,
        ProgrammeView,
        CohortView,
        TalentView,
        TipView,
        NominationView,
        CandidacyView,
        AssessmentView,
        ReconsiderationView,
        DeclaredRelationView,
        ParticipationView,
        ArchiveView,
        OpennessReportView,
        SessionView,
        AttendanceView,
        ProjectView,
        HandInView,
        ElementView,
        NextStepView,
        CertificateView,
        CalendarView,
        EvaluationView,
        EvaluationResponseView,
        ImportView,
        PlacementView,
        ReviewView,
        ReviewResponseView,
        EventView,
        AccessLogView,
    )
}

OPERATIONS: tuple[Operation, ...] = (
    *organisations.OPERATIONS,
    *units.OPERATIONS,
    *persons.OPERATIONS,
    *engagements.OPERATIONS,
    *positions.OPERATIONS,
    *frameworks.OPERATIONS,
    *programme_templates.OPERATIONS,
    *programmes.OPERATIONS,
    *cohorts.OPERATIONS,
    *talents.OPERATIONS,
    *tips.OPERATIONS,
    *nominations.OPERATIONS,
    *candidacies.OPERATIONS,
    *assessments.OPERATIONS,
    *reconsiderations.OPERATIONS,
    *relations.OPERATIONS,
    *participations.OPERATIONS,
    *archives.OPERATIONS,
    *openness_reports.OPERATIONS,
    *sessions.OPERATIONS,
    *projects.OPERATIONS,
    *elements.OPERATIONS,
    *next_steps.OPERATIONS,
    *certificates.OPERATIONS,
    *calendars.OPERATIONS,
    *evaluations.OPERATIONS,
    *placements.OPERATIONS,
    *reviews.OPERATIONS,
)

DUTIES = (
    placements.advance,
    reviews.open_due,
    *tips.DUTIES,
    *nominations.DUTIES,
    *candidacies.DUTIES,
    forget_those_not_admitted,
    *imports.DUTIES,
)
"""What is done in every organisation when its date has come (`service/clockwork.py`)."""
