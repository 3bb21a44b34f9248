"""The deletion of what is known through candidacies: rows, their events, who read them, what repeats them."""

from collections.abc import Iterator, Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Table

from service.domain.candidacies.states import NOT_ADMITTED, CandidacyState
from service.domain.events.model import Event
from service.domain.ids import new_id
from service.domain.programmes.model import OVER
from service.repo.candidacies import CandidacyRow
from service.repo.participations import ParticipationRow
from service.repo.reports.candidates import CANDIDATES, listed
from service.repo.store import Session
from service.repo.tables import table

_ENDED = f"""
CASE WHEN d.state IN ({listed(NOT_ADMITTED)}) THEN d.updated_at
     WHEN d.state = '{CandidacyState.ACCEPTED}' THEN NULL
     WHEN p.state IN ({listed(OVER)}) THEN greatest(d.updated_at, p.updated_at)
     WHEN d.state = '{CandidacyState.DRAFT}' THEN greatest(d.updated_at, c.apply_by) END
"""
"""When a candidacy came to nothing: by an answer, or because nobody will give it one any more."""

_KEPT_UNTIL = "$1::timestamptz - make_interval(months => (SELECT retention_months FROM organisation))"

RETAINED = f"""
candidacy d JOIN cohort c ON c.id = d.cohort_id JOIN programme p ON p.id = c.programme_id
WHERE d.updated_at < {_KEPT_UNTIL} AND {_ENDED} < {_KEPT_UNTIL}
"""
"""Candidacies whose retention period is over at the moment $1; `d`, and its cohort `c`."""

_TRACE = f"""
INSERT INTO former_candidacy (organisation_id, id, programme_id, administration_id, gender, age_band, way, reached)
SELECT $1, gen_random_uuid(), k.programme_id, k.administration_id, k.gender, k.age_band, k.way, k.reached
FROM ({CANDIDATES}) k WHERE k.id = ANY ($2::uuid[]) ORDER BY random()
"""  # noqa: S608

_KEYS = "DELETE FROM idempotency_key WHERE resource_id = ANY ($1::uuid[])"


async def forget(session: Session, candidacies: Sequence[UUID]) -> None:
    """Delete the candidacies and whatever belongs to them; an anonymous row stays of each that was sent in.

    They are locked by the caller. Nothing else may point at them any more: a foreign key that does refuses.
    """
    if not candidacies:
        return
    connection = session.connection
    await connection.execute(_TRACE, session.actor.organisation, candidacies)
    gone: dict[str, list[UUID]] = {table(CandidacyRow).name: list(candidacies)}
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
    await connection.execute("DELETE FROM candidacy WHERE id = ANY ($1::uuid[])", candidacies)
    traces = await forget_traces(session, [one for ids in gone.values() for one in ids])
    await connection.execute(_KEYS, traces)
    await _say(session, len(candidacies))


async def forget_traces(session: Session, gone: Sequence[UUID]) -> Sequence[UUID]:
    """Delete the events and readings of what is there no longer; answer that and what belonged to it.

    The service may not change its logs; a function of the schema's owner does this, for nothing that still exists.
    """
    return await session.connection.fetchval("SELECT forget_traces($1::uuid[])", list(gone))


async def _say(session: Session, count: int) -> None:
    """That something was deleted, for whoever keeps copies: how many, not which."""
    organisation = session.actor.organisation
    version = await session.connection.fetchval("SELECT version FROM organisation")
    session.events.append(
        Event(
            id=new_id(),
            type="organisation.candidacies_forgotten",
            concept="Organisation",
            resource=organisation,
            version=version,
            time=session.now,
            data={"candidacies": count},
        )
    )


@cache
def belongings() -> Sequence[tuple[Table, str, Table]]:
    """What cannot be without a candidacy: (table, its column, what that points at), the nearest first.

    A row that *may* point at one is not among them: what becomes of it is for its own concept to say, and until it
    does, its foreign key refuses the deletion. Participations are left out, for whoever has one was admitted.
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
