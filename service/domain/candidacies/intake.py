"""Ways in: applying, nominating, answering a nomination, the manager's statement, and taking it back."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from annotated_types import Len
from typing_extensions import Doc

from service.domain.candidacies.concluding import conclude
from service.domain.candidacies.model import Candidacy, Statement, WayIn
from service.domain.candidacies.states import CALL_OPEN, CANDIDACY, CandidacyState
from service.domain.candidacies.waitlist import offer_freed_place
from service.domain.cohorts.model import Cohort
from service.domain.errors import Conflict, Forbidden
from service.domain.ids import new_id
from service.domain.talents.commands import see_as_talent
from service.domain.talents.model import Origin
from service.domain.unset import UNSET, Unset
from service.domain.unset import changes as changed

if TYPE_CHECKING:
    from service.domain.unit_of_work import UnitOfWork

Motivation = Annotated[str, Len(1, 5000), Doc("Why the person wants it; read by those who assess and decide.")]


async def _lock_open_call(cohort: UUID, uow: "UnitOfWork") -> Cohort:
    """Lock the cohort while its call is open. Raises Conflict (`call_closed`) with the deadline, local time."""
    found = await uow.cohorts.get(cohort)
    if CALL_OPEN.name in found.facts:
        return found.it
    until = found.it.apply_by.astimezone(uow.zone)
    if until <= uow.now:
        detail = f"Applications were taken until {until:%Y-%m-%d %H:%M} ({uow.zone.key})."
        raise Conflict(CALL_OPEN.code, detail, pointer="/cohortId")
    raise Conflict(CALL_OPEN.code, "The programme does not take applications now.", pointer="/cohortId")


async def _refuse_outside_target_group(person: UUID, cohort: Cohort, uow: "UnitOfWork") -> None:
    """A call is read by more than it is for, such as managers who may nominate. Raises Conflict."""
    if not await uow.programmes.targets(cohort.programme_id, person):
        raise Conflict("not_in_target_group", "The call is for another group of employees.", pointer="/cohortId")


@dataclass(frozen=True, kw_only=True)
class Apply:
    """An application for oneself; a draft is one's own until it is submitted."""

    cohort_id: UUID
    motivation: Motivation | None = None
    submit: Annotated[bool, Doc("`false` keeps it as a draft.")] = True


