"""The deletion of what is known through candidacies: rows, their events, who read them, what repeats them."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Table

from service.domain.candidacies.states import NOT_ADMITTED, CandidacyState
from service.domain.events.model import Event
from service.domain.ids import new_id
from service.domain.nominations.model import NominationState
from service.domain.programmes.model import OVER
from service.repo.candidacies import CandidacyRow
from service.repo.participations import ParticipationRow
from service.repo.reports.candidates import CANDIDATES, listed
from service.repo.store import Session
from service.repo.tables import table

_ENDED = f"""
CASE WHEN d.state IN ({listed(NOT_ADMITTED)}) THEN greatest(
          d.updated_at, (SELECT r.answered_at FROM reconsideration r WHERE r.candidacy_id = d.id))
     WHEN d.state = '{CandidacyState.ACCEPTED}' THEN NULL
     WHEN p.state IN ({listed(OVER)}) THEN greatest(d.updated_at, p.updated_at)
     WHEN d.state = '{CandidacyState.DRAFT}' THEN greatest(d.updated_at, c.apply_by) END
"""  # noqa: S608  -- words of the domain
"""When a candidacy came to nothing: by the last answer, or because nobody will give it one any more."""

_OPEN_STILL = f"""
(d.reconsider_by >= ($1::timestamptz AT TIME ZONE (SELECT time_zone FROM organisation))::date
 OR EXISTS (SELECT FROM reconsideration r WHERE r.candidacy_id = d.id AND r.answered_at IS NULL)
 OR EXISTS (SELECT FROM nomination n WHERE n.person_id = d.person_id AND n.cohort_id = d.cohort_id
                                       AND n.state = '{NominationState.PENDING}'))
"""  # noqa: S608  -- words of the domain
"""Whether the candidate may still ask for a reconsideration, waits for its answer, or is asked by a manager anew."""

_KEPT_UNTIL = "$1::timestamptz - make_interval(months => (SELECT retention_months FROM organisation))"

RETAINED = f"""
candidacy d JOIN cohort c ON c.id = d.cohort_id JOIN programme p ON p.id = c.programme_id
WHERE d.updated_at < {_KEPT_UNTIL} AND {_ENDED} < {_KEPT_UNTIL} AND {_OPEN_STILL} IS NOT TRUE
"""
"""Candidacies whose retention period is over at the moment $1; `d`, and its cohort `c`."""

NEVER_ACCEPTED = f"""
nomination n JOIN cohort c ON c.id = n.cohort_id
WHERE n.state IN ({listed((NominationState.REFUSED, NominationState.LAPSED))}) AND n.updated_at < {_KEPT_UNTIL}
  AND NOT EXISTS (SELECT FROM candidacy d WHERE d.person_id = n.person_id AND d.cohort_id = n.cohort_id)
