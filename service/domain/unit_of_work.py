"""One transaction: what a use case may load, save and record."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from service.domain.actor import Actor
from service.domain.agenda import Agenda
from service.domain.archives.ports import Archives
from service.domain.assessments.ports import Assessments
from service.domain.calendars.ports import Calendars
from service.domain.candidacies.ports import Candidacies
from service.domain.certificates.ports import Certificates
from service.domain.cohorts.ports import Cohorts
from service.domain.elements.ports import Elements
from service.domain.engagements.ports import Engagements
from service.domain.evaluations.ports import EvaluationResponses, Evaluations
from service.domain.frameworks.ports import Frameworks
from service.domain.imports.ports import Imports
from service.domain.next_steps.ports import NextSteps
from service.domain.nominations.ports import Nominations
from service.domain.organisations.model import Country, Organisation
from service.domain.organisations.ports import Organisations
from service.domain.participations.ports import Participations
from service.domain.persons.ports import Persons
from service.domain.placements.ports import Placements
from service.domain.positions.ports import Positions
from service.domain.programme_templates.ports import ProgrammeTemplates
from service.domain.programmes.ports import Programmes
from service.domain.projects.ports import HandIns, Projects
from service.domain.reading import Reader
from service.domain.reconsiderations.ports import Reconsiderations
from service.domain.relations.ports import DeclaredRelations
from service.domain.reports.openness.ports import OpennessReports
from service.domain.requests import Requests
from service.domain.reviews.ports import ReviewResponses, Reviews
from service.domain.sessions.ports import Attendances, Sessions
from service.domain.talents.ports import Talents
from service.domain.tips.ports import Tips
from service.domain.units.ports import Units

T = TypeVar("T")


class UnitOfWork(Protocol):
    """One transaction of one actor. Committed when the use case returns, undone when it raises.

    `now` is in UTC; `today` is the date in `zone`, where the organisation is; `language` is the one it speaks, and
    `country` decides its holidays. `settings` is the organisation as it is, not locked.
    """

    actor: Actor
    now: datetime
    today: date
    zone: ZoneInfo
    language: str
    settings: Organisation
    country: Country
    reader: Reader
    requests: Requests
    agenda: Agenda

    organisations: Organisations
    units: Units
    persons: Persons
    engagements: Engagements
    positions: Positions
    frameworks: Frameworks
    programme_templates: ProgrammeTemplates
    programmes: Programmes
    cohorts: Cohorts
    talents: Talents
    tips: Tips
    nominations: Nominations
    candidacies: Candidacies
    assessments: Assessments
    reconsiderations: Reconsiderations
    declared_relations: DeclaredRelations
    participations: Participations
    archives: Archives
    openness_reports: OpennessReports
    placements: Placements
    reviews: Reviews
    review_responses: ReviewResponses
    imports: Imports
    sessions: Sessions
    attendances: Attendances
    projects: Projects
    hand_ins: HandIns
    elements: Elements
    calendars: Calendars
    certificates: Certificates
    next_steps: NextSteps
    evaluations: Evaluations
    evaluation_responses: EvaluationResponses


class Transactions(Protocol):
    """Runs work in a transaction."""

    async def run(self, actor: Actor, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Do it, again where the database asks for it, and commit. Raises DomainError."""
        ...
