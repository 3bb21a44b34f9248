"""What a cohort's life leaves comes back from Postgres as it went in, every field set."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from service.domain.calendars.model import Calendar, digest
from service.domain.certificates.model import Certificate
from service.domain.elements.model import Agreement, Element, ElementState, TrackParty
from service.domain.evaluations.model import (
    AnswerKind,
    Audience,
    Evaluation,
    EvaluationAnswer,
    EvaluationQuestion,
    EvaluationResponse,
    EvaluationResult,
    EvaluationState,
)
from service.domain.ids import new_id
from service.domain.learning import LearningForm
from service.domain.next_steps.model import NextStep, StepKind, StepState
from service.domain.projects.model import HandIn, Project, ProjectState
from service.domain.sessions.model import Attendance, Presence, Session, SessionState
from service.domain.unit_of_work import UnitOfWork
from tests.clock import MovableClock
from tests.cohort_life import cohort_life
from tests.municipality import Municipality

THEN, DAY = datetime(2027, 3, 1, 8, 30, tzinfo=UTC), date(2027, 3, 1)
EITHER_OR = {"facilitator_id", "external_facilitator"}
"""Of these a session has one."""


async def _restored(town: Municipality, repository: str, aggregate: Any, *, actor: UUID | None = None) -> Any:
    assert all(getattr(aggregate, one.name) is not None for one in fields(aggregate) if one.name not in EITHER_OR)

    async def add(uow: UnitOfWork) -> UUID:
        return (await getattr(uow, repository).add(aggregate, "defined")).id

    async def get(uow: UnitOfWork) -> Any:
        return (await getattr(uow, repository).get(aggregate.id)).it

    await town.run(add)
    return await town.rooms.transactions.run(town.actor(actor) if actor else town.hr, get)


async def test_what_is_stored_comes_back_as_it_was(town: Municipality, clock: MovableClock) -> None:
    life = await cohort_life(town, clock)
    mette, mads, per = (town.people[name] for name in ("Mette", "Mads", "Per"))
    programme = UUID((await life.read(f"cohorts/{life.cohort}"))["programmeId"])
    about: dict[str, Any] = {"participation_id": life.mette, "person_id": mette}
    form = LearningForm.SIMULATION
    session = Session(
        id=new_id(),
        cohort_id=life.cohort,
        module=2,
        title="At give feedback",
        learning_form=form,
        starts_at=THEN,
        ends_at=THEN + timedelta(hours=6),
        place="Rådhuset",
        facilitator_id=per,
        state=SessionState.CANCELLED,
        sequence=7,
        version=1,
    )
    outside = replace(session, id=new_id(), facilitator_id=None, external_facilitator="En konsulent")
    for one in (session, outside):
        assert await _restored(town, "sessions", one) == one
    attendance = Attendance(
        id=new_id(), session_id=session.id, presence=Presence.EXCUSED, recorded_by_id=per, version=1, **about
    )
    project = Project(
        id=new_id(),
        cohort_id=life.cohort,
        after_module=1,
        feeds_module=3,
        title="Led et møde",
        assignment="Led et møde.",
        due_on=DAY,
        state=ProjectState.DROPPED,
        version=1,
    )
    hand_in = HandIn(
        id=new_id(), project_id=project.id, work="Møder", reflection="Ro", handed_in_at=THEN, version=1, **about
    )
    element = Element(
        id=new_id(),
        title="Et kursus",
        learning_form=form,
        proposed_by=TrackParty.MANAGER,
        purpose="At kunne økonomi",
        starts_on=DAY,
        ends_on=DAY + timedelta(days=1),
        agreements=(Agreement(party=TrackParty.MANAGER, agreed_by=mads, agreed_at=THEN),),
        state=ElementState.DONE,
        done_on=DAY,
        version=1,
        **about,
    )
    step = NextStep(
        id=new_id(),
        kind=StepKind.CONTACT,
        owner_id=mads,
        due_on=DAY,
        description="En samtale",
        until=DAY,
        state=StepState.DONE,
        done_on=DAY,
        version=1,
        **about,
    )
    certificate = Certificate(
        id=new_id(),
        programme_id=programme,
        name="På vej",
        credential="a.b.c",
        issued_at=THEN,
        status_index=131_073,
        revoked_at=THEN,
        revoke_reason="Forveksling",
        version=1,
        **about,
    )
    calendar = Calendar(
        id=new_id(),
        person_id=mette,
        cohort_id=life.cohort,
        for_hr=True,
        secret_digest=digest("secret"),
        revoked_at=THEN,
        version=1,
    )
    result = EvaluationResult(
        key="worth", audience=Audience.MANAGER, suppressed=False, answers=5, mean=3.67, texts=("Mere tid",)
    )
    hidden = EvaluationResult(
        key="worth", audience=Audience.FACILITATOR, suppressed=True, answers=None, mean=None, texts=None
    )
    question = EvaluationQuestion(key="worth", audience=Audience.MANAGER, kind=AnswerKind.RATING, text="Udbytte?")
    evaluation = Evaluation(
        id=new_id(),
        programme_id=programme,
        questions=(question,),
        due_on=DAY,
        state=EvaluationState.CLOSED,
        results=(result, hidden),
        closed_on=DAY,
        version=1,
    )
    response = EvaluationResponse(
        id=new_id(),
        evaluation_id=evaluation.id,
        respondent_id=mette,
        audience=Audience.PARTICIPANT,
        answers=(EvaluationAnswer(key="worth", rating=4), EvaluationAnswer(key="change", text="Mere tid")),
        submitted_at=THEN,
        version=1,
    )
    stored = {
        "attendances": attendance,
        "projects": project,
        "hand_ins": hand_in,
        "elements": element,
        "next_steps": step,
        "certificates": certificate,
        "calendars": calendar,
        "evaluations": evaluation,
    }
    for repository, aggregate in stored.items():
        assert await _restored(town, repository, aggregate) == aggregate, repository
    assert await _restored(town, "evaluation_responses", response, actor=mette) == response