"""
"""Nominations that never came to a candidacy and whose time is over at the moment $1; the others go with theirs."""

_TRACE = f"""
INSERT INTO former_candidacy (organisation_id, id, programme_id, administration_id, gender, age_band, way, reached)
SELECT $1, gen_random_uuid(), k.programme_id, k.administration_id, k.gender, k.age_band, k.way, k.reached
FROM ({CANDIDATES}) k WHERE k.id = ANY ($2::uuid[]) ORDER BY random()
"""  # noqa: S608

_NOMINATIONS = """
SELECT n.id FROM nomination n JOIN candidacy d ON d.person_id = n.person_id AND d.cohort_id = n.cohort_id
WHERE d.id = ANY ($1::uuid[])
"""
_TOLD = """
SELECT DISTINCT c.programme_id, o.person_id FROM {table} o JOIN cohort c ON c.id = o.cohort_id
WHERE o.id = ANY ($1::uuid[])
"""
_KEYS = "DELETE FROM idempotency_key WHERE resource_id = ANY ($1::uuid[])"


async def forget(session: Session, candidacies: Sequence[UUID]) -> None:
    """Delete the candidacies and whatever belongs to them; an anonymous row stays of each that was sent in.

    They are locked by the caller. Nothing else may point at them any more: a foreign key that does refuses.
    """
    if not candidacies:
        return
    connection = session.connection
    told = await connection.fetch(_TOLD.format(table="candidacy"), candidacies)
    await connection.execute(_TRACE, session.actor.organisation, candidacies)
    gone: dict[str, list[UUID]] = {table(CandidacyRow).name: list(candidacies)}
    nominations = [row["id"] for row in await connection.fetch(_NOMINATIONS, candidacies)]
    for child, column, parent in belongings():
        known = "id" if "id" in child.columns else "NULL::uuid"
        rows = await connection.fetch(
            f"SELECT {known} AS id FROM {child.name} WHERE {column} = ANY ($1::uuid[])",  # noqa: S608  -- from the metadata
            gone[parent.name],
        )
        gone.setdefault(child.name, []).extend(row["id"] for row in rows if row["id"])
    for child, column, parent in reversed(belongings()):
        await connection.execute(
            f"DELETE FROM {child.name} WHERE {column} = ANY ($1::uuid[])",  # noqa: S608  -- from the metadata
            gone[parent.name],
        )
    await connection.execute("DELETE FROM nomination WHERE id = ANY ($1::uuid[])", nominations)
    await connection.execute("DELETE FROM candidacy WHERE id = ANY ($1::uuid[])", candidacies)
    await _forget_said(session, [*nominations, *(one for ids in gone.values() for one in ids)], told)
    _say(session, await _version(session), "candidacies", len(candidacies))


async def forget_nominations(session: Session, nominations: Sequence[UUID]) -> None:
    """Delete nominations that came to no candidacy, locked by the caller. Nothing is counted of them."""
    if not nominations:
        return
    connection = session.connection
    told = await connection.fetch(_TOLD.format(table="nomination"), nominations)
    await connection.execute("DELETE FROM nomination WHERE id = ANY ($1::uuid[])", nominations)
    await _forget_said(session, nominations, told)
    _say(session, await _version(session), "nominations", len(nominations))


async def _forget_said(session: Session, gone: Sequence[UUID], told: Sequence[Any]) -> None:
    """Delete what the logs and the idempotency keys say of it, and that somebody was told of a cancelled programme."""
    connection = session.connection
    await connection.execute(_KEYS, await forget_traces(session, gone))
    programmes, persons = ([row[i] for row in told] for i in range(2))
    await connection.execute("SELECT forget_told($1::uuid[], $2::uuid[])", programmes, persons)


async def forget_traces(session: Session, gone: Sequence[UUID]) -> Sequence[UUID]:
    """Delete the events and readings of what is there no longer; answer that and what belonged to it.

    The service may not change its logs; a function of the schema's owner does this, for nothing that still exists.
    """
    return await session.connection.fetchval("SELECT forget_traces($1::uuid[])", list(gone))


async def _version(session: Session) -> int:
    return await session.connection.fetchval("SELECT version FROM organisation")


def _say(session: Session, version: int, what: str, count: int) -> None:
    """That something was deleted, for whoever keeps copies: how many, not which."""
    session.events.append(
        Event(
            id=new_id(),
            type=f"organisation.{what}_forgotten",
            concept="Organisation",
            resource=session.actor.organisation,
            version=version,
            time=session.now,
            data={what: count},
        )
    )


@cache
def belongings() -> Sequence[tuple[Table, str, Table]]:
    """What cannot be without a candidacy: (table, its column, what that points at), the nearest first.

    A row that *may* point at one is not among them: what becomes of it is for its own concept to say, and until it
    does, its foreign key refuses the deletion. Of nominations `forget` says it. Participations are left out, for
    whoever has one was admitted.
    """
    return tuple(_below(table(CandidacyRow)))


def _below(parent: Table) -> Iterator[tuple[Table, str, Table]]:
    children: list[Table] = []
    for child in parent.metadata.sorted_tables:
        for constraint in child.foreign_key_constraints:
            column = _required(constraint, parent)
            if column is not None and child is not table(ParticipationRow):
                yield child, column, parent
                children.append(child)
    for child in children:
        yield from _below(child)


def _required(constraint: ForeignKeyConstraint, parent: Table) -> str | None:
    """The column by which a row must point at the parent."""
    if constraint.referred_table is not parent:
        return None
    (column,) = [one for one in constraint.columns if one.name != "organisation_id"]
    return None if column.nullable else column.name
