"""Placements, reviews and responses come back from Postgres as they went in, every field set."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from service.domain.candidacies.answering import AcceptOffer, accept
from service.domain.errors import Conflict
from service.domain.ids import new_id
from service.domain.placements.model import EndedBy, Party, Placement, PlacementKind, PlacementState, Signature
from service.domain.reviews.model import (
    Answer,
    Question,
    Relation,
    Review,
    ReviewKind,
    ReviewResponse,
    ReviewState,
)
from service.domain.unit_of_work import UnitOfWork
from tests.municipality import Municipality
from tests.selection import selection

NOW = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)


async def _restored(town: Municipality, repository: str, aggregate: Any) -> Any:
    assert all(getattr(aggregate, one.name) is not None for one in fields(aggregate))

    async def add(uow: UnitOfWork) -> UUID:
        return (await getattr(uow, repository).add(aggregate, "proposed")).id

    async def get(uow: UnitOfWork) -> Any:
        return (await getattr(uow, repository).get(aggregate.id)).it

    await town.run(add)
    return await town.rooms.transactions.run(town.hr, get)


async def test_what_is_stored_comes_back_as_it_was(town: Municipality) -> None:
    chosen = await selection(town)
    candidacy = await chosen.offered("Mette", "Mads")
    await town.run(accept, candidacy, AcceptOffer(), None, actor=town.actor("Mette"))
    read = await chosen.hr.get(f"/v1/candidacies/{candidacy}", params={"expand": "participation"})
    participation = UUID(read.json()["participation"]["id"])
    mette, host = town.people["Mette"], await town.unit("Plejehjemmet")
    supervisor = await town.person("Vibeke")

    before = Placement(
        id=new_id(),
        kind=PlacementKind.PROJECT,
        person_id=mette,
        home_unit_id=host,
        host_unit_id=host,
        start_on=date(2026, 1, 1),
        end_on=date(2026, 2, 1),
    )

    async def add(uow: UnitOfWork) -> UUID:
        return (await uow.placements.add(before, "proposed")).id

    await town.run(add)
    placement = Placement(
        id=new_id(),
        kind=PlacementKind.SECONDMENT,
        person_id=mette,
        host_unit_id=host,
        start_on=date(2026, 9, 1),
        end_on=date(2026, 12, 1),
        state=PlacementState.ENDED_EARLY,
        home_unit_id=await town.unit("Skolen"),
        host_supervisor_id=supervisor,
        position_id=await town.position(host),
        participation_id=participation,
        extends_id=before.id,
        load_percent=80,
        objectives="At lede",
        learning_agreement="Ugentlig sparring",
        home_salary_share=25,
        signatures=(Signature(party=Party.TALENT, signed_by=mette, signed_at=NOW),),
        ended_on=date(2026, 10, 1),
        ended_by=EndedBy.HOST_MANAGER,
        end_reason="Sparerunde",
        version=1,
    )
    assert await _restored(town, "placements", placement) == placement
    review = Review(
        id=new_id(),
        kind=ReviewKind.DEVELOPMENT_TALK,
        held_on=date(2026, 9, 30),
        wish=True,
        flair=False,
        person_id=mette,
        questions=(Question(key="leading", text="Hvordan føles det at lede?"),),
        opens_on=date(2026, 10, 1),
        due_on=date(2026, 10, 15),
        state=ReviewState.SHARED,
        placement_id=placement.id,
        participation_id=participation,
        shared_at=NOW,
        version=1,
    )
    assert await _restored(town, "reviews", review) == review
    response = ReviewResponse(
        id=new_id(),
        review_id=review.id,
        person_id=mette,
        respondent_id=supervisor,
        relation=Relation.HOST,
        answers=(Answer(key="leading", text="Hun lytter"),),
        submitted_at=NOW,
        version=1,
    )
    assert await _restored(town, "review_responses", response) == response

    related = await chosen.hr.get(f"/v1/participations/{participation}", params={"expand": "placements,reviews"})
    assert [one["id"] for one in related.json()["placements"]] == [str(placement.id)]
    assert [one["id"] for one in related.json()["reviews"]] == [str(review.id)]
    terms = {
        "kind": "project",
        "personId": str(supervisor),
        "homeUnitId": str(host),
        "hostUnitId": str(host),
        "participationId": str(participation),
        "startOn": "2026-09-01",
        "endOn": "2026-12-01",
    }
    refused = await chosen.hr.post("/v1/placements", json=terms)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_their_participation")


async def test_a_respondent_is_asked_once_whoever_asks(town: Municipality) -> None:
    """The table holds the rule too, for what comes around the use case."""
    mette, karl = await town.person("Mette"), await town.person("Karl")
    review = Review(
        id=new_id(),
        kind=ReviewKind.PEER_FEEDBACK,
        person_id=mette,
        questions=(Question(key="a", text="?"),),
        opens_on=date(2026, 10, 1),
        due_on=date(2026, 10, 15),
    )
    asked = ReviewResponse(
        id=new_id(), review_id=review.id, person_id=mette, respondent_id=karl, relation=Relation.PEER
    )

    async def twice(uow: UnitOfWork) -> None:
        await uow.reviews.add(review, "planned")
        await uow.review_responses.add(asked, "asked")
        await uow.review_responses.add(replace(asked, id=new_id()), "asked")

    with pytest.raises(Conflict, match="respondent_twice"):
        await town.rooms.transactions.run(town.hr, twice)
