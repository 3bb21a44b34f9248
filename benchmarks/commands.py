"""Commands: a signature under a placement against the same statements, and changes that meet each other."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import orjson

from benchmarks.cast import token
from benchmarks.contenders import start
from benchmarks.equality import same
from benchmarks.figures import LIMIT, OURS
from benchmarks.measuring import Lane, Workload
from benchmarks.place import Place
from benchmarks.processes import Running
from benchmarks.readings import Prepared, answer
from benchmarks.recorded import keep, templates
from benchmarks.recording import recorder
from benchmarks.requests import Request

_ENOUGH = 5_000
"""More signatures than anybody gives in a second here."""

_SEVERAL = 500
_WORDS = 1_000

# An ordinary leader: not of the largest team, for what a leader sees is looked up at each signature.
_SIGNER = """
SELECT head.person_id, p.unit_id FROM position p
JOIN engagement head ON head.organisation_id = p.organisation_id AND head.position_id = p.id
JOIN engagement e ON e.organisation_id = p.organisation_id AND e.unit_id = p.unit_id AND e.is_primary
WHERE p.organisation_id = $1 AND p.heads_unit
GROUP BY head.person_id, p.unit_id ORDER BY abs(count(*) - 20), p.unit_id LIMIT 1
"""
_PROPOSE = """
INSERT INTO placement (organisation_id, id, version, created_at, updated_at, person_id, kind, state, home_unit_id,
                       host_unit_id, start_on, end_on, load_percent, objectives, home_salary_share, signatures)
SELECT $1, uuidv7(), 1, now(), now(), staff.person_id, 'internship', 'proposed', staff.unit_id, $2,
       current_date + 700, current_date + 800, 20, 'At lede en hverdag', 100, '[]'
FROM (SELECT person_id, unit_id, row_number() OVER (ORDER BY person_id) - 1 AS n, count(*) OVER () AS number
      FROM engagement WHERE organisation_id = $1 AND is_primary AND position_id IS NULL AND unit_id <> $2) staff,
     generate_series(0, $3::int - 1) wanted
WHERE staff.n = wanted % staff.number RETURNING id
"""
_FORGET = """
UPDATE placement SET version = 1, signatures = '[]', updated_at = created_at WHERE state = 'proposed' AND version > 1;
DELETE FROM event; DELETE FROM idempotency_key; VACUUM (ANALYZE) placement; VACUUM event; VACUUM idempotency_key
"""
_REMOVE = "DELETE FROM event; DELETE FROM idempotency_key; DELETE FROM placement WHERE state = 'proposed'"
_LEFT = """
SELECT p.version, p.state, p.signatures -> 0 ->> 'party' AS party, p.signatures -> 0 ->> 'signedBy' AS signed_by,
       (SELECT array_agg(row(e.type, e.version, e.actor, e.data)::text) FROM event e WHERE e.resource_id = p.id)::text
           AS events,
       (SELECT array_agg(row(k.actor, k.status, k.resource_id)::text) FROM idempotency_key k
        WHERE k.resource_id = p.id)::text AS keys
