"""Talents, candidacies, what hangs on them, tips and relations come back from Postgres as they went in."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from service.domain.assessments.model import Assessment, Calibration, Score
from service.domain.candidacies.model import Candidacy, Statement, WayIn
from service.domain.candidacies.states import CandidacyState
from service.domain.ids import new_id
from service.domain.nominations.model import Nomination, NominationState
from service.domain.participations.model import Outcome, Participation, ParticipationState
from service.domain.reconsiderations.model import Reconsideration
from service.domain.relations.model import relation
from service.domain.talents.model import Mobility, Origin, Talent
from service.domain.tips.model import Tip, TipState
from service.domain.unit_of_work import UnitOfWork
from tests.municipality import Municipality
from tests.selection import selection

THEN = datetime(2026, 9, 20, 8, 30, tzinfo=UTC)


async def _restored(town: Municipality, repository: str, aggregate: Any) -> Any:
    assert all(getattr(aggregate, one.name) is not None for one in fields(aggregate))

    async def add(uow: UnitOfWork) -> UUID:
        return (await getattr(uow, repository).add(aggregate, "defined")).id

    async def get(uow: UnitOfWork) -> Any:
        return (await getattr(uow, repository).get(aggregate.id)).it

    await town.run(add)
    return await town.rooms.transactions.run(town.hr, get)


async def test_what_is_stored_comes_back_as_it_was(town: Municipality) -> None:
    chosen = await selection(town)
    mette, mads, anna = (town.people[name] for name in ("Mette", "Mads", "Anna"))
    talent = Talent(
        id=new_id(),
        person_id=mette,
        origins=(Origin.APPLICATION, Origin.TIP),
        since=date(2026, 9, 7),
        interests=("økonomi",),
        mobility=Mobility.OWN_ADMINISTRATION,
        ended_on=date(2026, 9, 8),
        version=1,
    )
    candidacy = Candidacy(
        id=new_id(),
        person_id=mette,
        cohort_id=chosen.cohort,
        state=CandidacyState.WAITLISTED,
        ways=(WayIn.NOMINATION, WayIn.DEVELOPMENT_TALK),
        administration_id=chosen.health,
        motivation="Jeg vil lede.",
        statement_requested_at=THEN,
        statement_reminded_at=THEN,
        statement=Statement(supports=False, reason="Travlt.", by_id=mads, given_on=date(2026, 9, 10)),
        statement_due_on=date(2026, 9, 21),
        submitted_at=THEN,
        assessed_at=THEN,
        score=Decimal("3.50"),
        offered_at=THEN,
        answer_by=THEN,
        decided_at=THEN,
        decided_by_id=anna,
        reason="Næste.",
        feedback="Prøv en opgave på tværs.",
        reconsider_by=date(2026, 10, 5),
        rank=3,
        version=1,
    )
    assessment = Assessment(
        id=new_id(),
        candidacy_id=candidacy.id,
        person_id=mette,
        assessor_id=anna,
        scores=(Score(competence_id=new_id(), score=4, reason="Overblik."),),
        mean=Decimal("4.00"),
        submitted_at=THEN,
        calibrations=(
            Calibration(
                note="Læst igen.",
                made_at=THEN,
                replaced=(Score(competence_id=new_id(), score=2, reason="Usikkert."),),
            ),
        ),
        version=1,
    )
    participation = Participation(
        id=new_id(),
        candidacy_id=candidacy.id,
        person_id=mette,
        cohort_id=chosen.cohort,
        state=ParticipationState.WITHDRAWN,
        deferred_from_id=chosen.cohort,
        leave_reason="Blev far.",
        completed_on=date(2026, 11, 30),
        completion_reason="Var syg til sidst.",
        outcome=Outcome.STAYS_IN_ROLE,
        outcome_on=date(2026, 12, 1),
        version=1,
    )
    assert await _restored(town, "talents", talent) == talent
    assert await _restored(town, "candidacies", candidacy) == candidacy
    nomination = Nomination(
        id=new_id(),
        person_id=mette,
        cohort_id=chosen.cohort,
        nominator_id=mads,
        state=NominationState.ACCEPTED,
        rationale="Får andre til at lykkes.",
        from_talk=True,
        candidacy_id=candidacy.id,
        answered_at=THEN,
        version=1,
    )
    reconsideration = Reconsideration(
        id=new_id(),
        candidacy_id=candidacy.id,
        person_id=mette,
        cohort_id=chosen.cohort,
        grounds="Se på punkt to igen.",
        due_on=date(2026, 10, 1),
        succeeds=False,
        answer="Vurderingen holder.",
        answered_by_id=anna,
        answered_at=THEN,
        version=1,
    )
    tip = Tip(
        id=new_id(),
        person_id=mette,
        tipster_id=anna,
        reason="Samler folk.",
        state=TipState.TOLD,
        lapses_on=date(2026, 10, 7),
        told_on=date(2026, 9, 9),
        version=1,
    )
    declared = replace(relation(new_id(), anna, mette, mette), ended_on=date(2026, 9, 9), version=1)
    assert await _restored(town, "nominations", nomination) == nomination
    assert await _restored(town, "reconsiderations", reconsideration) == reconsideration
    assert await _restored(town, "tips", tip) == tip
    assert await _restored(town, "declared_relations", declared) == declared
    assert await _restored(town, "assessments", assessment) == assessment
    assert await _restored(town, "participations", participation) == participation
