"""What can be done to nominations."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.candidacies.calling import draft_of, lock_open_call, refuse_outsider
from service.domain.candidacies.intake import Motivation, statement_due
from service.domain.candidacies.model import WayIn
from service.domain.candidacies.states import CALL_OPEN, IN_TARGET_GROUP, OPEN_TO_WAYS
from service.domain.errors import Conflict, Forbidden
from service.domain.ids import new_id
from service.domain.nominations.answering import lapse_unanswered
from service.domain.nominations.model import NOMINATION, STILL_OPEN, Nomination
from service.domain.nominations.views import NominationView
from service.domain.operations import acts, creates
from service.domain.reviews.talks import refuse_other_talk
from service.domain.talents.commands import see_as_talent
from service.domain.talents.model import Origin

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Nominate:
    """Who should be in the cohort, and why. The nominee reads the rationale and answers."""

    cohort_id: UUID
    person_id: UUID
    rationale: Annotated[str, Len(1, 5000), Doc("The nominee reads it; others once it is accepted.")]
    talk_id: Annotated[
        UUID | None, Doc("The development talk with the person, or with oneself as a leader, that it comes out of.")
    ] = None


async def nominate(command: Nominate, uow: "UnitOfWork") -> UUID:
    """Nominate somebody as their nearest manager (F2, W3). The nominee is told, and accepts or refuses.

    Several nominations of one person become one candidacy that names all who nominated.
    """
    cohort = await lock_open_call(command.cohort_id, uow)
    person = await uow.persons.get(command.person_id)
    me = uow.actor.person
    if "nearestManager" not in person.facts or me is None:
        raise Forbidden("not_allowed", "A nomination is made by the nearest manager.")
    refuse_outsider(person.it, uow)
    if not await uow.programmes.targets(cohort.it.programme_id, command.person_id):
        raise Conflict(IN_TARGET_GROUP.code, IN_TARGET_GROUP.detail, pointer="/personId")
    candidacy = await uow.candidacies.of(command.person_id, command.cohort_id)
    if candidacy is not None and candidacy.state not in OPEN_TO_WAYS:
        raise Conflict(STILL_OPEN.code, f"The person's candidacy is {candidacy.state} already.")
    if command.talk_id is not None:
        await refuse_other_talk(command.talk_id, uow, about=command.person_id, with_leader=me)
    nomination = Nomination(
        id=new_id(),
        person_id=command.person_id,
        cohort_id=command.cohort_id,
        nominator_id=me,
        rationale=command.rationale,
        from_talk=command.talk_id is not None,
    )
    await uow.nominations.add(nomination, "made")
    return nomination.id


@dataclass(frozen=True, kw_only=True)
class AcceptNomination:
    """The nominee's own words, if they wish."""

    motivation: Motivation | None = None


async def accept(identity: UUID, command: AcceptNomination, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Accept a nomination: it is a submitted candidacy from now on, or a part of one, and the nominee a talent."""
    found = await uow.nominations.get(identity, expected_version)
    try:
        NOMINATION.permit("accept", found.facts, found.it.state)
    except Conflict as refusal:
        if refusal.code == CALL_OPEN.code:
            await lock_open_call(found.it.cohort_id, uow)  # it names the deadline
        raise
    person, cohort = found.it.person_id, found.it.cohort_id
    await uow.persons.get(person)
    ways = (WayIn.DEVELOPMENT_TALK, WayIn.NOMINATION) if found.it.from_talk else (WayIn.NOMINATION,)
    before = await uow.candidacies.of(person, cohort)
    draft = before or await draft_of(person, cohort, uow)
    sent = draft.submitted(ways, command.motivation, uow.now, statement_due(uow))
    if before:
        await uow.candidacies.save(sent, "submitted")
    else:
        await uow.candidacies.add(sent, "submitted")
    await uow.nominations.save(found.it.accepted(sent.id, uow.now), "accepted")
    for way in ways:
        await see_as_talent(person, Origin(way), uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class RefuseNomination:
    """Nothing to say: no reason is asked for."""


async def refuse(identity: UUID, command: RefuseNomination, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Refuse a nomination; its rationale is deleted. An application of one's own stays."""
    del command
    found = await uow.nominations.get(identity, expected_version)
    NOMINATION.permit("refuse", found.facts, found.it.state)
    await uow.nominations.save(found.it.refused(uow.now), "refused")
    return identity


OPERATIONS = (
    creates(NominationView, nominate, "nominate"),
    acts(NominationView, accept, "acceptNomination"),
    acts(NominationView, refuse, "refuseNomination"),
)

DUTIES = (lapse_unanswered,)