FROM placement p WHERE p.id = $1
"""
_VERSIONS = """
SELECT p.version - 1 AS changes, (SELECT count(*) FROM event e WHERE e.resource_id = p.id) AS events
FROM placement p WHERE p.id = $1
"""


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """Placements that wait for a signature, and who can give it: the host manager of all of them."""

    signer: UUID
    placements: Sequence[UUID]


async def propose(prepared: Prepared, number: int) -> Proposed:
    """Propose that many placements, in place of those of an earlier run."""
    organisation = prepared.cast.organisation
    async with prepared.database.administrator() as connection:
        await connection.execute(_REMOVE)
        signer = await connection.fetchrow(_SIGNER, organisation)
        rows = await connection.fetch(_PROPOSE, organisation, signer["unit_id"], number)
    return Proposed(signer=signer["person_id"], placements=[row[0] for row in rows])


async def _forget(prepared: Prepared) -> None:
    async with prepared.database.administrator() as connection:
        for statement in _FORGET.split(";"):
            await connection.execute(statement)


async def _left(prepared: Prepared, placement: UUID) -> Mapping[str, Any]:
    async with prepared.database.administrator() as connection:
        return dict(await connection.fetchrow(_LEFT, placement))


def signature(who: str, placement: UUID) -> Request:
    """A signature that may be sent again."""
    headers = (("Authorization", f"Bearer {who}"), ("Idempotency-Key", str(uuid4())))
    return Request(method="POST", path=f"/v1/placements/{placement}/sign", headers=headers)


def bare_signature(placement: UUID) -> Request:
    """The same for the limit."""
    return Request(method="POST", path=f"/{placement}", headers=(("Idempotency-Key", str(uuid4())),))


def change(who: str, placement: UUID, number: int) -> Request:
    """New words for a placement."""
    headers = (("Authorization", f"Bearer {who}"), ("Content-Type", "application/json"))
    body = orjson.dumps({"objectives": f"At lede en hverdag, {number}. gang"})
    return Request(method="PATCH", path=f"/v1/placements/{placement}", headers=headers, body=body)


async def record(place: Place, prepared: Prepared, who: str, proposed: Proposed) -> None:
    """Hear what the service runs for a signature, and keep it for a process of the limit."""
    async with recorder(prepared.database.service_url, place.key) as heard:
        requests = [signature(who, one) for one in proposed.placements[:3]]
        await heard.record(requests[0])
        found = [(await heard.record(one), _slots(one)) for one in requests[1:]]
        keep(templates(found), heard.session, place.folder / "commands")
    await _forget(prepared)


def _slots(request: Request) -> tuple[UUID, str]:
    return UUID(request.path.split("/")[3]), dict(request.headers)["Idempotency-Key"]


def workloads(stack: ExitStack, place: Place, prepared: Prepared, ours: Running, seconds: float) -> list[Workload]:
    """What is to be measured, once both have left the same behind. Raises UnequalError."""
    proposed = asyncio.run(propose(prepared, max(_SEVERAL, round(_ENOUGH * seconds))))
    stack.callback(lambda: asyncio.run(_clear(prepared)))
    signer = token(place.key, prepared.cast.organisation, proposed.signer)
    place.say("Recording what the service runs for a signature")
    asyncio.run(record(place, prepared, signer, proposed))
    bare = stack.enter_context(start.bare_commands(prepared.database, place.folder, place.folder / "commands"))
    hr = prepared.cast.hr_token(place.key)
    reset = _resetting(prepared)

    placement = proposed.placements[1]  # the one that was recorded: its person stands in the event
    left: list[Mapping[str, Any]] = []
    for running, request in ((ours, signature(signer, placement)), (bare, bare_signature(placement))):
        answer(running, request)
        left.append(asyncio.run(_left(prepared, placement)))
        reset()
    same("sign", *left)

    signatures = [signature(signer, one) for one in proposed.placements]
    bare_signatures = [bare_signature(one) for one in proposed.placements]
    distinct = [change(hr, proposed.placements[i % _SEVERAL], i) for i in range(_WORDS)]
    one = [change(hr, placement, i) for i in range(_WORDS)]
    return [
        Workload(
            name="sign.rest",
            lanes=[
                Lane(who=LIMIT, running=bare, requests=bare_signatures, once=True, before=reset),
                Lane(who=OURS, running=ours, requests=signatures, once=True, before=reset),
            ],
        ),
        Workload(name="change.distinct", lanes=[Lane(who=OURS, running=ours, requests=distinct, before=reset)]),
        Workload(
            name="change.same",
            lanes=[
                Lane(
                    who=OURS,
                    running=ours,
                    requests=one,
                    before=reset,
                    after=lambda: asyncio.run(_refuse_lost_updates(prepared, placement)),
                )
            ],
        ),
    ]


def _resetting(prepared: Prepared) -> Any:
    return lambda: asyncio.run(_forget(prepared))


async def _refuse_lost_updates(prepared: Prepared, placement: UUID) -> None:
    """Each change made a version of its own, with its event. Raises UnequalError."""
    async with prepared.database.administrator() as connection:
        row = await connection.fetchrow(_VERSIONS, placement)
    same("changes of one placement and their events", row["changes"], row["events"])


async def _clear(prepared: Prepared) -> None:
    async with prepared.database.administrator() as connection:
        await connection.execute(_REMOVE)
