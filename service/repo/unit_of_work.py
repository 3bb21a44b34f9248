"""`service.domain.unit_of_work` on one asyncpg connection."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID
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
from service.domain.errors import NotFound
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
from service.domain.unit_of_work import UnitOfWork
from service.domain.units.ports import Units
from service.repo.archives import PostgresArchives
from service.repo.assessments import PostgresAssessments
from service.repo.calendars import PostgresCalendars
from service.repo.candidacies import PostgresCandidacies
from service.repo.certificates import PostgresCertificates
from service.repo.cohorts import PostgresCohorts
from service.repo.database import Database, local_date
from service.repo.elements import PostgresElements
from service.repo.engagements import PostgresEngagements
from service.repo.evaluations import PostgresEvaluationResponses, PostgresEvaluations
from service.repo.frameworks import PostgresFrameworks
from service.repo.imports import PostgresImports
from service.repo.next_steps import PostgresNextSteps
from service.repo.nominations import PostgresNominations
from service.repo.organisations import PostgresOrganisations
from service.repo.participations import PostgresParticipations
from service.repo.persons import PostgresPersons
from service.repo.placements import PostgresPlacements
from service.repo.positions import PostgresPositions
from service.repo.programme_templates import PostgresProgrammeTemplates
from service.repo.programmes import PostgresProgrammes
from service.repo.projects import PostgresHandIns, PostgresProjects
from service.repo.queue import PostgresAgenda, Wake, enqueue
from service.repo.reading.reader import PostgresReader
from service.repo.reconsiderations import PostgresReconsiderations
from service.repo.relations import PostgresDeclaredRelations
from service.repo.reports.openness import PostgresOpennessReports
from service.repo.requests import PostgresRequests
from service.repo.reviews import PostgresReviewResponses, PostgresReviews
from service.repo.sessions import PostgresAttendances, PostgresSessions
from service.repo.store import Session
from service.repo.talents import PostgresTalents
from service.repo.tips import PostgresTips
from service.repo.units import PostgresUnits

T = TypeVar("T")

_EVENTS = """
INSERT INTO event (organisation_id, id, type, concept, resource_id, version, time, actor, actor_person_id, data)
SELECT $1, e.id, e.type, e.concept, e.resource, e.version, $2, $3::text, $4, e.data
FROM unnest($5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::int[], $10::jsonb[])
     AS e (id, type, concept, resource, version, data)
"""


@dataclass(frozen=True)
class _InTransaction:
    """Reads through the connection of the transaction, so that it sees what it has written."""

    connection: Any

    async def fetch_row(self, organisation: UUID, sql: str, values: list[Any]) -> Any:
        del organisation  # the transaction is bound already
        return await self.connection.fetchrow(sql, *values)


@dataclass(eq=False)
class PostgresUnitOfWork:
    """One transaction of one actor: a repository per aggregate over the same connection."""

    session: Session
    shared: PostgresReader
    settings: Organisation
    wakes: list[Wake]
    address: str

    def __post_init__(self) -> None:
        """Make the repositories."""
        session, language = self.session, str(self.settings.default_language)
        self.actor: Actor = session.actor
        self.now = session.now
        self.zone = ZoneInfo(self.settings.time_zone)
        self.today = local_date(session.now, self.settings.time_zone)
        self.language: str = language
        self.country: Country = self.settings.country
        self.reader: Reader = replace(self.shared, runner=_InTransaction(session.connection))
        self.requests: Requests = PostgresRequests(session)
        self.agenda: Agenda = PostgresAgenda(self.wakes)
        self.organisations: Organisations = PostgresOrganisations(session)
        self.units: Units = PostgresUnits(session, language)
        self.persons: Persons = PostgresPersons(session, language)
        self.engagements: Engagements = PostgresEngagements(session)
        self.positions: Positions = PostgresPositions(session, language)
        self.frameworks: Frameworks = PostgresFrameworks(session)
        self.programme_templates: ProgrammeTemplates = PostgresProgrammeTemplates(session, language)
        self.programmes: Programmes = PostgresProgrammes(session, language)
        self.imports: Imports = PostgresImports(session)
        self.cohorts: Cohorts = PostgresCohorts(session)
        self.talents: Talents = PostgresTalents(session)
        self.tips: Tips = PostgresTips(session)
        self.nominations: Nominations = PostgresNominations(session)
        self.candidacies: Candidacies = PostgresCandidacies(session)
        self.assessments: Assessments = PostgresAssessments(session)
        self.reconsiderations: Reconsiderations = PostgresReconsiderations(session)
        self.declared_relations: DeclaredRelations = PostgresDeclaredRelations(session)
        self.participations: Participations = PostgresParticipations(session)
        self.archives: Archives = PostgresArchives(session)
        self.openness_reports: OpennessReports = PostgresOpennessReports(session)
        self.placements: Placements = PostgresPlacements(session)
        self.reviews: Reviews = PostgresReviews(session)
        self.review_responses: ReviewResponses = PostgresReviewResponses(session)
        self.sessions: Sessions = PostgresSessions(session)
        self.attendances: Attendances = PostgresAttendances(session)
        self.projects: Projects = PostgresProjects(session)
        self.hand_ins: HandIns = PostgresHandIns(session)
        self.elements: Elements = PostgresElements(session)
        self.calendars: Calendars = PostgresCalendars(session)
        self.certificates: Certificates = PostgresCertificates(session, self.address)
        self.next_steps: NextSteps = PostgresNextSteps(session)
        self.evaluations: Evaluations = PostgresEvaluations(session)
        self.evaluation_responses: EvaluationResponses = PostgresEvaluationResponses(session)


_ANSWERED = f"""
WITH answered AS (UPDATE idempotency_key SET status = $12, resource_id = $13 WHERE actor = $3::text AND key = $11)
{_EVENTS}
"""  # noqa: S608  -- nothing in it comes from outside


async def write_events(session: Session) -> None:
    """Write what the transaction recorded and what its idempotency key led to, all in one statement."""
    events, actor, answered = session.events, session.actor, session.answered
    if not events and answered is None:
        return
    await session.connection.execute(
        _ANSWERED if answered else _EVENTS,
        actor.organisation,
        session.now,
        actor.subject,
        actor.person,
        [event.id for event in events],
        [event.type for event in events],
        [event.concept for event in events],
        [event.resource for event in events],
        [event.version for event in events],
        [event.data for event in events],
        *(answered or ()),
    )
    events.clear()
    session.answered = None


@dataclass(frozen=True, repr=False)
class PostgresTransactions:
    """`service.domain.unit_of_work.Transactions` on the pool. `address` is where callers reach the service."""

    database: Database
    reader: PostgresReader
    address: str

    async def run(self, actor: Actor, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Do the work, write its events and what it asked for later, commit. Raises DomainError.

        All of it again where the database asks for it.
        """

        async def once(connection: Any) -> T:
            organisation = await connection.fetchrow("SELECT * FROM organisation")
            if organisation is None:
                raise NotFound("organisation", actor.organisation)
            clock = self.database.clock
            session = Session(connection, actor, clock(), clock)
            wakes: list[Wake] = []
            settings = PostgresOrganisations(session).load(organisation)
            uow = PostgresUnitOfWork(session, self.reader, settings, wakes, self.address)
            result = await work(uow)
            await write_events(session)
            await enqueue(connection, actor.organisation, wakes, session.now)
            return result

        return await self.database.run(actor.organisation, once)
