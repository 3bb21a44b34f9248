"""The readings that all contenders are compared in: the same content, then who is how fast."""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import orjson
from joserfc.jwk import ECKey

from benchmarks.asks import LISTED, Asks
from benchmarks.cast import Cast
from benchmarks.contenders import postgraphile, start
from benchmarks.database import Filled
from benchmarks.equality import UnequalError, covers, same
from benchmarks.figures import CONVENTIONAL, LIMIT, OURS, POSTGRAPHILE
from benchmarks.measuring import Lane, Workload
from benchmarks.place import Place
from benchmarks.processes import Running
from benchmarks.recorded import Recorded, keep
from benchmarks.recording import recorder
from benchmarks.requests import HOST, Request


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What the service runs for each request once its connection is bound, and how it sets its sessions."""

    readings: Mapping[str, list[Recorded]]
    session: Mapping[str, str]


async def recorded(database: Filled, key: ECKey, asks: Asks) -> Heard:
    """Hear it."""
    found: dict[str, list[Recorded]] = {}
    async with recorder(database.service_url, key) as heard:
        for name, requests in asks.items():
            await heard.record(requests[0])
            found[name] = [await heard.record(one) for one in requests]
        return Heard(readings=found, session=heard.session)


def for_the_limit(heard: Heard, file: Path) -> Asks:
    """Keep what was heard for a process of the limit; the requests with which it is asked for the same."""
    flat: list[Recorded] = []
    asks: dict[str, list[Request]] = {}
    for name, several in heard.readings.items():
        asks[name] = [Request(path=f"/{len(flat) + i}") for i in range(len(several))]
        flat += several
    keep(flat, heard.session, file)
    return asks


_CLIENT = httpx.Client(timeout=60)
_COMPARED = 50
"""Of a workload's requests, how many are compared: all of a list, and enough of those for one resource each."""


def answer(running: Running, request: Request) -> bytes:
    """What a contender answers. Raises HTTPStatusError."""
    address = f"http://{HOST}:{running.port}{request.path}"
    headers = dict(request.headers)
    return _CLIENT.request(request.method, address, headers=headers, content=request.body).raise_for_status().content


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A filled database, who acts in it, the readings that are compared, and what the service runs for each."""

    database: Filled
    cast: Cast
    asks: Asks
    heard: Heard


def workloads(
    stack: ExitStack, place: Place, prepared: Prepared, ours: Running, without: Collection[str] = ()
) -> list[Workload]:
    """Start the other contenders and compare what all say; what is to be measured. Raises UnequalError."""
    asks = prepared.asks
    limited = for_the_limit(prepared.heard, place.folder / "recordings")
    limit = stack.enter_context(start.limit(prepared.database, place.folder, place.folder / "recordings"))
    others: dict[str, tuple[Running, Asks]] = {}
    if CONVENTIONAL not in without:
        running = stack.enter_context(start.conventional(prepared.database, place.folder))
        others[CONVENTIONAL] = running, conventional(asks)
    if POSTGRAPHILE not in without and (programs := postgraphile.available(place.folder, place.note)):
        running = stack.enter_context(postgraphile.start(prepared.database, place.folder, programs))
        others[POSTGRAPHILE] = running, _of_postgraphile(prepared.cast)
    listed: list[Workload] = []
    for name, requests in asks.items():
        mine = Lane(who=OURS, running=ours, requests=requests)
        lanes = [Lane(who=LIMIT, running=limit, requests=limited[name]), mine]
        lanes += [
            Lane(who=who, running=running, requests=theirs[name])
            for who, (running, theirs) in others.items()
            if name in theirs
        ]
        for lane in lanes:
            place.say(f"Comparing what {lane.who} says: {name}")
            compare(name, lane, mine)
        listed.append(Workload(name=name, lanes=lanes))
    return listed


def conventional(asks: Asks) -> Asks:
    """The same requests without a token; what they would expand, the conventional stack always does."""
    return {name: [_unauthorised(one) for one in requests] for name, requests in asks.items()}


def _unauthorised(request: Request) -> Request:
    headers = tuple(one for one in request.headers if one[0] != "Authorization")
    return replace(request, path=request.path.partition("&expand")[0].partition("?expand")[0], headers=headers)


def _of_postgraphile(cast: Cast) -> Asks:
    one = [postgraphile.ask(postgraphile.ONE, cast.organisation, id=str(talent)) for talent in cast.talents]
    listed = [postgraphile.ask(postgraphile.LIST, cast.organisation, first=LISTED)]
    return {"one.graphql": one, "list.graphql": listed}


def compare(name: str, lane: Lane, ours: Lane) -> None:
    """What the lane's contender answers to each request is what ours does. Raises UnequalError."""
    pairs = list(zip(lane.requests, ours.requests, strict=True))[:_COMPARED]
    for i, (request, mine) in enumerate(pairs):
        what = f"{name} {i}, {lane.who}"
        said, meant = answer(lane.running, request), answer(ours.running, mine)
        if lane.who == LIMIT:
            if said != meant:
                raise UnequalError(f"{what}: the bytes are not the same.")
            continue
        theirs, our = orjson.loads(said), orjson.loads(meant)
        if lane.who == POSTGRAPHILE:
            theirs = postgraphile.as_ours(theirs)
        (covers if name.endswith(".rest") else same)(what, our, theirs)
