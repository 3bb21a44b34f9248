"""Ways in for oneself: applying, also out of a development talk or a tip, and taking it back."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.candidacies.calling import draft_of, lock_open_call, refuse_outsider
from service.domain.candidacies.model import WayIn
from service.domain.candidacies.states import CALL_OPEN, CANDIDACY, IN_TARGET_GROUP, CandidacyState
from service.domain.candidacies.waitlist import offer_freed_place
from service.domain.errors import Conflict, Forbidden, Invalid
from service.domain.nominations.answering import refuse_pending
from service.domain.reviews.talks import refuse_other_talk
from service.domain.talents.commands import see_as_talent
from service.domain.talents.model import Origin
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Motivation = Annotated[str, Len(1, 5000), Doc("Why the person wants it; read by those who assess and decide.")]


def statement_due(uow: "UnitOfWork") -> date:
    """How long assessing waits for the statement of a candidacy that is submitted today."""
    return uow.today + timedelta(days=uow.settings.statement_days)


@dataclass(frozen=True, kw_only=True)
class Apply:
    """An application for oneself; a draft is one's own until it is submitted."""

    cohort_id: UUID
    motivation: Motivation | None = None
    submit: Annotated[bool, Doc("`false` keeps it as a draft.")] = True
    talk_id: Annotated[UUID | None, Doc("The development talk about oneself that it comes out of (F3).")] = None
    tip_id: Annotated[UUID | None, Doc("The tip about oneself that it comes out of, once one was told of it.")] = None


async def apply(command: Apply, uow: "UnitOfWork") -> UUID:
    """Apply for a place in a cohort while its call is open. All employees of its target group can (F1)."""
    me = uow.actor.person
    if me is None:
        raise Forbidden("not_allowed", "An application is made by an employee for oneself.")
    cohort = await lock_open_call(command.cohort_id, uow)
    refuse_outsider((await uow.persons.get(me)).it, uow)
    if IN_TARGET_GROUP.name not in cohort.facts:
        raise Conflict(IN_TARGET_GROUP.code, IN_TARGET_GROUP.detail, pointer="/cohortId")
    if await uow.candidacies.of(me, command.cohort_id):
        raise Conflict("candidacy_exists", "You have a candidacy for this cohort: submit it.")
    ways = await _ways(command, me, uow)
    draft = replace(await draft_of(me, command.cohort_id, uow), ways=ways, motivation=command.motivation)
    if not command.submit:
        await uow.candidacies.add(draft, "drafted")
        return draft.id
    sent = draft.submitted(ways, None, uow.now, statement_due(uow))
    await uow.candidacies.add(sent, "submitted")
    for way in ways:
        await see_as_talent(me, Origin(way), uow)
    return sent.id


async def _ways(command: Apply, me: UUID, uow: "UnitOfWork") -> tuple[WayIn, ...]:
    """Where it comes from. Raises NotFound, Invalid (`talk_elsewhere`, `tip_elsewhere`)."""
    ways: list[WayIn] = []
    if command.talk_id is not None:
        await refuse_other_talk(command.talk_id, uow, about=me)
        ways.append(WayIn.DEVELOPMENT_TALK)
    if command.tip_id is not None:
        if (await uow.tips.get(command.tip_id)).it.person_id != me:
            raise Invalid("tip_elsewhere", "The tip is about somebody else.", pointer="/tipId")
        ways.append(WayIn.TIP)
    return (*ways, WayIn.APPLICATION)


@dataclass(frozen=True, kw_only=True)
class ChangeCandidacy:
    """A new motivation."""

    motivation: Motivation | Unset | None = UNSET


async def change(identity: UUID, command: ChangeCandidacy, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Rewrite one's draft."""
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("change", found.facts, found.it.state)
    await uow.candidacies.save(replace(found.it, **changed(command)), "changed")
    return identity


@dataclass(frozen=True, kw_only=True)
class SubmitCandidacy:
    """A last word on the motivation, if any."""

    motivation: Motivation | None = None


async def submit(identity: UUID, command: SubmitCandidacy, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Send in a draft, or once more what was withdrawn, while the call is open."""
    found = await uow.candidacies.get(identity, expected_version)
    try:
        CANDIDACY.permit("submit", found.facts, found.it.state)
    except Conflict as refusal:
        if refusal.code == CALL_OPEN.code:
            await lock_open_call(found.it.cohort_id, uow)  # it names the deadline
        raise
    await uow.persons.get(found.it.person_id)
    sent = found.it.submitted((WayIn.APPLICATION,), command.motivation, uow.now, statement_due(uow))
    saved = await uow.candidacies.save(sent, "submitted")
    for way in saved.ways:
        await see_as_talent(saved.person_id, Origin(way), uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class WithdrawCandidacy:
    """Nothing to say: no reason is asked for."""


async def withdraw(identity: UUID, command: WithdrawCandidacy, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Take a candidacy back at any point before acceptance, without a reason (A3).

    What nobody needs any more is deleted: motivation, rationales, statement, assessments, the reason of an answer.
    Nominations that wait are refused by it. A place that was offered goes to the first on the waitlist.
    """
    del command
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("withdraw", found.facts, found.it.state)
    await uow.candidacies.save(found.it.withdrawn(), "withdrawn")
    for one in await uow.assessments.of(identity):
        await uow.assessments.remove(one, "removed")
    await refuse_pending(found.it.person_id, found.it.cohort_id, uow)
    if found.it.state is CandidacyState.OFFERED:
        await offer_freed_place(found.it.cohort_id, uow)
    return identity
