"""The same readings over more data: one organisation of 300,000 employees, and 700 organisations of 1,000."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from uuid import UUID

from joserfc.jwk import ECKey

from benchmarks import documents
from benchmarks.asks import LISTED, NESTED, ask, get, readings
from benchmarks.cast import Cast, cast_of, consultants, token
from benchmarks.contenders import start
from benchmarks.database import Filled, filled
from benchmarks.figures import ALL_OF_MANY, MUNICIPALITY, ONE_OF_MANY, REGION
from benchmarks.measuring import Lane, Workload
from benchmarks.place import Place
from benchmarks.readings import Prepared, answer
from benchmarks.requests import Request
from benchmarks.shapes import Shape
from service.domain.actor import Role

_ASKED = ("one.rest", "one.graphql", "list.rest", "list.graphql")


async def larger(place: Place, shape: Shape) -> tuple[Filled, Cast, Sequence[tuple[UUID, UUID, list[UUID]]]]:
    """A larger database, the cast of one of its organisations, and somebody in each."""
    database = await filled(place.server, shape, place.say)
    async with database.administrator() as connection:
        return database, await cast_of(connection), await consultants(connection)


def workloads(stack: ExitStack, place: Place, prepared: Prepared, region: Shape, shared: Shape) -> list[Workload]:
    """Start the service on each database; what is to be measured."""
    one, its_cast, _ = asyncio.run(larger(place, region))
    many, first, everybody = asyncio.run(larger(place, shared))
    place.say("Starting the service on each database")
    here = stack.enter_context(start.ours(prepared.database, place.folder, "ours-municipality"))
    there = stack.enter_context(start.ours(one, place.folder, "ours-region"))
    among = stack.enter_context(start.ours(many, place.folder, "ours-shared"))
    for running in (here, there, among):
        running.settle()
    asked = {
        MUNICIPALITY: (here, readings(prepared.cast, place.key)),
        REGION: (there, readings(its_cast, place.key)),
        ONE_OF_MANY: (among, readings(first, place.key)),
        ALL_OF_MANY: (among, in_turn(place.key, everybody)),
    }
    listed: list[Workload] = []
    for name in _ASKED:
        lanes = [Lane(who=who, running=running, requests=asks[name]) for who, (running, asks) in asked.items()]
        for lane in lanes:
            answer(lane.running, lane.requests[0])
        listed.append(Workload(name=f"sizes.{name}", lanes=lanes))
    return listed


def in_turn(key: ECKey, everybody: Sequence[tuple[UUID, UUID, list[UUID]]]) -> Mapping[str, list[Request]]:
    """A request of each organisation after the other: every connection changes its organisation each time."""
    found: dict[str, list[Request]] = {name: [] for name in _ASKED}
    for organisation, person, talents in everybody:
        hr = token(key, organisation, person, Role.HR)
        found["list.rest"].append(get(hr, f"/v1/talents?first={LISTED}&{NESTED}"))
        found["list.graphql"].append(ask(hr, documents.LIST, first=LISTED))
        found["one.rest"].append(get(hr, f"/v1/talents/{talents[0]}?{NESTED}"))
        found["one.graphql"].append(ask(hr, documents.ONE, id=str(talents[0])))
    return found
