"""One of everything in the life of a cohort, about Mette and taught by Per: for the tests of who may and who sees."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from service.domain.calendars.model import Calendar, digest
from service.domain.certificates.model import Certificate
from service.domain.cohorts.commands import ChangeCohort, ModuleToHold
from service.domain.cohorts.commands import change as change_cohort
from service.domain.elements.model import Element, TrackParty
from service.domain.evaluations.asking import shipped_questions
from service.domain.evaluations.model import Audience, Evaluation, EvaluationResponse
from service.domain.ids import new_id
from service.domain.learning import LearningForm
from service.domain.next_steps.model import NextStep, StepKind
from service.domain.participations.commands import StartParticipation, start
from service.domain.projects.model import HandIn, Project
from service.domain.sessions.model import Attendance, Presence, Session
from service.domain.unit_of_work import UnitOfWork
from tests.municipality import Municipality
from tests.selection import Selection

DAY = date(2027, 1, 8)


async def of_everything(town: Municipality, chosen: Selection, ids: dict[str, UUID], now: datetime) -> dict[str, UUID]:
    """Their ids by the name of the view; the evaluation asks Mette, Mads and Per."""
    await town.run(start, ids["Participation"], StartParticipation(), None)
    held = ChangeCohort(modules=tuple(ModuleToHold(number=one, name=f"Modul {one}") for one in (1, 2)))
    await town.run(change_cohort, chosen.cohort, held, None)
    mette, mads, per = (town.people[name] for name in ("Mette", "Mads", "Per"))
    about: dict[str, Any] = {"participation_id": ids["Participation"], "person_id": mette}
    session = Session(
        id=new_id(),
        cohort_id=chosen.cohort,
        module=2,
        title="At give feedback",
        learning_form=LearningForm.WORKSHOP,
        starts_at=now - timedelta(hours=2),
        ends_at=now,
        facilitator_id=per,
    )
    project = Project(
        id=new_id(),
        cohort_id=chosen.cohort,
        after_module=1,
        feeds_module=2,
        title="Led et møde",
        assignment="Led et møde.",
        due_on=DAY,
    )
    attendance = Attendance(id=new_id(), session_id=session.id, presence=Presence.PRESENT, **about)
    hand_in = HandIn(
        id=new_id(), project_id=project.id, work="Et møde", reflection="Mere ro", handed_in_at=now, **about
    )
    element = Element(
        id=new_id(),
        title="Et kursus",
        learning_form=LearningForm.FORMAL_EDUCATION,
        proposed_by=TrackParty.TALENT,
        **about,
    )
    step = NextStep(id=new_id(), kind=StepKind.CAREER_TALK, owner_id=mads, due_on=DAY, **about)
    certificate = Certificate(
        id=new_id(),
        programme_id=ids["Programme"],
        name="På vej",
        credential="a.b.c",
        issued_at=now,
        status_index=1,
        **about,
    )
    calendar = Calendar(id=new_id(), person_id=mette, secret_digest=digest("secret"))
    evaluation = Evaluation(id=new_id(), programme_id=ids["Programme"], questions=shipped_questions("da"), due_on=DAY)
    asked = {Audience.PARTICIPANT: mette, Audience.MANAGER: mads, Audience.FACILITATOR: per}
    responses = [
        EvaluationResponse(id=new_id(), evaluation_id=evaluation.id, respondent_id=person, audience=audience)
        for audience, person in asked.items()
    ]

    async def add(uow: UnitOfWork) -> UUID:
        await uow.sessions.add(session, "planned")
        await uow.attendances.add(attendance, "recorded")
        await uow.projects.add(project, "set")
        await uow.hand_ins.add(hand_in, "handed_in")
        await uow.elements.add(element, "proposed")
        await uow.next_steps.add(step, "planned")
        await uow.certificates.add(certificate, "issued")
        await uow.calendars.add(calendar, "subscribed")
        await uow.evaluations.add(evaluation, "opened")
        for one in responses:
            await uow.evaluation_responses.add(one, "asked")
        return session.id

    await town.run(add)
    made = (session, attendance, project, hand_in, element, step, certificate, calendar, evaluation, responses[0])
    return {type(one).__name__: one.id for one in made}
