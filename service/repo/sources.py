"""Every view's source, by the view's name."""

from collections.abc import Mapping

from service.repo.archives import ARCHIVES
from service.repo.assessments import ASSESSMENTS
from service.repo.calendars import CALENDARS
from service.repo.candidacies import CANDIDACIES
from service.repo.certificates import CERTIFICATES
from service.repo.cohorts import COHORTS
from service.repo.elements import ELEMENTS
from service.repo.engagements import ENGAGEMENTS
from service.repo.evaluations import EVALUATION_RESPONSES, EVALUATIONS
from service.repo.events import EVENTS
from service.repo.frameworks import FRAMEWORKS
from service.repo.imports import IMPORTS
from service.repo.labels import LABELS
from service.repo.me import ME_SOURCE
from service.repo.next_steps import NEXT_STEPS
from service.repo.nominations import NOMINATIONS
from service.repo.organisations import ORGANISATIONS
from service.repo.participations import PARTICIPATIONS
from service.repo.persons import PERSONS
from service.repo.placements import PLACEMENTS
from service.repo.positions import POSITIONS
from service.repo.programme_templates import PROGRAMME_TEMPLATES
from service.repo.programmes import PROGRAMMES
from service.repo.projects import HAND_INS, PROJECTS
from service.repo.reading.access_log import ACCESS_LOG
from service.repo.reading.source import Source
from service.repo.reconsiderations import RECONSIDERATIONS
from service.repo.relations import DECLARED_RELATIONS
from service.repo.reports.openness import OPENNESS_REPORTS
from service.repo.reviews import REVIEW_RESPONSES, REVIEWS
from service.repo.sessions import ATTENDANCES, SESSIONS
from service.repo.talents import TALENTS
from service.repo.tips import TIPS
from service.repo.units import UNITS

SOURCES: Mapping[str, Source] = {
    source.view.name: source
    for source in (
        ME_SOURCE,
        LABELS,
        ORGANISATIONS,
        UNITS,
        PERSONS,
        ENGAGEMENTS,
        POSITIONS,
        FRAMEWORKS,
        PROGRAMME_TEMPLATES,
        PROGRAMMES,
        COHORTS,
        TALENTS,
        TIPS,
        NOMINATIONS,
        CANDIDACIES,
        ASSESSMENTS,
        RECONSIDERATIONS,
        DECLARED_RELATIONS,
        PARTICIPATIONS,
        ARCHIVES,
        OPENNESS_REPORTS,
        SESSIONS,
        ATTENDANCES,
        PROJECTS,
        HAND_INS,
        ELEMENTS,
        NEXT_STEPS,
        CERTIFICATES,
        CALENDARS,
        EVALUATIONS,
        EVALUATION_RESPONSES,
        IMPORTS,
        PLACEMENTS,
        REVIEWS,
        REVIEW_RESPONSES,
        EVENTS,
        ACCESS_LOG,
    )
}