async def apply(command: Apply, uow: "UnitOfWork") -> UUID:
    """Apply for a place in a cohort while its call is open. All employees of its target group can (F1)."""
    me = uow.actor.person
    if me is None:
        raise Forbidden("not_allowed", "An application is made by an employee for oneself.")
    cohort = await _lock_open_call(command.cohort_id, uow)
    await _refuse_outside_target_group(me, cohort, uow)
    if await uow.candidacies.of(me, command.cohort_id):
        raise Conflict("candidacy_exists", "You have a candidacy for this cohort: submit it, or answer the nomination.")
    draft = Candidacy(
        id=new_id(),
        person_id=me,
        cohort_id=command.cohort_id,
        ways=(WayIn.APPLICATION,),
        administration_id=await uow.candidacies.administration_of(me),
        motivation=command.motivation,
    )
    if not command.submit:
        await uow.candidacies.add(draft, "drafted")
        return draft.id
    sent = draft.submitted(WayIn.APPLICATION, None, uow.now, uow.today)
    await uow.candidacies.add(sent, "submitted")
    await see_as_talent(me, Origin.APPLICATION, uow)
    return sent.id


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
    CANDIDACY.permit("submit", found.facts, found.it.state)
    await uow.persons.get(found.it.person_id)
    sent = found.it.submitted(WayIn.APPLICATION, command.motivation, uow.now, uow.today)
    saved = await uow.candidacies.save(sent, "submitted")
    await see_as_talent(saved.person_id, Origin.APPLICATION, uow)
    await conclude(saved, uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class Nominate:
    """Who should be in the cohort, and why. The nominee reads the rationale and answers."""

    cohort_id: UUID
    person_id: UUID
    rationale: Annotated[str, Len(1, 5000)]


async def nominate(command: Nominate, uow: "UnitOfWork") -> UUID:
    """Nominate somebody as their nearest manager (F2).

    Nothing else happens before the nominee has answered. Somebody who is a candidate already stays one
    candidate: the nomination is added.
    """
    cohort = await _lock_open_call(command.cohort_id, uow)
    person = await uow.persons.get(command.person_id)
    if "nearestManager" not in person.facts or uow.actor.person is None:
        raise Forbidden("not_allowed", "A nomination is made by the nearest manager.")
    await _refuse_outside_target_group(command.person_id, cohort, uow)
    found = await uow.candidacies.of(command.person_id, command.cohort_id)
    if found is not None:
        await uow.candidacies.save(found.nominated(uow.actor.person, command.rationale), "nominated")
        return found.id
    draft = Candidacy(
        id=new_id(),
        person_id=command.person_id,
        cohort_id=command.cohort_id,
        administration_id=await uow.candidacies.administration_of(command.person_id),
    )
    await uow.candidacies.add(draft.nominated(uow.actor.person, command.rationale), "nominated")
    return draft.id


@dataclass(frozen=True, kw_only=True)
class AcceptNomination:
    """The nominee's own words, if they wish."""

    motivation: Motivation | None = None


async def accept_nomination(
    identity: UUID, command: AcceptNomination, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Accept a nomination: it is a submitted candidacy from now on, and the nominee a talent."""
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("acceptNomination", found.facts, found.it.state)
    await uow.persons.get(found.it.person_id)
    accepted = found.it.accepting_nomination(command.motivation, uow.now, uow.today)
    await uow.candidacies.save(accepted, "nomination_accepted")
    await see_as_talent(accepted.person_id, Origin.NOMINATION, uow)
    return identity


@dataclass(frozen=True, kw_only=True)
class RefuseNomination:
    """Nothing to say: no reason is asked for."""


async def refuse_nomination(
    identity: UUID, command: RefuseNomination, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Refuse a nomination; its rationale is deleted. An application of one's own stays."""
    del command
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("refuseNomination", found.facts, found.it.state)
    await uow.candidacies.save(found.it.refusing_nomination(), "nomination_refused")
    return identity


@dataclass(frozen=True, kw_only=True)
class GiveStatement:
    """The nearest manager supports it or does not, and why."""

    supports: Annotated[bool, Doc("The manager supports the candidacy.")]
    reason: Annotated[str, Len(1, 5000), Doc("The candidate and the assessors read it.")]


async def give_statement(
    identity: UUID, command: GiveStatement, expected_version: int | None, uow: "UnitOfWork"
) -> UUID:
    """Give the manager's statement. It is a record, not a veto; a missing one counts against nobody (F2)."""
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("giveStatement", found.facts, found.it.state)
    if uow.actor.person is None:
        raise Forbidden("not_allowed", "A statement is a person's.")
    statement = Statement(supports=command.supports, reason=command.reason, by_id=uow.actor.person, given_on=uow.today)
    await uow.candidacies.save(replace(found.it, statement=statement), "statement_given")
    return identity


@dataclass(frozen=True, kw_only=True)
class WithdrawCandidacy:
    """Nothing to say: no reason is asked for."""


async def withdraw(identity: UUID, command: WithdrawCandidacy, expected_version: int | None, uow: "UnitOfWork") -> UUID:
    """Take a candidacy back at any point before acceptance, without a reason (A3).

    A place that was offered goes to the first on the waitlist.
    """
    del command
    found = await uow.candidacies.get(identity, expected_version)
    CANDIDACY.permit("withdraw", found.facts, found.it.state)
    await uow.candidacies.save(found.it.withdrawn(), "withdrawn")
    if found.it.state is CandidacyState.OFFERED:
        await offer_freed_place(found.it.cohort_id, uow)
    return identity
